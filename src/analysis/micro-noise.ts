import { refuse } from './check-number.ts';
import { type MicroFormula, type MicroPhases, microPhases } from './micro-phases.ts';
import { type Complex, type Noise, sineNoise } from './noise.ts';

const TURN = 2 * Math.PI;
/** Most points of a grid over one, two or three phases, by phase. */
const MOST_POINTS = [4096, 256, 64];
/** Points per radian of oscillation and harmonic, and radians that every grid resolves besides. */
const [DENSITY, SPARE] = [4, 16];
/** Parts of the gradient below this share of the largest are rounding. */
const ROUNDING = 1e-12;

/**
 * The noise -f1' that a periodic or quasi-periodic micro-structure of one variable makes at a uniformly
 * random place, for `linearLaw` and `climbExponent`.
 *
 * Sines of incommensurate frequencies give `sineNoise`, exactly. Of anything else, means over the phases
 * are taken by the trapezoidal rule, exact to rounding where f1' is smooth, and `decay` is an estimate:
 * from values where |t zeta| is below `REACH` radians, and beyond them as t^(-1/3), the
 * slowest fall of a smooth function of one phase whose curvature has no double zeros.
 *
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} as `microPhases`; `too-many` of
 *   more than three independent frequencies; `no-value` where f1' has none; `out-of-range` where f1'
 *   is constant.
 */
export function microNoise(formula: MicroFormula): Noise {
  const phases = microPhases(formula);
  const { length: dimension } = phases.frequencies;
  if (dimension === 0) refuse('micro', 'makes no noise: its gradient is constant', formula.micro);
  if (dimension > 3) {
    refuse('micro', 'may have three independent frequencies', dimension, undefined, 'too-many');
  }
  const amplitudes = sineAmplitudes(phases);
  if (amplitudes) return sineNoise(...amplitudes);
  const samples = sampler(phases, formula.micro);
  const [lo, hi] = supportOf(samples(Number.MAX_VALUE), dimension);
  if (hi - lo <= ROUNDING * Math.max(Math.abs(lo), Math.abs(hi))) {
    refuse('micro', 'makes no noise: its gradient is constant', formula.micro);
  }
  const bound = Math.max(Math.abs(lo), Math.abs(hi));
  const mean = (oscillations: number, of: (zeta: number) => number): number => {
    const values = samples(oscillations);
    return values.reduce((sum, zeta) => sum + of(zeta), 0) / values.length;
  };
  const characteristic = (t: number): Complex => ({
    re: mean(bound * t, (zeta) => Math.cos(t * zeta)),
    im: mean(bound * t, (zeta) => Math.sin(t * zeta)),
  });
  const most = (MOST_POINTS[dimension - 1] ?? 1) / (DENSITY * Math.max(...phases.harmonics));
  return {
    support: [lo, hi],
    samples: () => samples(Number.MAX_VALUE),
    reach: Math.max(1, most - SPARE) / bound,
    moment: (order) => mean(order, (zeta) => zeta ** order),
    characteristic,
    decay: envelope(characteristic, bound, Math.max(1, most - SPARE)),
    logMean: (theta) => {
      const most = Math.max(theta * lo, theta * hi);
      return most + Math.log(mean(bound * theta, (zeta) => Math.exp(theta * zeta - most)));
    },
  };
}

/** Amplitudes of the sines that f1' is a sum of, one for every phase; undefined if it is no such sum. */
function sineAmplitudes({
  frequencies,
  harmonics,
  at,
}: MicroPhases): readonly number[] | undefined {
  const { length: dimension } = frequencies;
  const force = (place: ArrayLike<number>) => at(place)[0] ?? Number.NaN;
  const along = (axis: number, phase: number) => {
    const place = new Float64Array(dimension);
    place[axis] = phase;
    return force(place);
  };
  const origin = force(new Float64Array(dimension));
  const waves = harmonics.map((most, axis) => {
    const points = 8 * most;
    const values = Array.from({ length: points }, (_, point) =>
      along(axis, (point / points) * TURN),
    );
    return Array.from({ length: 2 * most + 1 }, (_, multiple) => {
      let [re, im] = [0, 0];
      values.forEach((value, point) => {
        const angle = ((multiple * point) / points) * TURN;
        re += (value * Math.cos(angle)) / points;
        im += (value * Math.sin(angle)) / points;
      });
      return { multiple, re: multiple === 0 ? re - origin : 2 * re, im: 2 * im };
    });
  });
  const sizes = waves.map((of) => of.slice(1).map(({ re, im }) => Math.hypot(re, im)));
  const largest = Math.max(...sizes.flat());
  const loud = sizes.map((of) => of.filter((size) => size > ROUNDING * largest));
  if (!loud.every((of) => of.length === 1)) return undefined;
  // The sum of the waves along the axes, and no constant: is it f1' off the axes as well?
  const fromWaves = (place: readonly number[]) =>
    waves.reduce(
      (sum, of, axis) =>
        of.slice(1).reduce((part, { multiple, re, im }) => {
          const angle = multiple * (place[axis] ?? 0);
          return part + re * Math.cos(angle) + im * Math.sin(angle);
        }, sum),
      0,
    );
  for (let point = 0; point < 64; point++) {
    const place = frequencies.map((_, axis) => (point + 0.3) * Math.sqrt(2 + axis));
    if (!(Math.abs(force(place) - fromWaves(place)) < 1e-9 * largest)) return undefined;
  }
  return loud.flat();
}

/** The values on a grid over the phases, and as much more as lies between its points at most. */
function supportOf(values: Float64Array, dimension: number): readonly [number, number] {
  let [lo, hi] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) [lo, hi] = [Math.min(lo, value), Math.max(hi, value)];
  const points = values.length ** (1 / dimension);
  const missed = dimension * (4 * Math.PI ** 2) * points ** -2 * (hi - lo); // 16 points a wave at least
  return [lo - missed, hi + missed];
}

/** Gives zeta on a grid over the phases that is fine enough for so many radians of oscillation. */
function sampler({ frequencies, harmonics, at }: MicroPhases, micro: string) {
  const { length: dimension } = frequencies;
  const grids = new Map<number, Float64Array>();
  return (oscillations: number): Float64Array => {
    const wanted = DENSITY * Math.max(...harmonics) * (Math.abs(oscillations) + SPARE);
    const most = MOST_POINTS[dimension - 1] ?? 1;
    const points = Math.min(most, 2 ** Math.ceil(Math.log2(wanted)));
    const present = grids.get(points);
    if (present) return present;
    const phases = new Float64Array(dimension);
    const values = Float64Array.from({ length: points ** dimension }, (_, cell) => {
      for (let axis = 0; axis < dimension; axis++) {
        const index = Math.floor(cell / points ** axis) % points;
        phases[axis] = ((index + 0.5) / points) * TURN;
      }
      const zeta = -(at(phases)[0] ?? Number.NaN);
      return Number.isNaN(zeta)
        ? refuse('micro', 'has no value somewhere', micro, undefined, 'no-value')
        : zeta;
    });
    grids.set(points, values);
    return values;
  };
}

/** Radians of t zeta up to which the envelope is taken from values, and their distance. */
const [REACH, STEP] = [100, 0.25];

function envelope(
  characteristic: (t: number) => Complex,
  bound: number,
  known: number,
): (t: number) => number {
  let greatest: Float64Array | undefined;
  const reach = Math.min(REACH, known);
  const tabulate = () => {
    const sizes = Float64Array.from({ length: Math.floor(reach / STEP) + 1 }, (_, at) => {
      const { re, im } = characteristic((at * STEP) / bound);
      return Math.hypot(re, im);
    });
    for (let at = sizes.length - 2; at >= 0; at--) {
      sizes[at] = Math.max(sizes[at] ?? 0, sizes[at + 1] ?? 0);
    }
    return sizes;
  };
  return (t) => {
    greatest ??= tabulate();
    const turned = t * bound;
    // Beyond the values, from the greatest of their last quarter on.
    const last = greatest[Math.floor(0.75 * greatest.length)] ?? 1;
    if (turned >= reach) return last * Math.cbrt(reach / turned);
    return greatest[Math.floor(turned / STEP)] ?? last;
  };
}
