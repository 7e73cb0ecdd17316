import type { Progress } from './engine.ts';

/**
 * How far a run is.
 *
 * @param started time of its beginning, as `performance.now` tells it.
 */
export function progressOf(
  { done, total }: { readonly done: number; readonly total: number },
  started: number,
): Progress {
  const seconds = (performance.now() - started) / 1000;
  const orbitStepsPerSecond = done / Math.max(seconds, 1e-6);
  return {
    share: done / total,
    orbitSteps: done,
    orbitStepsPerSecond,
    secondsLeft: (total - done) / Math.max(orbitStepsPerSecond, 1e-6),
  };
}
