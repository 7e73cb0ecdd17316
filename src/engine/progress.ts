import type { Progress } from './engine.ts';

/**
 * How far a run is.
 *
 * @param spared of the orbit-steps done, those that no orbit took: it had ended.
 * @param started time of its beginning, as `performance.now` tells it.
 */
export function progressOf(
  { done, spared, total }: Readonly<Record<'done' | 'spared' | 'total', number>>,
  started: number,
): Progress {
  const seconds = (performance.now() - started) / 1000;
  const taken = done - spared;
  return {
    share: done / total,
    orbitSteps: done,
    orbitStepsTaken: taken,
    orbitStepsPerSecond: taken / Math.max(seconds, 1e-6),
    secondsLeft: ((total - done) * seconds) / Math.max(done, 1e-6),
  };
}
