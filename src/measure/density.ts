import type { DensityRequest } from '../spec/spec.ts';

/** Counts of one density in one column, as engines deliver them. */
export interface DensityLayout {
  readonly request: DensityRequest;
  /** Place of its first bin in the row of the bins of all densities. */
  readonly row: number;
}

/** Places the densities of a run one behind the other in one row of bins. */
export function layDensities(requests: readonly DensityRequest[]): {
  readonly densities: readonly DensityLayout[];
  readonly binTotal: number;
} {
  let binTotal = 0;
  const densities = requests.map((request) => {
    const row = binTotal;
    binTotal += request.bins;
    return { request, row };
  });
  return { densities, binTotal };
}

/** Edges of the bins of a density: f64 [bins + 1], the first and last exactly the range. */
export function densityEdges({ range: [lo, hi], bins }: DensityRequest): Float64Array {
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => lo + (i * (hi - lo)) / bins);
  edges[bins] = hi;
  return edges;
}
