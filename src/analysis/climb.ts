import { logBesselI0 } from './bessel.ts';
import { checkFinite, checkPositive, refuse } from './check-number.ts';
import { type MacroFormula, macroCurvature, macroFunction, macroSlope } from './macro-function.ts';
import { integrate } from './quadrature.ts';
import { zeroBetween, zerosOf } from './roots.ts';

/** Panels of 16 Gauss points per piece of a climb. */
const PANELS = 8;

/**
 * S of the mean escape time, which grows as exp(S / eta): the integral over the climb of theta*, the
 * positive root of log I0(A theta) = theta |f0'(x)|. Where the path goes down it costs nothing.
 *
 * The noise A sin(phase) is bounded, so this is more than the 2 (f0(to) - f0(from)) / sigma^2 of the
 * Gibbs law, and infinite where a slope on the way is A or more: that cannot be climbed.
 *
 * @param from the minimum that is left.
 * @param to the top of the barrier.
 * @param amplitude A.
 * @returns S, in the unit of eta.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} `out-of-range`, `wrong-length`;
 *   `no-value` where f0' has none on the way.
 * @see Freidlin and Wentzell, Random Perturbations of Dynamical Systems, chapter 5.
 */
export function climbExponent(
  formula: MacroFormula,
  from: number,
  to: number,
  amplitude: number,
): number {
  checkPositive('amplitude', amplitude);
  checkFinite('from', from);
  checkFinite('to', to);
  const slope = macroSlope(formula);
  const direction = Math.sign(to - from);
  const steepness = (x: number): number => {
    const value = (direction * slope(x)) / amplitude;
    if (!Number.isNaN(value)) return value;
    return refuse('macro', 'has no slope on the way', `x = ${x}`, undefined, 'no-value');
  };
  const [lo, hi] = [Math.min(from, to), Math.max(from, to)];
  const pieces = [lo, ...zerosOf(steepness, lo, hi, 512), hi];
  return pieces.slice(1).reduce((sum, end, at) => {
    const start = pieces[at] ?? lo;
    return sum + integrate((x) => climbingRoot(steepness(x)) / amplitude, start, end, PANELS);
  }, 0);
}

/** The positive root of log I0(z) = z s; 0 downhill, infinite from s = 1 on. */
function climbingRoot(s: number): number {
  if (s <= 0) return 0;
  if (s >= 1) return Number.POSITIVE_INFINITY;
  const gain = (z: number) => logBesselI0(z) - z * s;
  let bound = 4 * s; // log I0(z) < z^2 / 4
  while (gain(bound) <= 0 && bound < 1e12) bound *= 2;
  return zeroBetween(gain, bound > 4 * s ? bound / 2 : 0.5 * s, bound);
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
