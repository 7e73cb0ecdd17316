import type { Objective } from '../spec/spec.ts';
import { checkInterval, checkPositive, refuse } from './check-number.ts';
import { type DescentMap, descentMap, minimumFrom } from './descent-map.ts';
import { zeroBetween, zerosOf } from './roots.ts';

/** Where orbits begin to leave the basin between two neighbouring maxima of the objective. */
export interface Crisis {
  readonly eta: number;
  /** Through which end of the cell they leave first. */
  readonly through: 'below' | 'above';
}

/** Points by which extrema of the map over an interval are found. */
const SCAN = 512;
/** Images after which an interval that still grows is taken to be bounded. */
const MOST_IMAGES = 2000;

/**
 * The least learning rate at which the attractor of a minimum reaches the end of its cell, a maximum
 * of the objective: an exterior crisis, beyond which orbits escape. To 1e-12 relative.
 *
 * Found by bisection on whether the images of a small interval about the minimum stay in the cell.
 *
 * @param start from where slow descent reaches the minimum.
 * @param cell the maxima on both sides; one end may be infinite, where there is none.
 * @param rates where to look: the attractor stays in the cell at the first and leaves it at the second.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} as `descentMap`; `no-minimum`;
 *   `empty-range`; `out-of-range`; `no-crisis` unless the two rates differ so.
 * @see Grebogi, Ott and Yorke, Physica D 7 (1983) 181.
 */
export function escapeCrisis(
  objective: Objective,
  start: number,
  cell: readonly [number, number],
  rates: readonly [number, number],
): Crisis {
  const map = descentMap(objective);
  const { x: minimum } = minimumFrom(map, start);
  checkPositive('rates[0]', rates[0]);
  checkInterval('rates', rates);
  if (!(cell[0] < minimum && minimum < cell[1])) {
    refuse('cell', `must contain the minimum ${minimum}`, `[${cell}]`, undefined, 'empty-range');
  }
  if (!Number.isFinite(cell[0]) && !Number.isFinite(cell[1])) {
    refuse('cell', 'must have a finite end', `[${cell}]`, undefined, 'empty-range');
  }
  let [inside, outside] = rates;
  let through = leaves(map, minimum, cell, outside);
  if (leaves(map, minimum, cell, inside) || !through) {
    const what = 'the attractor must stay in the cell at the first and leave it at the second';
    return refuse('rates', what, `[${rates}]`, undefined, 'no-crisis');
  }
  while (outside - inside > 1e-13 * outside) {
    const middle = (inside + outside) / 2;
    const end = leaves(map, minimum, cell, middle);
    if (end) [outside, through] = [middle, end];
    else inside = middle;
  }
  return { eta: (inside + outside) / 2, through };
}

/** Steps outwards from a minimum, as shares of the distance from it, and how far, in its own units. */
const [OUTWARDS, NEAREST, FARTHEST] = [0.02, 1e-10, 1e6];

/**
 * The maxima of an objective on both sides of a minimum: the ends of its cell, for `escapeCrisis`;
 * infinite where there is none within a million units.
 *
 * @param start from where slow descent reaches the minimum.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} as `descentMap`; `no-minimum`.
 */
export function cellAround(
  objective: Objective,
  start: number,
): readonly [below: number, above: number] {
  const map = descentMap(objective);
  const { x: minimum } = minimumFrom(map, start);
  const unit = Math.abs(minimum) + 1;
  const end = (side: 1 | -1): number => {
    const climb = (distance: number) => side * (map.slopes(minimum + side * distance)[0] ?? 0);
    let distance = NEAREST * unit;
    while (distance < FARTHEST * unit) {
      const next = distance * (1 + OUTWARDS);
      if (climb(next) < 0) return minimum + side * zeroBetween(climb, distance, next);
      distance = next;
    }
    return side * Number.POSITIVE_INFINITY;
  };
  return [end(-1), end(1)];
}

/** Through which end, if any, the images of an interval about the minimum leave the cell. */
function leaves(
  map: DescentMap,
  minimum: number,
  [lowest, highest]: readonly [number, number],
  eta: number,
): Crisis['through'] | undefined {
  const size = Number.isFinite(highest - lowest) ? highest - lowest : Math.abs(minimum) + 1;
  let [lo, hi] = [minimum - 1e-6 * size, minimum + 1e-6 * size];
  for (let image = 0; image < MOST_IMAGES; image++) {
    const [least, most] = imageOf(map, lo, hi, eta);
    if (!(most <= highest)) return 'above';
    if (!(least >= lowest)) return 'below';
    if (least >= lo && most <= hi) return undefined;
    [lo, hi] = [Math.min(lo, least), Math.max(hi, most)];
  }
  return undefined;
}

/** Least and greatest value of the map over an interval. */
function imageOf(
  { slopes }: DescentMap,
  lo: number,
  hi: number,
  eta: number,
): readonly [least: number, most: number] {
  const value = (x: number) => x - eta * (slopes(x)[0] ?? Number.NaN);
  const slope = (x: number) => 1 - eta * (slopes(x)[1] ?? Number.NaN);
  const ends = [value(lo), value(hi)];
  let [least, most] = [Math.min(...ends), Math.max(...ends)];
  for (const place of zerosOf(slope, lo, hi, SCAN)) {
    const extreme = value(place);
    [least, most] = [Math.min(least, extreme), Math.max(most, extreme)];
  }
  return [least, most];
}
