import { bracketDoublings, columnPeriods, findWindows } from '../analysis/period-changes.ts';
import type { Result } from '../engine/result.ts';
import { requestsOf } from '../spec/measures/registry.ts';
import type { Check } from './check.ts';
import { axisOf, numbersOf } from './result-columns.ts';

/** A place on an axis, and how far to both sides it may be wrong. */
export interface Place {
  readonly at: number;
  readonly error: number;
}

/** Periods along one axis. */
export interface SweptPeriods {
  /** f64 [columns]. */
  readonly values: Float64Array;
  /** uint32 [columns], 0 where more than half of the orbits have none. */
  readonly periods: Uint32Array;
  /** Distance of two columns. */
  readonly width: number;
  /** So near a doubling orbits still alternate about the cycle they come to. */
  readonly slowing: number;
}

/**
 * The periods of a result over one axis, whose values are told in a unit in which multipliers of cycles
 * change by at least 1 per step.
 */
export function sweptPeriods(result: Result, unit = 1): SweptPeriods {
  const values = axisOf(result).map((value) => value / unit);
  const periods = columnPeriods(numbersOf(result, 'period'), result.spec.ensemble.orbits);
  const [request] = requestsOf(result.spec.measures, 'period');
  const { skip, keep } = result.spec.steps;
  return {
    values,
    periods,
    width: (values[1] ?? 0) - (values[0] ?? 0),
    // At a multiplier of -(1 - d) deviations fall to the tolerance within log(1 / tolerance) / d steps.
    slowing: -Math.log(request?.request.tolerance ?? 1) / (skip + keep),
  };
}

/** Where a period first doubles beyond a place, between two columns; NaN where it is not seen to. */
export function doublingPlace(
  { values, periods, slowing }: SweptPeriods,
  period: number,
  beyond = 0,
): Place {
  const found = bracketDoublings(values, periods).find(
    (bracket) => bracket.period === period && bracket.from > beyond,
  );
  // Multipliers of longer cycles change faster, even per step.
  return found ? middle(found.from, found.to, slowing / period) : nowhere;
}

/** Where the widest window of a period begins: between its first column and the one before. */
export function windowPlace({ values, periods, width }: SweptPeriods, period: number): Place {
  const [widest] = findWindows(values, periods)
    .filter((window) => window.period === period)
    .sort((a, b) => b.to - b.from - (a.to - a.from));
  return widest ? middle(widest.from - width, widest.from) : nowhere;
}

/** Centres of a 2-cycle, in micro-wells' own unit, that are none but 0, and surely another. */
const [CENTRED, PARTED] = [0.005, 0.02];

/**
 * Where the 2-cycle loses its symmetry: between the last column where its centre is 0 and the first where
 * it is not.
 *
 * @param centres means over an even number of steps of one orbit, [columns].
 */
export function partingPlace(
  { values, periods, slowing }: SweptPeriods,
  centres: ArrayLike<number>,
): Place {
  let last = -1;
  for (let column = 0; column < values.length; column++) {
    if (periods[column] !== 2) continue;
    const centre = Math.abs(centres[column] ?? Number.NaN);
    if (centre < CENTRED) last = column;
    if (centre > PARTED && last >= 0) {
      return middle(values[last] ?? 0, values[column] ?? 0, slowing);
    }
  }
  return nowhere;
}

/** Where orbits first escape, between two columns: `counts` of those that did, [columns]. */
export function joiningPlace(values: ArrayLike<number>, counts: ArrayLike<number>): Place {
  const first = Array.from(counts).findIndex((count) => count > 0);
  return first > 0 ? middle(values[first - 1] ?? 0, values[first] ?? 0) : nowhere;
}

/** A place that was seen beside where it ought to be. */
export function placeCheck(what: string, place: Place, expected: number, source: string): Check {
  return {
    what,
    measured: place.at,
    expected,
    tolerance: place.error,
    why: 'half the distance of the columns between which it was seen, and how slowly orbits settle there',
    source,
  };
}

/** The distances of three neighbouring doublings, the first over the second. */
export function ratioOf([first, second, third]: readonly [Place, Place, Place]): Place {
  const [before, after] = [second.at - first.at, third.at - second.at];
  const ratio = before / after;
  const share = (first.error + second.error) / before + (second.error + third.error) / after;
  return { at: ratio, error: ratio * share };
}

const nowhere: Place = { at: Number.NaN, error: 0 };

function middle(from: number, to: number, further = 0): Place {
  return { at: (from + to) / 2, error: (to - from) / 2 + further };
}
