import type { Result } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';
import type { SessionEvents } from './context.ts';
import type { DarkroomHandlers } from './darkroom.ts';
import { faultBox, faultOf } from './fault.ts';
import type { Hub } from './hub.ts';
import type { Page } from './page.ts';
import { quantity } from './quantity.ts';
import type { Status } from './status.ts';

/** What tells of runs. */
export interface RunTeller {
  readonly root: HTMLElement;
  readonly page: Page;
  readonly status: Status;
  readonly events: Hub<SessionEvents>;
  /** The whole result of the picture made last. */
  whole(): Promise<Result>;
  take(result: Result): void;
  /** Shows a request's fault beside its field. */
  showFault(error: unknown): void;
  /** Computes the present window anew. */
  compute(): void;
}

/** What is told of runs, and of results that were opened. */
export interface RunReports extends DarkroomHandlers {
  opened(name: string, result: Result): void;
}

/** Tells of the runs of a darkroom: in the status line, over the picture, and to the session. */
export function tellOfRuns(teller: RunTeller): RunReports {
  const { root, page, status, events } = teller;
  let madeBy = ''; // what the run goes on
  let taken: number | undefined; // steps of its orbits, which may end before the last
  return {
    begin(provenance, by) {
      madeBy = by;
      taken = undefined;
      status.describe(provenance, by);
      events.tell('begin', { provenance, by });
    },
    progress(progress) {
      taken = progress.orbitStepsTaken;
      status.advance(progress);
      events.tell('progress', progress);
    },
    done({ orbitSteps }, seconds) {
      root.dataset.state = 'done';
      status.say(`Done: ${quantity(taken ?? orbitSteps)} orbit-steps in ${seconds.toFixed(1)} s`);
      const tell = (whole: Result) => {
        status.describe(whole.provenance, madeBy); // a whole run may have found more to warn of
        teller.take(whole);
      };
      void teller.whole().then(tell, () => {}); // another picture was begun
    },
    opened(name, result) {
      root.dataset.state = 'done';
      status.describe(result.provenance, 'from a file');
      status.say(`Opened ${name}`);
      teller.take(result);
    },
    fail(error) {
      root.dataset.state = 'failed';
      status.say('Not computed');
      events.tell('fail', error);
      if (error instanceof RequestError) return teller.showFault(error);
      const retry = () => {
        page.notice();
        teller.compute();
      };
      page.notice(faultBox(faultOf(error), { label: 'Try again', run: retry }));
    },
  };
}
