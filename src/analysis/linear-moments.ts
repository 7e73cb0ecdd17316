import { checkPositive, refuse } from './check-number.ts';
import { type KickMap, kickWeights, type Momentum } from './kick-weights.ts';
import { cumulantsOf, type Noise } from './noise.ts';

/** Descent on a quadratic macro part of any dimension, as the stochastic map. */
export interface LinearSystem {
  /** The second derivatives of the macro part, f64 [d, d] row-major, symmetric. */
  readonly hessian: ArrayLike<number>;
  readonly eta: number;
  /** One per coordinate, independent of one another. */
  readonly noises: readonly Noise[];
  /** Absent of gradient descent. */
  readonly momentum?: Momentum | undefined;
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
const [MOST_STEPS, CHECK, SHRUNK] = [1e7, 1000, 1 - 1e-6];

/**
 * The exact stationary moments of a sum of `weights` times the coordinates of x <- (I - eta H) x + eta
 * zeta, or of the same with momentum, measured from the minimum of the macro part.
 *
 * That sum is one of independent kicks, with the weights w that a deviation j steps ago leaves, without
 * momentum w = (I - eta H)^j weights, so that its cumulant of order n is the sum of eta^n w_i^n
 * kappa_n(zeta_i) over j and i.
 *
 * @param weights [d].
 * @throws {RequestError} `out-of-range`, also where the map is not stable; `wrong-length`.
 * @see Kong and Tao, NeurIPS 2020, arXiv 2002.06189, for the stochastic map.
 */
export function linearMoments(
  { hessian, eta, noises, momentum }: LinearSystem,
  weights: ArrayLike<number>,
): LinearMoments {
  checkPositive('eta', eta);
  const { length: dimension } = noises;
  if (hessian.length !== dimension ** 2 || weights.length !== dimension) {
    const got = `${hessian.length} and ${weights.length}`;
    refuse('hessian', 'must be d x d, and weights d', got, undefined, 'wrong-length');
  }
  const cumulants = noises.map((noise) => cumulantsOf(noise, 4));
  const sums = dimension === 1 && !momentum ? sumsOfOne : sumsOfMany;
  const totals = sums({ hessian, eta, momentum }, cumulants, Float64Array.from(weights));
  if (!totals) {
    const cure = `every curvature must lie between 0 and ${momentum ? 'the first threshold' : '2'} / eta`;
    return refuse('eta', 'the map has no stationary law', eta, cure);
  }
  const [mean = 0, variance = 0, third = 0, fourth = 0] = totals;
  return { mean, variance, skewness: third / variance ** 1.5, kurtosis: fourth / variance ** 2 };
}

type Sums = (
  map: KickMap,
  cumulants: readonly Float64Array[],
  weights: Float64Array,
) => Float64Array | undefined;

/** The geometric series. */
const sumsOfOne: Sums = ({ hessian, eta }, [kappas], [weight = 0]) => {
  const kick = eta * (hessian[0] ?? 0);
  if (!(kick > 0 && kick < 2)) return undefined;
  // 1 - (1 - kick)^n, without cancellation where the kick is small.
  return kappas?.map((kappa, at) => {
    const order = at + 1;
    const power = kick < 1 ? -Math.expm1(order * Math.log1p(-kick)) : 1 - (1 - kick) ** order;
    return ((eta * weight) ** order * kappa) / power;
  });
};

const sumsOfMany: Sums = (map, cumulants, weights) => {
  const { length: dimension } = weights;
  const goOn = kickWeights(map);
  const memory = 1 / (1 - Math.abs(map.momentum?.momentum ?? 0)); // steps that a velocity lasts
  const totals = new Float64Array(4);
  const size = Math.hypot(...weights);
  const check = Math.ceil(CHECK * memory);
  let [most, mostBefore] = [0, Number.POSITIVE_INFINITY];
  let [before, w, next] = [
    new Float64Array(dimension),
    weights.slice(),
    new Float64Array(dimension),
  ];
  for (let step = 1; step < MOST_STEPS; step++) {
    for (let i = 0; i < dimension; i++) {
      const weight = w[i] ?? 0;
      const kappas = cumulants[i];
      for (let n = 0, power = 1; n < 4; n++) {
        power *= map.eta * weight;
        totals[n] = (totals[n] ?? 0) + power * (kappas?.[n] ?? 0);
      }
    }
    goOn(w, before, next);
    [before, w, next] = [w, next, before];
    // With momentum weights swing through 0: only two in a row are small at the end.
    let left = 0;
    for (let i = 0; i < dimension; i++) {
      const last = map.momentum ? Math.abs(before[i] ?? 0) : 0;
      left = Math.max(left, Math.abs(w[i] ?? 0), last);
    }
    if (left <= 1e-17 * size) return totals;
    if (!(left < 1e6 * memory * size)) return undefined;
    most = Math.max(most, left);
    if (step % check === 0) {
      if (most > SHRUNK * mostBefore) return undefined;
      [most, mostBefore] = [0, most];
    }
  }
  return undefined;
};
