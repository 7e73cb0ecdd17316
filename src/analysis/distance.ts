import { meanAbsoluteShare } from './binomial.ts';
import { checkWhole, refuse } from './check-number.ts';

/** Visits or probabilities by bin; only their shares matter. */
export interface Masses {
  /** [bins]. */
  readonly bins: ArrayLike<number | bigint>;
  /** Below the first bin, and from the end of the last one on; none unless given. */
  readonly outside?: ArrayLike<number | bigint>;
}

/** Distances of two laws on the same bins. */
export interface Distances {
  /** Half the sum of |p - q| over the bins and both outsides: 0 equal, 1 apart. */
  readonly totalVariation: number;
  /** Greatest |P - Q| of the distribution functions at the edges; dimensionless. */
  readonly kolmogorov: number;
  /**
   * Integral of |P - Q| over the bins, each mass spread evenly over its bin; in the unit of the edges.
   * What lies outside counts as if it lay on the nearest edge.
   */
  readonly wasserstein: number;
}

/**
 * The distances of a histogram to a law, or to another histogram.
 *
 * @param edges f64 [bins + 1], rising.
 * @throws {RequestError} `wrong-length`, `out-of-range` (a negative mass, or no mass at all),
 *   `empty-range`.
 */
export function distances(a: Masses, b: Masses, edges: ArrayLike<number>): Distances {
  const [p, q] = [shares(a, edges, 'a'), shares(b, edges, 'b')];
  const widths = widthsOf(edges);
  let [variation, kolmogorov, wasserstein, gap] = [0, 0, 0, 0];
  for (let slot = 0; slot < p.length; slot++) {
    const difference = (p[slot] ?? 0) - (q[slot] ?? 0);
    const before = gap;
    gap += difference;
    variation += Math.abs(difference) / 2;
    if (slot < p.length - 1) kolmogorov = Math.max(kolmogorov, Math.abs(gap));
    wasserstein += (widths[slot - 1] ?? 0) * meanSize(before, gap);
  }
  return { totalVariation: variation, kolmogorov, wasserstein };
}

/**
 * Probabilities of the bins and the outsides under a distribution function, whose falls by rounding
 * count as 0.
 */
export function massesOf(
  distribution: (x: number) => number,
  edges: ArrayLike<number>,
): Required<Masses> {
  const below = Array.from(edges, distribution);
  const bins = below.slice(1).map((to, at) => Math.max(0, to - (below[at] ?? 0)));
  return { bins, outside: [Math.max(0, below[0] ?? 0), Math.max(0, 1 - (below.at(-1) ?? 1))] };
}

/**
 * What the distances of a histogram of independent samples to their own law are on average: distances
 * near these say nothing against the law.
 *
 * Total variation: exact, a sum of the mean deviations of binomial counts. Wasserstein: the integral of
 * the mean deviation of a normal with the covariance of the empirical distribution. Kolmogorov: that of
 * the Brownian bridge, sqrt(pi / 2) log(2) / sqrt(samples), an upper bound that fine bins approach.
 *
 * @param samples their number; two numbers for the distance of two such histograms, which are taken
 *   as one of 1 / (1/n + 1/m) samples.
 * @throws {RequestError} as `distances`.
 * @see Kolmogorov, 1933, for the limit law; its mean is sqrt(pi / 2) log 2.
 */
export function noiseFloor(
  law: Masses,
  edges: ArrayLike<number>,
  samples: number | readonly [number, number],
): Distances {
  const sizes = typeof samples === 'number' ? [samples] : samples;
  for (const size of sizes) checkWhole('samples', size, 1);
  const size = 1 / sizes.reduce((sum, each) => sum + 1 / each, 0);
  const p = shares(law, edges, 'law');
  const deviation = (share: number) =>
    sizes.length === 1
      ? meanAbsoluteShare(size, share)
      : normalDeviation(share * (1 - share), size);
  const widths = widthsOf(edges);
  let [variation, wasserstein, below] = [0, 0, 0];
  for (let slot = 0; slot < p.length; slot++) {
    const share = p[slot] ?? 0;
    variation += deviation(share) / 2;
    const [from, to] = [below, below + share];
    const at = (s: number) =>
      (1 - s) ** 2 * from * (1 - from) + s ** 2 * to * (1 - to) + 2 * s * (1 - s) * from * (1 - to);
    const mean = simpson((s) => normalDeviation(at(s), size));
    wasserstein += (widths[slot - 1] ?? 0) * mean;
    below = to;
  }
  const kolmogorov = (Math.sqrt(Math.PI / 2) * Math.LN2) / Math.sqrt(size);
  return { totalVariation: variation, kolmogorov, wasserstein };
}

/**
 * The same for correlated samples: what the distances of all groups together to their law are on
 * average, from how far independent groups of them are apart.
 *
 * Two groups differ by sqrt(2) of what one differs from the law, and all G by 1 / sqrt(G) of that.
 *
 * @param groups histograms of equal size whose samples are independent of one another's, e.g. of
 *   different orbits; from some 8 on the floor is good to a tenth.
 * @throws {RequestError} as `distances`; `too-few` of less than two groups.
 */
export function groupFloor(
  groups: readonly Masses[],
  edges: ArrayLike<number>,
): Distances & {
  /** How many independent samples would lie as far from the law in total variation. */
  readonly effectiveSamples: number;
} {
  if (groups.length < 2) {
    refuse('groups', 'must be at least two', groups.length, 'split the orbits', 'too-few');
  }
  const pairs = groups.flatMap((a, i) => groups.slice(i + 1).map((b) => distances(a, b, edges)));
  const floor = (of: keyof Distances) =>
    pairs.reduce((sum, pair) => sum + pair[of], 0) / pairs.length / Math.sqrt(2 * groups.length);
  const pooled = new Float64Array(edges.length + 1);
  for (const group of groups) {
    shares(group, edges, 'groups').forEach((share, slot) => {
      pooled[slot] = (pooled[slot] ?? 0) + share / groups.length;
    });
  }
  const ofOne = pooled.reduce((sum, p) => sum + normalDeviation(p * (1 - p), 1), 0) / 2;
  const totalVariation = floor('totalVariation');
  return {
    totalVariation,
    kolmogorov: floor('kolmogorov'),
    wasserstein: floor('wasserstein'),
    effectiveSamples: (ofOne / totalVariation) ** 2,
  };
}

/** E |normal| of a share whose variance for one sample is given. */
const normalDeviation = (variance: number, samples: number) =>
  Math.sqrt((2 * Math.max(0, variance)) / (Math.PI * samples));

const simpson = (of: (share: number) => number) => (of(0) + 4 * of(0.5) + of(1)) / 6;

/** Mean of |y| along the straight line from a to b. */
function meanSize(a: number, b: number): number {
  if (a * b >= 0) return Math.abs(a + b) / 2;
  return (a * a + b * b) / (2 * Math.abs(b - a));
}

/** Shares of [below, ...bins, above]. */
function shares(
  { bins, outside = [0, 0] }: Masses,
  edges: ArrayLike<number>,
  where: string,
): Float64Array {
  if (bins.length !== edges.length - 1) {
    const right = `must be one less than the edges, ${edges.length - 1}`;
    refuse(`${where}.bins.length`, right, bins.length, undefined, 'wrong-length');
  }
  if (outside.length !== 2) {
    refuse(`${where}.outside.length`, 'must be 2', outside.length, undefined, 'wrong-length');
  }
  const [below = 0, above = 0] = Array.from(outside, Number);
  const masses = Float64Array.from([below, ...Array.from(bins, Number), above]);
  const wrong = masses.find((mass) => !(mass >= 0 && mass < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) refuse(where, 'masses must be finite and at least 0', wrong);
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  if (total === 0) refuse(where, 'must hold some mass', total);
  return masses.map((mass) => mass / total);
}

function widthsOf(edges: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: edges.length - 1 }, (_, bin) => {
    const [from = 0, to = 0] = [edges[bin], edges[bin + 1]];
    if (to > from) return to - from;
    return refuse(`edges[${bin + 1}]`, 'must rise', to, undefined, 'empty-range');
  });
}
