import { createTurns } from '../view/turns.ts';

/** Longest that the page waits for its first picture to be under way, milliseconds, and to be there. */
const [BEGINNING, DRAWING] = [150, 3000];
/** Milliseconds that a page is built before it sees to anything else. */
const SLICE = 8;

/** What there is to do when a page opens. */
export interface Opening {
  /** Draws the first picture; calls back when it is under way. */
  sketch(onBegun: () => void): Promise<void>;
  /** Loads what stands beside the picture; returns what builds it, part by part. */
  load(): Promise<readonly (() => void)[]>;
  /** Computes what the picture was a sketch of. */
  compute(): unknown;
}

/** How far a page has opened. */
export interface Opened {
  /** Settles when all is built, or the page is gone; fails where that cannot be loaded or built. */
  readonly built: Promise<void>;
  /** Settles when the first picture is there, or takes too long to be waited for; never fails. */
  readonly drawn: Promise<void>;
}

/**
 * Opens a page: it is built while workers compute its first picture, which comes in between two parts of it,
 * and is drawn before anything else is begun.
 */
export function openPage({ sketch, load, compute }: Opening, signal: AbortSignal): Opened {
  let whole: Promise<void> = Promise.resolve();
  const begun = new Promise<void>((resolve) => {
    whole = sketch(resolve).finally(resolve);
  });
  const drawn = soon(whole, DRAWING);
  const built = soon(begun, BEGINNING)
    .then(load)
    .then((parts) => buildAll(parts, signal));
  const begin = () => signal.aborted || compute();
  void Promise.all([built, drawn]).then(begin, () => {}); // who waits for the page is told
  return { built, drawn };
}

/** Builds part after part, in tasks that are as short as the parts let them be. */
async function buildAll(parts: readonly (() => void)[], signal: AbortSignal): Promise<void> {
  const turns = createTurns();
  try {
    let began = performance.now();
    for (const build of parts) {
      if (signal.aborted) return;
      build();
      if (performance.now() - began < SLICE) continue;
      await turns.next();
      began = performance.now();
    }
  } finally {
    turns.dispose();
  }
}

/** Settles, in a task of its own, when `promise` does or so many milliseconds have passed. */
async function soon(promise: Promise<void>, most: number): Promise<void> {
  await Promise.race([promise, new Promise((resolve) => setTimeout(resolve, most))]);
  await new Promise((resolve) => setTimeout(resolve));
}
