import type { Work } from './workload.ts';

/** What a contestant did of some work. */
export interface Answer {
  /** Seconds on the wall, from the request to all counts in one place. */
  readonly seconds: number;
  /** Seconds of processor time, over all its threads. */
  readonly processorSeconds: number;
  /** Seconds of its kernels by the clock of its device, where it has one and says. */
  readonly kernelSeconds?: number;
  /** Visits, row-major [columns, slots]. */
  readonly counts: Float64Array;
}

/** Someone who can do the work, started and warm, and asked again and again. */
export interface Contestant {
  readonly name: string;
  /** What it is and how it was built, for people. */
  readonly about: string;
  /**
   * `statistics`: single steps are good to float32, averages to far more; `float32`: orbits fall on short
   * cycles, and averages are those of no map.
   */
  readonly precision: 'float64' | 'statistics' | 'float32';
  /** Whether it is an engine of etascope, to which the others are compared. */
  readonly isOurs: boolean;
  /** Does the work; one request at a time. */
  readonly run: (work: Work) => Promise<Answer>;
  readonly dispose: () => void;
}

/** Someone who may take part. */
export interface Candidate {
  readonly name: string;
  /**
   * Builds and starts it.
   *
   * @throws {AbsentError} where this machine lacks what it needs.
   */
  readonly start: () => Promise<Contestant>;
}

/** A candidate that cannot be measured here; the message says why and how to get it. */
export class AbsentError extends Error {
  override readonly name = 'AbsentError';
}

/** A contestant that broke down or computes something else: the comparison is void. */
export class ContestError extends Error {
  override readonly name = 'ContestError';
}
