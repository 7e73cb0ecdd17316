import { checkPositive, refuse } from './check-number.ts';
import { cumulantsOf, type Noise } from './noise.ts';

/** Gradient descent on a quadratic macro part of any dimension, as the stochastic map. */
export interface LinearSystem {
  /** The second derivatives of the macro part, f64 [d, d] row-major, symmetric. */
  readonly hessian: ArrayLike<number>;
  readonly eta: number;
  /** One per coordinate, independent of one another. */
  readonly noises: readonly Noise[];
}

/** Moments of a weighted sum of the coordinates, from its mean at the minimum of the macro part on. */
export interface LinearMoments {
  readonly mean: number;
  readonly variance: number;
  readonly skewness: number;
  /** Excess over the normal law; dimensionless. */
  readonly kurtosis: number;
}

/** Weights that have not shrunk by `SHRUNK` after so many more steps never will. */
const [MOST_STEPS, CHECK, SHRUNK] = [1e6, 1000, 1 - 1e-4];

/**
 * The exact stationary moments of a sum of `weights` times the coordinates of x <- (I - eta H) x + eta
 * zeta, measured from the minimum of the macro part.
 *
 * That sum is one of independent kicks, w = (I - eta H)^j weights of the kick j steps ago, so that its
 * cumulant of order n is the sum of eta^n w_i^n kappa_n(zeta_i) over j and i.
 *
 * @param weights [d].
 * @throws {RequestError} `out-of-range`, also where the map is not stable; `wrong-length`.
 * @see Kong and Tao, NeurIPS 2020, arXiv 2002.06189, for the stochastic map.
 */
export function linearMoments(
  { hessian, eta, noises }: LinearSystem,
  weights: ArrayLike<number>,
): LinearMoments {
  checkPositive('eta', eta);
  const { length: dimension } = noises;
  if (hessian.length !== dimension ** 2 || weights.length !== dimension) {
    const got = `${hessian.length} and ${weights.length}`;
    refuse('hessian', 'must be d x d, and weights d', got, undefined, 'wrong-length');
  }
  const ofNoises = noises.map((noise) => cumulantsOf(noise, 4));
  const totals = new Float64Array(4);
  let w = Float64Array.from(weights);
  const size = Math.hypot(...w);
  let before = Number.POSITIVE_INFINITY;
  for (let step = 0; ; step++) {
    ofNoises.forEach((kappas, at) => {
      kappas.forEach((kappa, order) => {
        const kick = (eta * (w[at] ?? 0)) ** (order + 1) * kappa;
        totals[order] = (totals[order] ?? 0) + kick;
      });
    });
    const next = w.map((value, i) =>
      w.reduce((sum, each, j) => sum - eta * (hessian[i * dimension + j] ?? 0) * each, value),
    );
    const left = Math.hypot(...next);
    if (left <= 1e-17 * size) break;
    const isCheck = step % CHECK === CHECK - 1;
    if (step === MOST_STEPS || !(left < 1e6 * size) || (isCheck && left > SHRUNK * before)) {
      const cure = 'every curvature must lie between 0 and 2 / eta';
      refuse('eta', 'the map has no stationary law', eta, cure);
    }
    if (isCheck) before = left;
    w = next;
  }
  const [mean = 0, variance = 0, third = 0, fourth = 0] = totals;
  return { mean, variance, skewness: third / variance ** 1.5, kurtosis: fourth / variance ** 2 };
}
