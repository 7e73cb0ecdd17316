import type { Placed } from '../spec/measures/registry.ts';
import type { JointDensityRequest } from '../spec/spec.ts';
import { binEdges } from './density.ts';

/**
 * Where the counts of one joint density stand in the row of a column, as engines deliver them: one slot for
 * visits outside its plane, then its cells [across, up].
 */
export interface PlaneLayout extends Placed<JointDensityRequest> {
  /** Place of its first slot, the one for visits outside. */
  readonly start: number;
}

/** Places the joint densities of a run one behind the other, from slot `from` of a row on. */
export function layPlanes(
  requests: readonly Placed<JointDensityRequest>[],
  from: number,
): {
  readonly planes: readonly PlaneLayout[];
  /** Length of the row with them. */
  readonly row: number;
} {
  let row = from;
  const planes = requests.map(({ request, index }) => {
    const start = row;
    const [across, up] = request.bins;
    row += 1 + across * up;
    return { request, index, start };
  });
  return { planes, row };
}

/** Edges of the cells of a joint density, across and up: f64 [bins + 1] each. */
export function planeEdges({
  range,
  bins,
}: JointDensityRequest): readonly [Float64Array, Float64Array] {
  return [binEdges(range[0], bins[0]), binEdges(range[1], bins[1])];
}
