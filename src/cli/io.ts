/** All that a command may touch of the world besides the files it was told of. */
export interface Io {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether a person may be watching stderr. */
  readonly isTerminal: boolean;
  /** Aborted with an `Interruption` when the user or the system wants the command to end. */
  readonly signal: AbortSignal;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  /** Seconds since some moment; never goes back. */
  readonly clock: () => number;
}

/** What the system says a command ended by: 128 plus the number of the signal. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

export type InterruptingSignal = keyof typeof EXIT_CODES;

/** The reason of `Io.signal`: which signal came, and the exit code that tells a shell so. */
export class Interruption extends Error {
  override readonly name = 'Interruption';
  readonly exitCode: number;

  constructor(signal: InterruptingSignal) {
    super(`interrupted by ${signal}`);
    this.exitCode = EXIT_CODES[signal];
  }
}

/** The signals a command listens to. */
const interruptingSignals: readonly InterruptingSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Aborts with an `Interruption` when this process is first sent such a signal; a second one ends it at once. */
export function interruptionOfProcess(): AbortSignal {
  const controller = new AbortController();
  for (const signal of interruptingSignals) {
    process.on(signal, () => {
      const interruption = new Interruption(signal);
      if (controller.signal.aborted) process.exit(interruption.exitCode);
      controller.abort(interruption);
    });
  }
  return controller.signal;
}
