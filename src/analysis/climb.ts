import { checkFinite, checkPositive, refuse } from './check-number.ts';
import { type MacroFormula, macroCurvature, macroFunction, macroSlope } from './macro-function.ts';
import { type Noise, sineNoise } from './noise.ts';
import { integrate } from './quadrature.ts';
import { zeroBetween, zerosOf } from './roots.ts';

/** Panels of 16 Gauss points per piece of a climb. */
const PANELS = 8;

/**
 * S of the mean escape time, which grows as exp(S / eta): the integral over the climb of theta*, the
 * positive root of log E exp(theta zeta) = theta |f0'(x)|, for A sin(phase) log I0(A theta). Where the
 * path goes down it costs nothing.
 *
 * The noise is bounded, so this is more than the 2 (f0(to) - f0(from)) / sigma^2 of the Gibbs law, and
 * infinite where a slope on the way is as large as the noise: that cannot be climbed.
 *
 * @param from the minimum that is left.
 * @param to the top of the barrier.
 * @param noise A of A sin(phase), or any noise without drift, e.g. of `microNoise`.
 * @returns S, in the unit of eta.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} `out-of-range`, `wrong-length`;
 *   `no-value` where f0' has none on the way.
 * @see Freidlin and Wentzell, Random Perturbations of Dynamical Systems, chapter 5.
 */
export function climbExponent(
  formula: MacroFormula,
  from: number,
  to: number,
  noise: number | Noise,
): number {
  if (typeof noise === 'number') checkPositive('amplitude', noise);
  checkFinite('from', from);
  checkFinite('to', to);
  const { support, logMean } = typeof noise === 'number' ? sineNoise(noise) : noise;
  const slope = macroSlope(formula);
  const direction = Math.sign(to - from);
  const amplitude = direction < 0 ? -support[0] : support[1];
  const steepness = (x: number): number => {
    const value = (direction * slope(x)) / amplitude;
    if (!Number.isNaN(value)) return value;
    return refuse('macro', 'has no slope on the way', `x = ${x}`, undefined, 'no-value');
  };
  const gain = (z: number) => logMean((direction * z) / amplitude);
  const [lo, hi] = [Math.min(from, to), Math.max(from, to)];
  const pieces = [lo, ...zerosOf(steepness, lo, hi, 512), hi];
  return pieces.slice(1).reduce((sum, end, at) => {
    const start = pieces[at] ?? lo;
    const cost = (x: number) => climbingRoot(gain, steepness(x)) / amplitude;
    return sum + integrate(cost, start, end, PANELS);
  }, 0);
}

/** The positive root of gain(z) = z s; 0 downhill, infinite from s = 1 on, where noise is no larger. */
function climbingRoot(gain: (z: number) => number, s: number): number {
  if (s <= 0) return 0;
  if (s >= 1) return Number.POSITIVE_INFINITY;
  const excess = (z: number) => gain(z) - z * s;
  let [below, above] = [s, s];
  while (excess(below) >= 0 && below > 1e-12) below /= 2;
  while (excess(above) <= 0 && above < 1e12) above *= 2;
  return zeroBetween(excess, below, above);
}

/**
 * Kramers' mean time, in steps, from a minimum over a barrier into the next well, at the temperature
 * eta sigma^2 / 2 of the Gibbs law: for comparison, as its exponent is not that of a bounded noise.
 *
 * 2 pi / (eta sqrt(f0''(minimum) |f0''(top)|)) exp(2 (f0(top) - f0(minimum)) / (eta sigma^2)).
 *
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} `out-of-range`, `wrong-length`;
 *   `no-barrier` unless f0'' is positive at the minimum and negative at the top.
 * @see Kramers, Physica 7 (1940) 284, overdamped.
 */
export function kramersTime(
  formula: MacroFormula,
  minimum: number,
  top: number,
  eta: number,
  noiseVariance: number,
): number {
  checkPositive('eta', eta);
  checkPositive('noiseVariance', noiseVariance);
  const f0 = macroFunction(formula);
  const curvature = macroCurvature(formula);
  const [inside, above] = [curvature(minimum), curvature(top)];
  if (!(inside > 0 && above < 0)) {
    const got = `f0'' = ${inside} and ${above}`;
    refuse('minimum', 'needs f0 curved up there and down at the top', got, undefined, 'no-barrier');
  }
  const height = f0(top) - f0(minimum);
  return (
    ((2 * Math.PI) / (eta * Math.sqrt(inside * -above))) *
    Math.exp((2 * height) / (eta * noiseVariance))
  );
}
