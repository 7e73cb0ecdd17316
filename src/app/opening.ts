/** Longest that the page waits for its first picture to be under way, milliseconds, and to be there. */
const [BEGINNING, DRAWING] = [150, 3000];

/** What there is to do when a page opens. */
export interface Opening {
  /** Draws the first picture; calls back when it is under way. */
  sketch(onBegun: () => void): Promise<void>;
  /** Builds what stands beside the picture. */
  build(): void;
  /** Computes what the picture was a sketch of. */
  compute(): unknown;
}

/** How far a page has opened; neither fails. */
export interface Opened {
  /** Settles when all is built, or the page is gone. */
  readonly built: Promise<void>;
  /** Settles when the first picture is there, or takes too long to be waited for. */
  readonly drawn: Promise<void>;
}

/**
 * Opens a page: it is built while workers compute its first picture, which is drawn before anything else
 * is begun.
 */
export function openPage({ sketch, build, compute }: Opening, signal: AbortSignal): Opened {
  let whole: Promise<void> = Promise.resolve();
  const begun = new Promise<void>((resolve) => {
    whole = sketch(resolve).finally(resolve);
  });
  const drawn = soon(whole, DRAWING);
  const built = soon(begun, BEGINNING).then(() => signal.aborted || build());
  void Promise.all([built, drawn]).then(() => signal.aborted || compute());
  return { built: built.then(() => {}), drawn };
}

/** Settles, in a task of its own, when `promise` does or so many milliseconds have passed. */
async function soon(promise: Promise<void>, most: number): Promise<void> {
  await Promise.race([promise, new Promise((resolve) => setTimeout(resolve, most))]);
  await new Promise((resolve) => setTimeout(resolve));
}
