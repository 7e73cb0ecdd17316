import type { Engine } from '../../engine/engine.ts';
import type { Viewport } from '../../view/viewport.ts';
import type { SessionContext } from '../context.ts';
import {
  type Explorable,
  isSameBeside,
  presetNameOf,
  presetRequest,
  viewportOf,
} from '../explorable.ts';

/** Where the picture comes from that is shown. */
export interface Origin {
  /** What computes it, or has. */
  readonly engine: Engine['name'];
  /** Orbit-steps per second that were last reached, of those that were taken. */
  readonly rate: number;
  /** Share of the orbit-steps asked for that orbits take: one that ends needs no more. 1 until it is seen. */
  readonly taken: number;
  /** The window that the way to the present one began with: a preset's own, where it is one. */
  readonly beginning: Viewport;
}

/** Orbit-steps per second that any engine reaches, until one has been measured. */
const FIRST_RATE = 2e7;

/** Follows a session, from its beginning. */
export function followOrigin({ state, events, signal }: SessionContext): Origin {
  let first = state.request;
  let present: Explorable = first;
  let engine: Engine['name'] = 'cpu';
  let rate = FIRST_RATE;
  let taken: number | undefined; // in the last run that came to its end, of whatever window
  let takenNow: number | undefined; // in the present run, whose beginning says little: all orbits are there
  events.on(
    'request',
    ({ request }) => {
      present = request;
      if (isSameBeside(request, first)) return;
      first = request;
      taken = undefined;
      takenNow = undefined;
    },
    signal,
  );
  events.on(
    'begin',
    ({ provenance }) => {
      engine = provenance.engine;
      takenNow = undefined;
    },
    signal,
  );
  events.on(
    'progress',
    ({ orbitSteps, orbitStepsTaken, orbitStepsPerSecond }) => {
      rate = orbitStepsPerSecond || rate;
      if (orbitSteps > 0) takenNow = orbitStepsTaken / orbitSteps;
    },
    signal,
  );
  events.on(
    'result',
    ({ provenance }) => {
      engine = provenance.engine;
      taken = takenNow ?? taken; // none of a result that was opened
    },
    signal,
  );
  return {
    get engine() {
      return engine;
    },
    get rate() {
      return rate;
    },
    get taken() {
      return taken ?? takenNow ?? 1;
    },
    get beginning() {
      const preset = presetNameOf(present);
      return viewportOf(preset === undefined ? first : presetRequest(preset));
    },
  };
}
