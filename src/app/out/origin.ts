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
  /** Orbit-steps per second that were last reached. */
  readonly rate: number;
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
  events.on(
    'request',
    ({ request }) => {
      if (!isSameBeside(request, first)) first = request;
      present = request;
    },
    signal,
  );
  events.on(
    'begin',
    ({ provenance }) => {
      engine = provenance.engine;
    },
    signal,
  );
  events.on(
    'progress',
    ({ orbitStepsPerSecond }) => {
      rate = orbitStepsPerSecond || rate;
    },
    signal,
  );
  events.on(
    'result',
    ({ provenance }) => {
      engine = provenance.engine;
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
    get beginning() {
      const preset = presetNameOf(present);
      return viewportOf(preset === undefined ? first : presetRequest(preset));
    },
  };
}
