import { orbitStepCount } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Explorable } from '../explorable.ts';

/** A run of a request, or of a coarser one that soon shows something of it. */
export interface Pass {
  readonly spec: Spec;
  /** Whether its results are shown while it grows. */
  readonly isGrowing: boolean;
  /** Share of all work that is done before it, and its own. */
  readonly before: number;
  readonly share: number;
}

/** How many times coarser each way the passes of a map are: they cost an eighth of the last. */
const COARSER = [8, 3] as const;
/** Cells of a map from which on a coarser one is worth a pass. */
const WORTH = 64 * 64;

/** The runs that make the picture of a request; the last is of its own spec. */
export function passesOf({ kind, spec }: Explorable): readonly Pass[] {
  const specs = kind === 'map' ? [...coarser(spec), spec] : [spec];
  const costs = specs.map((each) => orbitStepCount(each));
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  let done = 0;
  return specs.map((part, index) => {
    const before = done / total;
    const cost = costs[index] ?? 0;
    done += cost;
    // Half of a map would have holes where nothing is computed yet, like cells without a value.
    const isGrowing = kind !== 'map' && kind !== 'none';
    return { spec: part, isGrowing, before, share: cost / total };
  });
}

function coarser(spec: Spec): readonly Spec[] {
  const cells = spec.axes.reduce((product, { count }) => product * count, 1);
  if (cells < WORTH) return [];
  return COARSER.map((factor) => ({
    ...spec,
    axes: spec.axes.map((axis) => ({ ...axis, count: Math.ceil(axis.count / factor) })),
  }));
}
