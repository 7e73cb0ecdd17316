import type { Result } from '../engine/result.ts';
import type { Check } from './check.ts';
import { axisOf, numbersOf } from './result-columns.ts';

/** Lyapunov exponents over one axis, natural log per step. */
export interface ExponentColumns {
  /** The axis: f64 [columns]. */
  readonly at: Float64Array;
  /** Mean of the exponents of a column, and its standard error: f64 [columns] each. */
  readonly mean: Float64Array;
  readonly error: Float64Array;
}

/** The mean exponent of every column: in more dimensions, the sum over the dimension. */
export function exponentColumns(result: Result, exponents = 1): ExponentColumns {
  const at = axisOf(result);
  const values = numbersOf(result, 'lyapunov');
  const errors = numbersOf(result, 'lyapunov_stderr');
  const ofColumn = (entries: Float64Array, column: number) =>
    entries.slice(column * exponents, (column + 1) * exponents);
  const mean = at.map(
    (_, column) => ofColumn(values, column).reduce((sum, value) => sum + value, 0) / exponents,
  );
  // The sum is along one tangent area; errors of its parts add up at most.
  const error = at.map(
    (_, column) => ofColumn(errors, column).reduce((sum, value) => sum + value, 0) / exponents,
  );
  return { at, mean, error };
}

/** The columns whose place satisfies a condition. */
export function columnsWhere(
  { at, mean, error }: ExponentColumns,
  isIn: (place: number, column: number) => boolean,
): ExponentColumns {
  const kept = (_: number, column: number) => isIn(at[column] ?? Number.NaN, column);
  return { at: at.filter(kept), mean: mean.filter(kept), error: error.filter(kept) };
}

/** The mean over columns of exponent minus `theory` at their place, with its standard error. */
export function meanDeviation(
  { at, mean, error }: ExponentColumns,
  theory: (place: number) => number,
): { readonly value: number; readonly error: number } {
  const sum = mean.reduce((sum, value, column) => sum + value - theory(at[column] ?? 0), 0);
  return { value: sum / mean.length, error: Math.hypot(...error) / mean.length };
}

/** Bias of an exponent at eta^2 / epsilon = 100, the least at which theory is held to; falls beyond. */
export const CHAOS_BIAS = 2e-3;

/** Where the exponent is greatest between two places; NaN where there is no column. */
export function peakBetween({ at, mean }: ExponentColumns, from: number, to: number): number {
  let peak = Number.NaN;
  let highest = Number.NEGATIVE_INFINITY;
  at.forEach((place, column) => {
    const value = mean[column] ?? Number.NaN;
    if (place < from || place > to || !(value > highest)) return;
    [peak, highest] = [place, value];
  });
  return peak;
}

/** The exponent between which two numbers it can be told from theory where there is order. */
const [STEEPEST, FLATTEST] = [-4, -0.03];

/**
 * The column of an ordered range where the exponent is farthest from theory, beside that.
 *
 * Left out are exponents below -4, where a multiplier is a small difference of rounded numbers, and
 * above -0.03, where an orbit has not come to its cycle after some hundred steps.
 */
export function orderCheck(
  columns: ExponentColumns,
  theory: (place: number) => number,
  what: string,
): Check {
  const ordered = columnsWhere(columns, (place) => {
    const value = theory(place);
    return value > STEEPEST && value < FLATTEST;
  });
  const distances = ordered.mean.map((value, column) =>
    Math.abs(value - theory(ordered.at[column] ?? 0)),
  );
  return {
    what: `${what}, ${distances.length} columns: greatest distance from theory`,
    measured: distances.length > 0 ? Math.max(...distances) : Number.NaN,
    expected: 0,
    tolerance: 1e-3,
    why: 'a cosine right to 1e-5 in a multiplier of at least exp(-4)',
    source: 'multipliers of the minimum and its 2-cycle, by hand',
  };
}
