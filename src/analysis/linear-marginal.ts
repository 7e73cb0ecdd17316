import { checkPositive, refuse } from './check-number.ts';
import { type FourierLaw, fourierSeries, fromCumulants, product } from './fourier-law.ts';
import { kickWeights } from './kick-weights.ts';
import { NEAR, ORDERS } from './linear-law.ts';
import type { LinearSystem } from './linear-moments.ts';
import { type Complex, cumulantsOf } from './noise.ts';

/** The stationary law of a weighted sum of the coordinates, from its value at the minimum on. */
export interface LinearMarginal extends FourierLaw {
  /** The law has no mass outside. */
  readonly support: readonly [lo: number, hi: number];
}

/** Most steps after which a kick is still felt. */
const MOST_STEPS = 20_000;

/**
 * The exact law of a sum of `weights` times the coordinates of x <- (I - eta H) x + eta zeta, or of the
 * same with momentum, measured from the minimum of the macro part: `linearLaw` in any dimension.
 *
 * The sum is one of independent kicks, so that its characteristic function is the product of theirs.
 *
 * @param weights [d].
 * @throws {RequestError} `out-of-range`, also where the map is not stable, or a kick is felt for more than
 *   20 000 steps; `wrong-length`.
 */
export function linearMarginal(
  { hessian, eta, noises, momentum }: LinearSystem,
  weights: ArrayLike<number>,
): LinearMarginal {
  checkPositive('eta', eta);
  const { length: dimension } = noises;
  if (hessian.length !== dimension ** 2 || weights.length !== dimension) {
    const got = `${hessian.length} and ${weights.length}`;
    refuse('hessian', 'must be d x d, and weights d', got, undefined, 'wrong-length');
  }
  const kicks: Float64Array[] = []; // eta times the weights of the kick so many steps ago
  const goOn = kickWeights({ hessian, eta, momentum });
  let w = Float64Array.from(weights, (weight) => eta * weight);
  let before = new Float64Array(dimension);
  const size = Math.hypot(...w);
  // With momentum weights swing through 0: only two in a row are small at the end.
  while (!(Math.hypot(...w, ...(momentum ? before : [])) <= 1e-17 * size)) {
    kicks.push(w);
    if (kicks.length > MOST_STEPS) {
      const top = momentum ? 'the first threshold' : '2';
      const cure = `every curvature must lie between 0 and ${top} / eta, and not too near to either`;
      refuse('eta', 'the map has no stationary law, or forgets too slowly', eta, cure);
    }
    const next = new Float64Array(dimension);
    goOn(w, before, next);
    [before, w] = [w, next];
  }
  const support = kicks.reduce<readonly [number, number]>(
    ([lo, hi], kick) => {
      const ends = noises.map(({ support: [a, b] }, at) => [
        (kick[at] ?? 0) * a,
        (kick[at] ?? 0) * b,
      ]);
      const [least, most] = [Math.min, Math.max].map((of) =>
        ends.reduce((sum, each) => sum + of(...each), 0),
      );
      return [lo + (least ?? 0), hi + (most ?? 0)];
    },
    [0, 0],
  );
  // Cumulants and largest size of a kick from so many steps ago on.
  const ofNoises = noises.map((noise) => cumulantsOf(noise, ORDERS));
  const cumulants = Array.from({ length: kicks.length + 1 }, () => new Float64Array(ORDERS));
  const reaches = new Float64Array(kicks.length + 1);
  for (let step = kicks.length - 1; step >= 0; step--) {
    const kick = kicks[step] ?? w;
    reaches[step] = noises.reduce(
      (most, { support: [lo, hi] }, at) =>
        Math.max(most, Math.abs(kick[at] ?? 0) * Math.max(-lo, hi)),
      reaches[step + 1] ?? 0,
    );
    const after = cumulants[step + 1];
    cumulants[step]?.forEach((_, order, into) => {
      into[order] = ofNoises.reduce(
        (sum, kappas, at) => sum + (kick[at] ?? 0) ** (order + 1) * (kappas[order] ?? 0),
        after?.[order] ?? 0,
      );
    });
  }
  /** First step from which on all kicks are near enough for their cumulants. */
  const nearFrom = (t: number) => {
    const found = reaches.findIndex((reach) => reach * Math.abs(t) <= NEAR);
    return found < 0 ? kicks.length : found;
  };
  const each = <T>(
    until: number,
    start: T,
    visit: (so: T, kick: number, noise: number) => T,
  ): T => {
    let value = start;
    for (let step = 0; step < until; step++) {
      for (let at = 0; at < dimension; at++) value = visit(value, kicks[step]?.[at] ?? 0, at);
    }
    return value;
  };
  const characteristic = (t: number): Complex => {
    const until = nearFrom(t);
    const far = each<Complex>(until, { re: 1, im: 0 }, (value, kick, at) => {
      const of = noises[at]?.characteristic(kick * t);
      return of ? product(value, of) : value;
    });
    return product(far, fromCumulants(cumulants[until] ?? new Float64Array(0), t));
  };
  const decay = (t: number): number => {
    const until = nearFrom(t);
    const far = each(until, 1, (value, kick, at) => {
      return kick === 0 ? value : value * (noises[at]?.decay(Math.abs(kick) * t) ?? 1);
    });
    // As in `linearLaw`: of the difference D of two such sums, E cos(s D) <= 1 - s^2 E D^2 (...) / 2.
    const rest = (1 - NEAR ** 2 / 3) * (cumulants[until]?.[1] ?? 0) * t * t;
    return far * Math.exp(-rest / 2);
  };
  const farthest = noises.reduce(
    (least, { reach = Number.POSITIVE_INFINITY }) => Math.min(least, reach / (reaches[0] ?? 1)),
    Number.POSITIVE_INFINITY,
  );
  return { support, ...fourierSeries(characteristic, decay, support, farthest) };
}
