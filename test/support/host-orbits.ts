import { createEnsemble } from '../../src/engine/ensemble.ts';
import { columnSetting } from '../../src/spec/columns.ts';
import type { Spec } from '../../src/spec/spec.ts';

/** A density of one column, counted on the host in float64. */
export interface HostDensity {
  /** Visits per bin of the spec's first density. */
  readonly counts: Float64Array;
  readonly outside: readonly [number, number];
  readonly lost: number;
}

/**
 * Follows the ensemble of column 0 of a one-variable spec in float64, by x ← x − η·slope(x).
 *
 * An implementation of its own: it shares with the engine only where the orbits start.
 */
export function hostDensity(spec: Spec, slope: (x: number) => number): HostDensity {
  const [density] = spec.measures;
  if (!density) throw new Error('the spec has no density');
  const { bins } = density;
  const [lo, hi] = density.range;
  const { skip, keep } = spec.steps;
  const { radius } = spec.stop;
  const setting = columnSetting(spec, 0);
  const { eta } = setting;
  const ensemble = createEnsemble(spec);
  const counts = new Float64Array(bins);
  let below = 0;
  let above = 0;
  let lost = 0;
  for (let orbit = 0; orbit < spec.ensemble.orbits; orbit++) {
    let x = ensemble.start(setting, 0, orbit, 0);
    for (let n = 0; n < skip + keep; n++) {
      x -= eta * slope(x);
      if (!(Math.abs(x) <= radius)) {
        lost += skip + keep - Math.max(n, skip);
        break;
      }
      if (n < skip) continue;
      const offset = Math.floor(((x - lo) / (hi - lo)) * bins);
      if (offset < 0) below++;
      else if (offset >= bins) above++;
      else counts[offset] = (counts[offset] ?? 0) + 1;
    }
  }
  return { counts, outside: [below, above], lost };
}

/** Half the sum of |p − q| of two histograms, each normalised: 0 equal, 1 apart. */
export function totalVariation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const total = (h: ArrayLike<number>) => Array.from(h).reduce((sum, n) => sum + n, 0);
  const [sumA, sumB] = [total(a), total(b)];
  let distance = 0;
  for (let i = 0; i < a.length; i++) distance += Math.abs((a[i] ?? 0) / sumA - (b[i] ?? 0) / sumB);
  return distance / 2;
}

/** Variance of a histogram over [lo, hi), each visit at the centre of its bin. */
export function binnedVariance(h: ArrayLike<number>, [lo, hi]: readonly [number, number]): number {
  let [count, sum, squares] = [0, 0, 0];
  for (let i = 0; i < h.length; i++) {
    const n = h[i] ?? 0;
    const x = lo + ((i + 0.5) * (hi - lo)) / h.length;
    count += n;
    sum += n * x;
    squares += n * x * x;
  }
  return squares / count - (sum / count) ** 2;
}
