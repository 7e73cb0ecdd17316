import { checkMomentum, type MomentumRule } from './momentum.ts';

/** Momentum of a map that remembers where it was. */
export interface Momentum {
  readonly rule: MomentumRule;
  /** b, in (-1, 1). */
  readonly momentum: number;
}

/** A linear map of any dimension, as the weights of its kicks see it. */
export interface KickMap {
  /** f64 [d, d], symmetric. */
  readonly hessian: ArrayLike<number>;
  readonly eta: number;
  /** Absent of gradient descent. */
  readonly momentum?: Momentum | undefined;
}

/**
 * How the weight of a kick in a sum of the coordinates goes on by one step: as a deviation of the orbit
 * itself does, the second derivatives being symmetric.
 *
 * @returns writes the weights after `w`, which came after `before`; all f64 [d].
 * @throws {RequestError} `out-of-range` unless -1 < b < 1.
 */
export function kickWeights({ hessian, eta, momentum }: KickMap) {
  const b = momentum?.momentum ?? 0;
  checkMomentum(b);
  const ahead = momentum?.rule === 'nesterov' ? b : 0; // where the gradient is taken
  return (w: Float64Array, before: Float64Array, into: Float64Array): void => {
    const { length: dimension } = w;
    for (let i = 0; i < dimension; i++) {
      const here = w[i] ?? 0;
      let sum = here + b * (here - (before[i] ?? 0));
      for (let j = 0; j < dimension; j++) {
        const place = w[j] ?? 0;
        const seen = place + ahead * (place - (before[j] ?? 0));
        sum -= eta * (hessian[i * dimension + j] ?? 0) * seen;
      }
      into[i] = sum;
    }
  };
}
