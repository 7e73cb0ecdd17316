import type { Engine, Progress } from '../../engine/engine.ts';
import { orbitStepCount } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';
import { median } from './median.ts';

/** What one engine did of one workload. */
export interface Measurement {
  readonly workload: string;
  /** Orbit-steps of one round. */
  readonly orbitSteps: number;
  /** Seconds of each round. */
  readonly seconds: readonly number[];
  /** Of the median round. */
  readonly orbitStepsPerSecond: number;
}

/** How a workload is measured. */
export interface Method {
  readonly rounds: number;
  /** Seconds one round should take, so that starting it weighs little. */
  readonly target: number;
  readonly clock: () => number;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Orbit-steps to begin with, and at most: a million processors of today would take a second. */
const LEAST_WORK = 2 ** 20;
const MOST_WORK = 2 ** 50;

/**
 * Runs a workload round after round; more work first, until a round takes its target of time.
 *
 * The first run, which compiles the kernels, is never counted.
 *
 * @param specFor the spec for a number of orbit-steps; where that number has no say in it (the user
 *   fixed the steps), the rounds are as long as they are.
 */
export async function measure(
  engine: Engine,
  workload: string,
  specFor: (orbitSteps: number) => Spec,
  { rounds, target, clock, signal, onProgress }: Method,
): Promise<Measurement> {
  const time = async (spec: Spec): Promise<number> => {
    const start = clock();
    await engine.run(spec, { signal, onProgress });
    return clock() - start;
  };
  let spec = specFor(LEAST_WORK);
  await time(spec);
  let tried = await time(spec);
  for (let work = LEAST_WORK; tried < 0.7 * target && work < MOST_WORK; ) {
    work = Math.min(MOST_WORK, work * Math.min(16, target / tried));
    const more = specFor(work);
    if (orbitStepCount(more) !== orbitStepCount(spec)) tried = await time(more);
    spec = more;
  }
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) seconds.push(await time(spec));
  const orbitSteps = orbitStepCount(spec);
  return { workload, orbitSteps, seconds, orbitStepsPerSecond: orbitSteps / median(seconds) };
}
