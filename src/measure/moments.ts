import type { Placed } from '../spec/measures/registry.ts';
import type { MomentsRequest } from '../spec/spec.ts';
import type { ResultArrays } from './array.ts';
import { MOMENTS_WIDTH } from './layout.ts';
import { momentNames, poolMoments } from './pooled-moments.ts';
import { fill, pieceReader, type Reduction } from './reduction.ts';

/**
 * `_count`, and `_mean`, `_variance` (over n), `_skewness`, `_kurtosis` (excess), each with its `_stderr`
 * over orbits or batches of them: f64, shape of the axes.
 *
 * @param order which of the moments of the run.
 */
export function momentsArrays(
  { request: { name } }: Placed<MomentsRequest>,
  order: number,
  reduction: Reduction,
): ResultArrays {
  const { columns, layout } = reduction.records;
  const start = layout.moments[order]?.start ?? 0;
  const piecesOf = pieceReader(reduction, start, MOMENTS_WIDTH);
  const pooled = Array.from({ length: columns }, (_, column) => {
    const { count, values } = piecesOf(column);
    return poolMoments(values.subarray(0, count * MOMENTS_WIDTH));
  });
  const arrays: Record<string, ResultArrays[string]> = {
    [`${name}_count`]: fill(reduction, [], (column) => [pooled[column]?.count ?? 0]),
  };
  for (const moment of momentNames) {
    arrays[`${name}_${moment}`] = fill(reduction, [], (column) => [
      pooled[column]?.values[moment] ?? Number.NaN,
    ]);
    arrays[`${name}_${moment}_stderr`] = fill(reduction, [], (column) => [
      pooled[column]?.errors[moment] ?? Number.NaN,
    ]);
  }
  return arrays;
}
