import { checkPositive, checkWhole, refuse } from './check-number.ts';
import { type FourierLaw, fourierSeries, fromCumulants, product } from './fourier-law.ts';
import { type Complex, cumulantsOf, type Noise } from './noise.ts';

/** The stationary law of x <- (1 - eta k) x + eta zeta; x in the unit of the variable. */
export interface LinearLaw extends FourierLaw {
  readonly mean: number;
  readonly variance: number;
  /** Excess over the normal law; dimensionless. */
  readonly kurtosis: number;
  /** The law has no mass outside; for arcsine noise and eta k < 1 it is [-A/k, A/k]. */
  readonly support: readonly [lo: number, hi: number];
  /** Cumulant of a whole order from 1: eta^n kappa_n(zeta) / (1 - a^n), with a = 1 - eta k. */
  cumulant(order: number): number;
  /** E exp(i t x): the product over j >= 0 of the noise's at eta a^j t. */
  characteristic(t: number): Complex;
}

export interface LinearMap {
  /** Curvature k of the macro part k x^2 / 2. */
  readonly curvature: number;
  readonly eta: number;
  readonly noise: Noise;
}

/** Cumulants that stand for the factors of the product with arguments below `NEAR`: to 1e-15. */
export const ORDERS = 12;
export const NEAR = 0.2;

/**
 * The exact law of gradient descent on k x^2 / 2 with the noise of an unresolved micro-structure.
 *
 * As the law has a bounded support, its Fourier series with the support as period has the values of
 * the characteristic function as coefficients: nothing but the cut of the series errs.
 *
 * @throws {RequestError} `out-of-range`, also unless 0 < eta k < 2.
 * @see Kong and Tao, NeurIPS 2020, arXiv 2002.06189, for the stochastic map.
 *
 * @example
 * ```ts
 * const law = linearLaw({ curvature: 1, eta: 0.1, noise: sineNoise(1) });
 * // law.variance = 0.1 / 2 / (2 - 0.1)
 * ```
 */
export function linearLaw({ curvature, eta, noise }: LinearMap): LinearLaw {
  checkPositive('curvature', curvature);
  checkPositive('eta', eta);
  const a = 1 - eta * curvature;
  if (!(Math.abs(a) < 1)) {
    refuse('eta', 'the map is stable for eta < 2 / curvature only', eta, `try ${1 / curvature}`);
  }
  const ofNoise = cumulantsOf(noise, ORDERS);
  const scaled = (order: number, kappa: number) => (eta ** order * kappa) / lost(a, order);
  const cumulants = ofNoise.map((kappa, at) => scaled(at + 1, kappa));
  const [, power = 0] = ofNoise;
  const [mean = 0, variance = 0, , fourth = 0] = cumulants;
  const support = supportOf(noise, eta, curvature);
  const reach = Math.max(Math.abs(noise.support[0]), Math.abs(noise.support[1]));
  const characteristic = (t: number): Complex => {
    let value: Complex = { re: 1, im: 0 };
    let argument = eta * t;
    for (; Math.abs(argument) * reach > NEAR; argument *= a) {
      value = product(value, noise.characteristic(argument));
    }
    return product(value, fromCumulants(cumulants, argument / eta));
  };
  const decay = (t: number): number => {
    let value = 1;
    let argument = eta * t;
    for (; argument * reach > NEAR; argument *= Math.abs(a)) value *= noise.decay(argument);
    // Of the difference D of two such noises, E cos(s D) <= 1 - s^2 E D^2 / 2 + s^4 E D^4 / 24.
    const rest = (1 - NEAR ** 2 / 3) * power * argument ** 2;
    return value * Math.exp(-rest / 2 / (1 - a * a));
  };
  const farthest = (noise.reach ?? Number.POSITIVE_INFINITY) / eta;
  const series = fourierSeries(characteristic, decay, support, farthest);
  return {
    mean,
    variance,
    kurtosis: fourth / variance ** 2,
    support,
    cumulant: (order) => {
      checkWhole('order', order, 1);
      return scaled(order, cumulantsOf(noise, order)[order - 1] ?? 0);
    },
    characteristic,
    ...series,
  };
}

/** 1 - a^order, without cancellation where a is near 1. */
function lost(a: number, order: number): number {
  const size = Math.expm1(order * Math.log(Math.abs(a)));
  return a < 0 && order % 2 === 1 ? 2 + size : -size;
}

function supportOf(noise: Noise, eta: number, curvature: number): readonly [number, number] {
  const [lo, hi] = noise.support;
  const a = 1 - eta * curvature;
  if (a >= 0) return [lo / curvature, hi / curvature];
  const both = curvature * (1 + a); // odd powers of a swap the ends
  return [(lo + a * hi) / both, (hi + a * lo) / both];
}
