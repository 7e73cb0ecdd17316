import type { Placed } from '../spec/measures/registry.ts';
import type { DensityRequest } from '../spec/spec.ts';

/**
 * Where the counts of one density stand in the row of a column, as engines deliver them: one slot for
 * visits below its range, one per bin, one for visits above.
 */
export interface DensityLayout extends Placed<DensityRequest> {
  /** Place of its first slot, the one for visits below. */
  readonly start: number;
}

/** Places the densities of a run one behind the other in one row of slots. */
export function layDensities(requests: readonly Placed<DensityRequest>[]): {
  readonly densities: readonly DensityLayout[];
  /** Length of the row. */
  readonly row: number;
} {
  let row = 0;
  const densities = requests.map(({ request, index }) => {
    const start = row;
    row += request.bins + 2;
    return { request, index, start };
  });
  return { densities, row };
}

/** Edges of the bins of a density: f64 [bins + 1], the first and last exactly the range. */
export function densityEdges({ range, bins }: DensityRequest): Float64Array {
  return binEdges(range, bins);
}

/** Edges of cells of equal width: f64 [bins + 1], the first and last exactly the range. */
export function binEdges([lo, hi]: readonly [number, number], bins: number): Float64Array {
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => lo + (i * (hi - lo)) / bins);
  edges[bins] = hi;
  return edges;
}
