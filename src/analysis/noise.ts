import { besselJ0, logBesselI0 } from './bessel.ts';
import { checkPositive, refuse } from './check-number.ts';

/** A real number and the factor of i. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A bounded noise zeta, as the micro-structure gives it; in the unit of the gradient. */
export interface Noise {
  /** Least and greatest value. */
  readonly support: readonly [lo: number, hi: number];
  /** E zeta^order, for whole orders from 1. */
  moment(order: number): number;
  /** E exp(i t zeta), for |t| up to `reach`. */
  characteristic(t: number): Complex;
  /** Absent where every t is in reach. */
  readonly reach?: number;
  /** At least |characteristic(s)| for every s >= t > 0. */
  decay(t: number): number;
  /** log E exp(theta zeta). */
  logMean(theta: number): number;
  /** Values at evenly spread phases, f64; absent where the amplitudes tell more. */
  samples?(): Float64Array;
  /** Of a sum of A sin(phase) over independent uniform phases, every A; absent of another noise. */
  readonly amplitudes?: readonly number[];
}

/**
 * The sum of A sin(phase) over independent uniform phases, one for each amplitude A > 0: of one it is
 * the arcsine law on [-A, A], of several the noise of a quasi-periodic micro-structure. Characteristic
 * function: product of J0(A t), and |J0(z)| <= sqrt(2 / (pi z)) (Watson, Bessel Functions, 13.74).
 *
 * @throws {RequestError} `out-of-range`.
 */
export function sineNoise(...amplitudes: readonly number[]): Noise {
  if (amplitudes.length === 0) refuse('amplitudes', 'must hold at least one', 'none');
  amplitudes.forEach((amplitude, at) => {
    checkPositive(`amplitudes[${at}]`, amplitude);
  });
  const bound = amplitudes.reduce((sum, amplitude) => sum + amplitude, 0);
  return {
    support: [-bound, bound],
    moment: (order) => amplitudes.reduce(withSine, unitMoments(order))[order] ?? 0,
    characteristic: (t) => ({
      re: amplitudes.reduce((product, amplitude) => product * besselJ0(amplitude * t), 1),
      im: 0,
    }),
    decay: (t) => amplitudes.reduce((product, amplitude) => product * sineDecay(amplitude * t), 1),
    logMean: (theta) =>
      amplitudes.reduce((sum, amplitude) => sum + logBesselI0(amplitude * theta), 0),
    amplitudes,
  };
}

/** J0(z) <= exp(-z^2 / 4) up to z = 1, where it is greater than anywhere beyond. */
const sineDecay = (z: number) =>
  Math.min(Math.exp(-(Math.min(z, 1) ** 2) / 4), Math.sqrt(2 / (Math.PI * z)));

/** Moments of orders 0 to `order` of the number 0. */
function unitMoments(order: number): readonly number[] {
  return Array.from({ length: order + 1 }, (_, n) => (n === 0 ? 1 : 0));
}

/** Moments of a sum of what has `moments` and amplitude · sin(phase). */
function withSine(moments: readonly number[], amplitude: number): readonly number[] {
  return moments.map((_, order) => {
    let sum = 0;
    let choices = 1; // binomial(order, n)
    let moment = 1; // E (amplitude sin)^n for even n
    for (let n = 0; n <= order; n++) {
      if (n % 2 === 0) sum += choices * moment * (moments[order - n] ?? 0);
      else moment *= (amplitude ** 2 * n) / (n + 1);
      choices *= (order - n) / (n + 1);
    }
    return sum;
  });
}

/**
 * Cumulants of orders 1 to `orders` of a noise: f64 [orders].
 *
 * By kappa_n = m_n - sum over 0 < j < n of binomial(n - 1, j - 1) kappa_j m_(n - j).
 */
export function cumulantsOf(noise: Noise, orders: number): Float64Array {
  const cumulants = new Float64Array(orders);
  const moments = Array.from({ length: orders }, (_, at) => noise.moment(at + 1));
  for (let n = 1; n <= orders; n++) {
    let value = moments[n - 1] ?? 0;
    let choices = 1;
    for (let j = 1; j < n; j++) {
      value -= choices * (cumulants[j - 1] ?? 0) * (moments[n - j - 1] ?? 0);
      choices *= (n - j) / j;
    }
    cumulants[n - 1] = value;
  }
  return cumulants;
}
