import type { WeightedStart } from '../analysis/exit-time.ts';
import { columnSetting } from '../spec/columns.ts';
import type { Initial, Spec } from '../spec/spec.ts';

/** Where the orbits of a column start: the middle of each coordinate, and whether all start there. */
export interface Starts {
  readonly middle: readonly number[];
  readonly isOne: boolean;
  /** Of the first coordinate: Gauss' three nodes of where it starts, exact up to the fifth degree. */
  readonly nodes: readonly WeightedStart[];
}

/** Where the orbits of a column start. */
export function startsOf(spec: Spec, column: number): Starts {
  const { initial } = columnSetting(spec, column);
  const given = spec.objective.variables.map(
    (variable): Initial => initial[variable] ?? spec.ensemble.initial[variable] ?? Number.NaN,
  );
  return {
    middle: given.map(middleOf),
    isOne: given.every((start) => typeof start === 'number'),
    nodes: nodesOf(given[0] ?? Number.NaN),
  };
}

/** The middle of where a coordinate starts. */
export function middleOf(start: Initial): number {
  if (typeof start === 'number') return start;
  if ('normal' in start) return start.normal[0];
  const [lo, hi] = 'uniform' in start ? start.uniform : start.grid;
  return (lo + hi) / 2;
}

/** Gauss-Legendre's nodes of an interval, Gauss-Hermite's of a normal law. */
function nodesOf(start: Initial): readonly WeightedStart[] {
  const middle = middleOf(start);
  if (typeof start === 'number') return [{ start, weight: 1 }];
  const isNormal = 'normal' in start;
  const [lo, hi] = 'uniform' in start ? start.uniform : 'grid' in start ? start.grid : start.normal;
  const reach = isNormal ? Math.sqrt(3) * hi : (Math.sqrt(0.6) * (hi - lo)) / 2;
  const outer = isNormal ? 1 / 6 : 5 / 18;
  return [
    { start: middle - reach, weight: outer },
    { start: middle, weight: 1 - 2 * outer },
    { start: middle + reach, weight: outer },
  ];
}
