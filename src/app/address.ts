import { presetNameOf, presetRequest } from './explorable.ts';
import {
  defaultLook,
  defaultView,
  type LinkState,
  readFragment,
  writeFragment,
} from './url-state.ts';

const FIRST_PRESET = 'period-doubling';

/** What the address says. */
export interface Link {
  readonly state: LinkState;
  /** The preset that it is, if any. */
  readonly preset: string | undefined;
  /** Why the address could not be read; the state is then the first one. */
  readonly fault?: unknown;
}

/** What a page shows whose address says nothing. */
export const firstLink = (): Link => ({
  state: { request: presetRequest(FIRST_PRESET), look: defaultLook, view: defaultView },
  preset: FIRST_PRESET,
});

/** Reads the address; it is not trusted. */
export function readLink(): Link {
  try {
    const state = readFragment(location.hash);
    return state ? { state, preset: presetNameOf(state.request) } : firstLink();
  } catch (fault) {
    return { ...firstLink(), fault };
  }
}

/** Puts a state into the address: as a new step of the browser's history, or in the place of the present one. */
export function writeLink(state: LinkState, isStep: boolean): void {
  const fragment = writeFragment(state);
  if (isStep && fragment !== location.hash) history.pushState(history.state, '', fragment);
  else history.replaceState(history.state, '', fragment);
}
