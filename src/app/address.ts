import { presetNameOf, presetRequest } from './explorable.ts';
import { defaultLook } from './look.ts';
import { defaultView, type LinkState, readFragment, writeFragment } from './url-state.ts';

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
const firstLink = (): Link => ({
  state: { request: presetRequest(FIRST_PRESET), look: defaultLook, view: defaultView },
  preset: FIRST_PRESET,
});

/** The address of a page, whose fragment is its state. */
export interface Address {
  /** Reads it; it is not trusted. */
  read(): Link;
  /**
   * Puts a state into it: as a new step of the browser's history, or in the place of the present one. An
   * address that was changed from outside and not read yet stays: it will be read.
   */
  write(state: LinkState, isStep: boolean): void;
}

export function createAddress(): Address {
  let known = location.hash;
  let last: { readonly fragment: string; readonly link: Link } | undefined;
  return {
    read() {
      known = location.hash;
      // A page that opens reads it twice: before it is built, and after.
      if (last?.fragment !== known) last = { fragment: known, link: linkOf(known) };
      return last.link;
    },
    write(state, isStep) {
      if (location.hash !== known) return;
      const fragment = writeFragment(state);
      if (isStep && fragment !== known) history.pushState(history.state, '', fragment);
      else history.replaceState(history.state, '', fragment);
      known = location.hash;
    },
  };
}

function linkOf(fragment: string): Link {
  try {
    const state = readFragment(fragment);
    return state ? { state, preset: presetNameOf(state.request) } : firstLink();
  } catch (fault) {
    return { ...firstLink(), fault };
  }
}
