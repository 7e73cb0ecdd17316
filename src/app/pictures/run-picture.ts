import type { Engine, Progress } from '../../engine/engine.ts';
import { makeProvenance } from '../../engine/make-result.ts';
import type { Provenance, Result } from '../../engine/result.ts';
import type { Explorable } from '../explorable.ts';
import type { Look } from '../look.ts';
import type { Picture } from '../picture.ts';
import type { Easel, Easels } from './easels.ts';
import { passesOf } from './passes.ts';
import type { Runs } from './runs.ts';

/** A result on the way to the whole one, which comes last. */
interface Stage {
  readonly result: Result;
  /** Share of the work done, 0 to 1. */
  readonly share: number;
}

/** What a run needs beside its request. */
export interface RunTools {
  readonly runs: Runs;
  readonly easels: Easels;
  readonly engine: Engine['name'];
}

/**
 * Prepares the picture of a request that runs in a worker: a map coarse first, all else growing.
 *
 * Until its first result is there, its provenance says what was asked for.
 */
export function exposeRun(
  { runs, easels, engine }: RunTools,
  request: Explorable,
  look: Look,
  onProgress: (progress: Progress) => void,
): Picture {
  const controller = new AbortController();
  const { signal } = controller;
  const { spec } = request;
  const asked = makeProvenance(spec, {
    engine,
    precision: engine === 'cpu' ? 'float64' : spec.precision,
    representation: '',
    warnings: [],
  });
  async function* stages(): AsyncGenerator<Stage> {
    for (const { spec: part, isGrowing, before, share: own } of passesOf(request)) {
      let share = before;
      const results = runs.results({ engine, spec: part, isGrowing }, signal, (progress) => {
        share = before + own * progress.share;
        onProgress({ ...progress, share });
      });
      for await (const result of results) yield { result, share };
    }
  }
  return pictureOfStages(easels.of(request), asked, stages(), look, () => controller.abort());
}

/** A picture of a result that was computed before. */
export function pictureOfWhole(easel: Easel, result: Result, look: Look): Picture {
  async function* stages(): AsyncGenerator<Stage> {
    yield { result, share: 1 };
  }
  return pictureOfStages(easel, result.provenance, stages(), look, () => {});
}

function pictureOfStages(
  easel: Easel,
  asked: Provenance,
  stages: AsyncIterable<Stage>,
  firstLook: Look,
  stop: () => void,
): Picture {
  const life = new AbortController();
  let look = firstLook;
  let latest: Result | undefined;
  let shown: Result | undefined;
  let isWhole = false;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const show = async (result: Result, onFrame: () => void) => {
    shown = result;
    await easel.show(result, look, life.signal);
    onFrame();
  };
  return {
    get provenance() {
      return latest?.provenance ?? asked;
    },
    view: easel.view,
    async run(onFrame, from = 0) {
      try {
        for await (const { result, share } of stages) {
          latest = result;
          if (share >= from) await show(result, onFrame);
        }
        if (latest && shown !== latest) await show(latest, onFrame);
        isWhole = true;
      } finally {
        end();
      }
    },
    stop,
    async repaint(next) {
      look = next;
      if (shown) await easel.show(shown, look, life.signal);
    },
    async result() {
      await ended;
      if (isWhole && latest) return latest;
      throw new DOMException('the picture was not finished', 'AbortError');
    },
    async dispose() {
      stop();
      life.abort();
      end();
    },
  };
}
