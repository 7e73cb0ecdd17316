import type { Complex } from './noise.ts';

/** Most terms of the Fourier series: smooth laws need some hundred. */
const MOST_TERMS = 2 ** 14;

/** Product of complex numbers. */
export const product = (p: Complex, q: Complex): Complex => ({
  re: p.re * q.re - p.im * q.im,
  im: p.re * q.im + p.im * q.re,
});

/** exp of the sum of kappa_n (i t)^n / n!. */
export function fromCumulants(cumulants: Float64Array, t: number): Complex {
  let [re, im, power] = [0, 0, 1];
  cumulants.forEach((kappa, at) => {
    power *= t / (at + 1);
    const term = kappa * power * (at % 4 < 2 ? 1 : -1); // i, -1, -i, 1
    if (at % 2 === 0) im += term;
    else re -= term;
  });
  return { re: Math.exp(re) * Math.cos(im), im: Math.exp(re) * Math.sin(im) };
}

/** A law of bounded support by its characteristic function. */
export interface FourierLaw {
  /** Probability per unit of x, to `densityError`. */
  density(x: number): number;
  /** Probability of at most x, to `distributionError`. */
  distribution(x: number): number;
  /** Bounds of the absolute errors by truncation; infinite where the series does not converge. */
  readonly densityError: number;
  readonly distributionError: number;
}

/**
 * The law whose Fourier series over its support has the values of the characteristic function as
 * coefficients: nothing but the cut of the series errs.
 *
 * @param decay at least the size of the characteristic function at t and beyond.
 * @param farthest t up to where the characteristic function is known.
 */
export function fourierSeries(
  characteristic: (t: number) => Complex,
  decay: (t: number) => number,
  [lo, hi]: readonly [number, number],
  farthest: number,
): FourierLaw {
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
