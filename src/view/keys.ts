import type { Share } from './gestures.ts';

/** What the keyboard asks of a window onto a plane. */
export interface KeyHandlers {
  /** Widen (factor > 1) or narrow each direction about a place. */
  zoom(at: Share, factors: Share): void;
  /** Move the window by shares of itself. */
  pan(by: Share): void;
  reset(): void;
  /** Move the crosshair by so many cells; it begins in the middle. */
  step(cells: Share): void;
  /** Fix the crosshair where it is, or let it go. */
  pin(): void;
  /** Give up what is under way. */
  cancel(): void;
  /** Go so many windows back (negative) or forward. */
  travel(steps: number): void;
}

const PAN_STEP = 0.1;
const ZOOM = 1.25;
const CENTRE: Share = { across: 0.5, up: 0.5 };
/** Cells that the crosshair goes with Ctrl. */
const LONG_STEP = 10;

const arrows: Readonly<Record<string, Share>> = {
  ArrowLeft: { across: -1, up: 0 },
  ArrowRight: { across: 1, up: 0 },
  ArrowDown: { across: 0, up: -1 },
  ArrowUp: { across: 0, up: 1 },
};

/**
 * Listens to keys while `element` has the focus, until the returned function is called.
 *
 * Arrows pan, + and - zoom, 0 resets; with Shift, arrows move the crosshair by a cell, with Ctrl besides
 * by ten; Enter and Space pin it; [ and ] go back and forward; Escape cancels.
 */
export function listenToKeys(element: HTMLElement, handlers: KeyHandlers): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.target !== element || event.metaKey || event.altKey) return;
    if (!press(event, handlers)) return;
    event.preventDefault();
  };
  element.addEventListener('keydown', onKey);
  return () => element.removeEventListener('keydown', onKey);
}

/** Whether the key meant something. */
function press({ key, shiftKey, ctrlKey }: KeyboardEvent, handlers: KeyHandlers): boolean {
  const arrow = arrows[key];
  if (arrow) {
    if (ctrlKey && !shiftKey) return false;
    const length = shiftKey ? (ctrlKey ? LONG_STEP : 1) : PAN_STEP;
    const by = { across: length * arrow.across, up: length * arrow.up };
    if (shiftKey) handlers.step(by);
    else handlers.pan(by);
    return true;
  }
  const act = ctrlKey ? undefined : actions[key];
  act?.(handlers);
  return act !== undefined;
}

const actions: Readonly<Record<string, (handlers: KeyHandlers) => void>> = {
  '+': ({ zoom }) => zoom(CENTRE, { across: 1 / ZOOM, up: 1 / ZOOM }),
  '=': ({ zoom }) => zoom(CENTRE, { across: 1 / ZOOM, up: 1 / ZOOM }),
  '-': ({ zoom }) => zoom(CENTRE, { across: ZOOM, up: ZOOM }),
  '0': ({ reset }) => reset(),
  Enter: ({ pin }) => pin(),
  ' ': ({ pin }) => pin(),
  Escape: ({ cancel }) => cancel(),
  '[': ({ travel }) => travel(-1),
  ']': ({ travel }) => travel(1),
};
