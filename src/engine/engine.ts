import type { Spec } from '../spec/spec.ts';
import type { Result } from './result.ts';
import type { Strip } from './strip.ts';

/** How far a run is. */
export interface Progress {
  /** Share of the work done, 0 to 1. */
  readonly share: number;
  /** Orbit-steps done so far, with those that orbits did not need which had ended. */
  readonly orbitSteps: number;
  /** Those among them that were taken. */
  readonly orbitStepsTaken: number;
  /** Orbit-steps taken per second since the run began. */
  readonly orbitStepsPerSecond: number;
  /** Estimated seconds until the run is done. */
  readonly secondsLeft: number;
}

/** Where the time of a run went. It is told beside the result, for equal results take unequal times. */
export interface RunTimings {
  /** Seconds from the request to the result. */
  readonly wallSeconds: number;
  /**
   * Seconds in which kernels ran: of the CPU engine the mean of the workers that had work. Absent where
   * the device does not tell.
   */
  readonly kernelSeconds?: number;
}

export interface RunOptions {
  /** Aborting it rejects the run with the signal's reason within about one slice of work. */
  readonly signal?: AbortSignal;
  /**
   * Runs these places [from, to) of the first axis alone, all of the second with them. The arrays are
   * bit for bit that part of what the whole run gives.
   *
   * @throws {RequestError} `bad-strip` where the spec has no such places.
   */
  readonly strip?: Strip;
  readonly onProgress?: (progress: Progress) => void;
  /** Told by `run` when the result is there; kernels are timed only where somebody wants to know. */
  readonly onTimings?: (timings: RunTimings) => void;
  /** Asked before each part of the work, which then waits for the promise if there is one. */
  readonly pause?: () => Promise<void> | undefined;
}

/**
 * Iterates the orbits a spec asks for and takes its measures from them.
 *
 * Equal specs give equal results, bit for bit, on the same kind of engine and adapter, however the
 * work was sliced.
 */
export interface Engine {
  readonly name: 'webgpu' | 'cpu';
  /** What it runs on, for people: adapter or processor. */
  readonly description: string;
  /** Runs `spec` to the end. */
  run(spec: Spec, options?: RunOptions): Promise<Result>;
  /** The same result, growing: every item is whole in itself, the last one is the result of `run`. */
  stream(spec: Spec, options?: RunOptions): AsyncIterable<Result>;
  /** Frees what the engine holds; a device the caller gave stays the caller's. */
  dispose(): void;
}
