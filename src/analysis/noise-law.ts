import { refuse } from './check-number.ts';
import { type MicroFormula, microPhases } from './micro-phases.ts';
import { integrateToEnds } from './quadrature.ts';
import { zeroBetween } from './roots.ts';

/** Averages over a uniform phase of zeta = -f1' and of the curvature f1''. */
export interface NoiseLaw {
  /** 0 where the micro-structure is centred, as a periodic one is; unit of the gradient. */
  readonly mean: number;
  /** sigma^2. */
  readonly variance: number;
  /** Excess over the normal law; dimensionless. */
  readonly kurtosis: number;
  /** m = E log|f1''|: the Lyapunov exponent of global chaos is log(eta / epsilon) + m. */
  readonly logCurvature: number;
  /** How much the last doubling of the points still changed sigma^2 (relative) and m (absolute). */
  readonly varianceError: number;
  readonly logCurvatureError: number;
  /** Independent frequencies, radians per unit of u = x / epsilon. */
  readonly frequencies: readonly number[];
}

/** Most points per phase of the averages, by the number of phases. */
const MOST_POINTS = [2 ** 15, 512, 64];
/** Most outer points, per phase other than the one of the inner integral. */
const MOST_OUTER = [1, 512, 32];
const TURN = 2 * Math.PI;

/**
 * The law of the noise that a periodic or quasi-periodic micro-structure of one variable makes.
 *
 * Moments by the trapezoidal rule over all phases, which is exact to rounding where f1' is smooth. The
 * logarithm is integrated over one phase between the zeros of f1'', with a rule for singular ends.
 *
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} as `microPhases`; `too-many` of
 *   more than three independent frequencies; `no-value` where f1' has none; `out-of-range` where f1'
 *   is constant.
 * @see Kong and Tao, NeurIPS 2020, arXiv 2002.06189, for sigma^2 and m.
 *
 * @example
 * ```ts
 * noiseLaw({ variables: ['x'], micro: '-cos(x)', parameters: {} });
 * // variance 1/2, kurtosis -3/2, logCurvature log(1/2)
 * ```
 */
export function noiseLaw(formula: MicroFormula): NoiseLaw {
  const { frequencies, harmonics, at } = microPhases(formula);
  const { length: dimension } = frequencies;
  if (dimension === 0) refuse('micro', 'makes no noise: its gradient is constant', formula.micro);
  if (dimension > 3) {
    refuse('micro', 'may have three independent frequencies', dimension, undefined, 'too-many');
  }
  const force = (phases: Float64Array): number => {
    const value = at(phases)[0] ?? Number.NaN;
    return Number.isNaN(value)
      ? refuse('micro', 'has no value somewhere', formula.micro, undefined, 'no-value')
      : value;
  };
  const fewest = 16 * Math.max(...harmonics);
  const moments = refined(
    (points) => centralMoments(force, dimension, points),
    fewest,
    Math.max(fewest, MOST_POINTS[dimension - 1] ?? 0),
    ({ variance, fourth }) => [variance, fourth],
  );
  const { mean, variance, fourth } = moments.value;
  if (variance === 0) refuse('micro', 'makes no noise: its gradient is constant', formula.micro);
  const bend = (phases: Float64Array): number => at(phases)[1] ?? Number.NaN;
  const inner = strongestPhase(bend, dimension, harmonics);
  const scan = 32 * (harmonics[inner] ?? 1);
  const logAt = (outer: Float64Array): number => {
    const phases = new Float64Array(dimension);
    outer.forEach((phase, axis) => {
      phases[axis < inner ? axis : axis + 1] = phase;
    });
    return logMean((phase) => {
      phases[inner] = phase;
      return bend(phases);
    }, scan);
  };
  const most = MOST_OUTER[dimension - 1] ?? 1;
  const logs = refined(
    (points) => ({ value: torusMean(logAt, dimension - 1, points) }),
    Math.min(most, 8 * Math.max(...harmonics)),
    most,
    ({ value }) => [value],
  );
  return {
    mean: -mean,
    variance,
    kurtosis: fourth / variance ** 2 - 3,
    logCurvature: logs.value.value,
    varianceError: moments.change / variance,
    logCurvatureError: dimension === 1 ? 0 : logs.change,
    frequencies,
  };
}

/**
 * The phase that moves the curvature most. Where it alone decides the sign, as in cos a + 2 cos b the
 * phase b, the mean of the logarithm over it is a smooth function of the others.
 */
function strongestPhase(
  bend: (phases: Float64Array) => number,
  dimension: number,
  harmonics: readonly number[],
): number {
  const shifted = new Float64Array(dimension);
  const strengths = harmonics.map((harmonic, axis) => {
    const difference = (phases: Float64Array) => {
      shifted.set(phases);
      shifted[axis] = (phases[axis] ?? 0) + Math.PI / harmonic;
      return (bend(shifted) - bend(phases)) ** 2;
    };
    return torusMean(difference, dimension, 15);
  });
  return strengths.indexOf(Math.max(...strengths));
}

/** Doubles the points until the result no longer changes, or there are `most`. */
function refined<T>(
  compute: (points: number) => T,
  fewest: number,
  most: number,
  numbers: (of: T) => readonly number[],
): { readonly value: T; readonly change: number } {
  let value = compute(fewest);
  let change = Number.POSITIVE_INFINITY;
  for (let points = 2 * fewest; points <= most; points *= 2) {
    const next = compute(points);
    const old = numbers(value);
    const sizes = numbers(next).map((each, at) => Math.abs(each - (old[at] ?? 0)));
    const isSettled = numbers(next).every((each, at) => (sizes[at] ?? 0) <= 1e-14 * Math.abs(each));
    change = sizes[0] ?? 0;
    value = next;
    if (isSettled) break;
  }
  return { value, change };
}

/** Mean over a grid of the torus, `points` along each phase, half a cell off the axes. */
function torusMean(
  of: (phases: Float64Array) => number,
  dimension: number,
  points: number,
): number {
  const phases = new Float64Array(dimension);
  const total = points ** dimension;
  let sum = 0;
  for (let cell = 0; cell < total; cell++) {
    let rest = cell;
    for (let axis = 0; axis < dimension; axis++) {
      phases[axis] = (((rest % points) + 0.5) / points) * TURN;
      rest = Math.floor(rest / points);
    }
    sum += of(phases);
  }
  return sum / total;
}

function centralMoments(
  force: (phases: Float64Array) => number,
  dimension: number,
  points: number,
): { readonly mean: number; readonly variance: number; readonly fourth: number } {
  const mean = torusMean(force, dimension, points);
  const variance = torusMean((phases) => (force(phases) - mean) ** 2, dimension, points);
  const fourth = torusMean((phases) => (force(phases) - mean) ** 4, dimension, points);
  return { mean, variance, fourth };
}

/** Mean of log|g| over a turn, of which `scan` points show every zero. */
function logMean(g: (phase: number) => number, scan: number): number {
  const size = (phase: number) => Math.abs(g(phase));
  const at = (point: number) => ((point + 0.25) / scan) * TURN; // zeros like round numbers
  const values = Array.from({ length: scan }, (_, point) => g(at(point)));
  const breaks = values.flatMap((value, point) => {
    const before = values[(point + scan - 1) % scan] ?? 0;
    const after = values[(point + 1) % scan] ?? 0;
    if (value * after <= 0) return [zeroBetween(g, at(point), at(point + 1))];
    const isLeast = Math.abs(value) < Math.abs(before) && Math.abs(value) <= Math.abs(after);
    return isLeast && before * value > 0 ? [leastBetween(size, at(point - 1), at(point + 1))] : [];
  });
  if (values.every((value) => value === 0)) return Number.NEGATIVE_INFINITY;
  // Beside a zero, where the rule has weights of 1e-15, rounding may show 0 itself.
  const log = (phase: number) => Math.log(Math.max(size(phase), Number.EPSILON ** 2));
  const sorted = breaks.sort((a, b) => a - b);
  const [first] = sorted;
  if (first === undefined) return log(0); // no zero and no least size: constant
  const integral = sorted.reduce((sum, from, index) => {
    const to = sorted[index + 1] ?? first + TURN;
    return to > from ? sum + integrateToEnds(log, from, to) : sum;
  }, 0);
  return integral / TURN;
}

/** Where a size is least, by golden section: to half the digits, enough for a double zero. */
function leastBetween(size: (phase: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [lo, hi] = [from, to];
  for (let turn = 0; turn < 45; turn++) {
    const [a, b] = [hi - ratio * (hi - lo), lo + ratio * (hi - lo)];
    if (size(a) < size(b)) hi = b;
    else lo = a;
  }
  return (lo + hi) / 2;
}
