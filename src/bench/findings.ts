import { distances, massesOf } from '../analysis/distance.ts';
import { linearLaw } from '../analysis/linear-law.ts';
import type { Noise } from '../analysis/noise.ts';
import type { Result, ResultArray } from '../engine/result.ts';
import type { Finding } from './workload.ts';

/** Standard errors that a right result may be away: one run in two million is farther. */
export const ERRORS = 5;
/** What float32's orbits, which fall on short cycles, may be away besides, relative to the number. */
const COLLAPSE = 0.05;
/** The same as total variation. */
const COLLAPSED_LAW = 0.07;

/** Bins that are taken together, so that chance makes little of the distance of laws. */
const GROUPED = 30;

/**
 * An array of a result as float64 numbers.
 *
 * @throws {TypeError} where the result has none of that name.
 */
export function numbersOf({ arrays }: Result, name: string): Float64Array {
  const array: ResultArray | undefined = arrays[name];
  if (!array) throw new TypeError(`the result has no ${name}`);
  return Float64Array.from(array.data, Number);
}

/** The mean of some numbers. */
export function meanOf(numbers: ArrayLike<number>): number {
  return sumOf(numbers) / numbers.length;
}

/** What may be added to a tolerance for the precision, as a share of `size`. */
export function leeway({ provenance }: Result, size: number): number {
  return provenance.precision === 'float32' ? COLLAPSE * Math.abs(size) : 0;
}

/** That every observed state was counted, and no orbit ran away. */
export function conservation(result: Result): readonly Finding[] {
  const { orbits } = result.spec.ensemble;
  const columns = numbersOf(result, 'diverged');
  const found = ['density', 'density_outside', 'density_lost'].map((name) =>
    sumOf(numbersOf(result, name)),
  );
  const due = columns.length * orbits * result.spec.steps.keep;
  return [
    { what: 'states counted', got: sumOf(found), expected: due, tolerance: 0 },
    { what: 'orbits that diverged', got: sumOf(columns), expected: 0, tolerance: 0 },
  ];
}

/** How a density is held to its law. */
export interface LawRequest {
  readonly eta: number;
  readonly noise: Noise;
  /** Steps that count as one independent draw. */
  readonly memory: number;
  /** What epsilon leaves of the difference to the law of epsilon -> 0, relative to the variance. */
  readonly rest: number;
}

/**
 * The variance of all columns' density together, and its total variation from the exact law of the
 * stochastic map.
 *
 * With n independent draws the variance errs by sqrt((2 + kurtosis) / n) of itself, and a bin of share p
 * by sqrt(2 p / (pi n)) on average; of that average twice is allowed.
 */
export function lawFindings(
  result: Result,
  { eta, noise, memory, rest }: LawRequest,
): readonly Finding[] {
  const law = linearLaw({ curvature: 1, eta, noise });
  const edges = numbersOf(result, 'density_edges');
  const bins = edges.length - 1;
  const visits = new Float64Array(bins);
  for (const [at, count] of numbersOf(result, 'density').entries()) {
    visits[at % bins] = (visits[at % bins] ?? 0) + count;
  }
  const total = sumOf(visits);
  const draws = total / Math.min(memory, result.spec.steps.keep);
  const square = (count: number, bin: number) => {
    const centre = ((edges[bin] ?? 0) + (edges[bin + 1] ?? 0)) / 2;
    return (count * centre ** 2) / total;
  };
  const chance = law.variance * Math.sqrt((2 + law.kurtosis) / draws);
  const grouped = Array.from({ length: Math.ceil(bins / GROUPED) }, (_, group) =>
    sumOf(visits.subarray(group * GROUPED, (group + 1) * GROUPED)),
  );
  const coarse = [...edges.filter((_, at) => at % GROUPED === 0 && at < bins), edges[bins] ?? 0];
  const masses = massesOf(law.distribution, coarse);
  const floor = sumOf(
    Array.from(masses.bins, (share) => Math.sqrt((2 * Number(share)) / (Math.PI * draws)) / 2),
  );
  const isFloat32 = result.provenance.precision === 'float32';
  return [
    {
      what: 'variance',
      got: sumOf(visits.map(square)),
      expected: law.variance,
      tolerance: ERRORS * chance + rest * law.variance + leeway(result, law.variance),
    },
    {
      what: 'total variation from the exact law',
      got: distances({ bins: grouped }, masses, coarse).totalVariation,
      expected: 0,
      tolerance: 2 * floor + rest + (isFloat32 ? COLLAPSED_LAW : 0),
    },
  ];
}

function sumOf(numbers: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < numbers.length; at++) sum += numbers[at] ?? 0;
  return sum;
}
