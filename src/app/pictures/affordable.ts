import { layRun } from '../../measure/layout.ts';
import { longestOrbit } from '../../spec/columns.ts';
import { limits } from '../../spec/limits.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Cells } from '../../view/viewport.ts';

/** Most orbit-steps of a map that is computed at once: some ten seconds of two cores. */
const MAP_STEPS = 2 ** 31;
/** Most values of a map that are kept of orbits, and most counts: 256 MiB. */
const MAP_VALUES = 2 ** 25;

/** Cells of a map that are computed at once where the plot has so many. */
export function affordable(spec: Spec, { columns, bins }: Cells): Cells {
  const { record, row } = layRun(spec);
  const { orbits } = spec.ensemble;
  const most = Math.min(
    MAP_STEPS / (orbits * longestOrbit(spec)),
    MAP_VALUES / (orbits * record.width),
    MAP_VALUES / Math.max(1, row),
  );
  return within(most, { columns, bins });
}

/** Cells of a joint density where the plot has so many. */
export function withinPlane(cells: Cells): Cells {
  return within(limits.plane.most, cells);
}

/** Fewer cells, alike in both directions, where there are more than `most`. */
function within(most: number, { columns, bins }: Cells): Cells {
  const share = Math.min(1, Math.sqrt(most / (columns * bins)));
  return {
    columns: Math.max(1, Math.floor(share * columns)),
    bins: Math.max(1, Math.floor(share * bins)),
  };
}
