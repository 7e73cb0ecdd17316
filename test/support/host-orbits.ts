import { createEnsemble } from '../../src/engine/ensemble.ts';
import { type ColumnSetting, columnSetting } from '../../src/spec/columns.ts';
import { requestsOf } from '../../src/spec/measures/registry.ts';
import type { Spec } from '../../src/spec/spec.ts';

/** A density of one column, counted on the host in float64. */
export interface HostDensity {
  /** Visits per bin of the spec's first density. */
  readonly counts: Float64Array;
  readonly outside: readonly [number, number];
  readonly lost: number;
  /** Orbits that left the radius. */
  readonly diverged: number;
  /** Least distance of a visit to an edge of a bin, in bins: what moves visits less changes no count. */
  readonly clearance: number;
}

/**
 * Follows the ensemble of a column of a one-variable spec in float64, by x ← x − η·slope(x).
 *
 * An implementation of its own: it shares with the engine only where the orbits start.
 */
export function hostDensity(
  spec: Spec,
  slope: (x: number, setting: ColumnSetting) => number,
  column = 0,
): HostDensity {
  const density = requestsOf(spec.measures, 'density')[0]?.request;
  if (!density) throw new Error('the spec has no density');
  const { bins } = density;
  const [lo, hi] = density.range;
  const { skip, keep } = spec.steps;
  const { radius } = spec.stop;
  const setting = columnSetting(spec, column);
  const { eta } = setting;
  const ensemble = createEnsemble(spec);
  const counts = new Float64Array(bins);
  let below = 0;
  let above = 0;
  let lost = 0;
  let diverged = 0;
  let clearance = 0.5;
  for (let orbit = 0; orbit < spec.ensemble.orbits; orbit++) {
    let x = ensemble.start(setting, column, orbit, 0);
    const isOutside = !(Math.abs(x) <= radius);
    for (let n = 0; n < skip + keep; n++) {
      x -= eta * slope(x, setting);
      if (isOutside || !(Math.abs(x) <= radius)) {
        diverged++;
        lost += skip + keep - Math.max(n, skip);
        break;
      }
      if (n < skip) continue;
      const place = ((x - lo) / (hi - lo)) * bins;
      const offset = Math.floor(place);
      if (Math.abs(place) < 2 * bins) {
        clearance = Math.min(clearance, Math.abs(place - Math.round(place)));
      }
      if (offset < 0) below++;
      else if (offset >= bins) above++;
      else counts[offset] = (counts[offset] ?? 0) + 1;
    }
  }
  return { counts, outside: [below, above], lost, diverged, clearance };
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
