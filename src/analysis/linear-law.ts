import { checkPositive, checkWhole, refuse } from './check-number.ts';
import { type Complex, cumulantsOf, type Noise } from './noise.ts';

/** The stationary law of x <- (1 - eta k) x + eta zeta; x in the unit of the variable. */
export interface LinearLaw {
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
  /** Probability per unit of x, to `densityError`. */
  density(x: number): number;
  /** Probability of at most x, to `distributionError`. */
  distribution(x: number): number;
  /** Bounds of the absolute errors by truncation; infinite where the series does not converge. */
  readonly densityError: number;
  readonly distributionError: number;
}

export interface LinearMap {
  /** Curvature k of the macro part k x^2 / 2. */
  readonly curvature: number;
  readonly eta: number;
  readonly noise: Noise;
}

/** Most terms of the Fourier series: smooth laws need some hundred. */
const MOST_TERMS = 2 ** 14;
/** Cumulants that stand for the factors of the product with arguments below `NEAR`: to 1e-15. */
const ORDERS = 12;
const NEAR = 0.2;

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

const product = (p: Complex, q: Complex): Complex => ({
  re: p.re * q.re - p.im * q.im,
  im: p.re * q.im + p.im * q.re,
});

/** exp of the sum of kappa_n (i t)^n / n!. */
function fromCumulants(cumulants: Float64Array, t: number): Complex {
  let [re, im, power] = [0, 0, 1];
  cumulants.forEach((kappa, at) => {
    power *= t / (at + 1);
    const term = kappa * power * (at % 4 < 2 ? 1 : -1); // i, -1, -i, 1
    if (at % 2 === 0) im += term;
    else re -= term;
  });
  return { re: Math.exp(re) * Math.cos(im), im: Math.exp(re) * Math.sin(im) };
}

function fourierSeries(
  characteristic: (t: number) => Complex,
  decay: (t: number) => number,
  [lo, hi]: readonly [number, number],
  farthest: number,
): Pick<LinearLaw, 'density' | 'distribution' | 'densityError' | 'distributionError'> {
  const period = hi - lo;
  const base = (2 * Math.PI) / period;
  const most = Math.min(MOST_TERMS, Math.floor(farthest / base));
  let terms = Math.min(16, most);
  while (terms < most && tail(decay, base, terms, 0) > 1e-14) terms = Math.min(2 * terms, most);
  const coefficients = Array.from({ length: terms }, (_, at) => characteristic(base * (at + 1)));
  const density = (x: number): number => {
    if (x < lo || x > hi) return 0;
    let sum = 0.5;
    coefficients.forEach(({ re, im }, at) => {
      const angle = base * (at + 1) * x;
      sum += re * Math.cos(angle) + im * Math.sin(angle);
    });
    return (2 * sum) / period;
  };
  const swing = (x: number): number => {
    let sum = 0;
    coefficients.forEach(({ re, im }, at) => {
      const angle = base * (at + 1) * x;
      sum += (re * Math.sin(angle) - im * Math.cos(angle)) / (at + 1);
    });
    return sum / Math.PI;
  };
  const swingAtFoot = swing(lo);
  return {
    density,
    distribution: (x) => {
      if (x <= lo) return 0;
      return x >= hi ? 1 : (x - lo) / period + swing(x) - swingAtFoot;
    },
    densityError: (2 / period) * tail(decay, base, terms, 0),
    distributionError: (2 / Math.PI) * tail(decay, base, terms, 1),
  };
}

/** At least the sum over n > terms of decay(base n) / n^power. */
function tail(decay: (t: number) => number, base: number, terms: number, power: 0 | 1): number {
  let sum = 0;
  let last = 0;
  for (let n = terms; n < terms * 2 ** 40; n *= 2) {
    last = decay(base * n) * n ** (1 - power); // n terms from n to 2n, none larger than the first
    sum += last;
    if (last < 1e-20) return sum;
  }
  return last > 0.01 * sum ? Number.POSITIVE_INFINITY : sum + last * 4;
}
