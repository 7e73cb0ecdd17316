import { describe, expect, test } from 'vitest';
import { binomialProbability, meanAbsoluteShare } from '../../src/analysis/binomial.ts';
import {
  type Distances,
  distances,
  groupFloor,
  type Masses,
  massesOf,
  noiseFloor,
} from '../../src/analysis/distance.ts';
import { gibbsLaw, gibbsTemperature } from '../../src/analysis/gibbs.ts';
import { linearLaw } from '../../src/analysis/linear-law.ts';
import { sineNoise } from '../../src/analysis/noise.ts';
import { philox, unitInterval } from '../../src/engine/random.ts';
import { RequestError } from '../../src/spec/errors.ts';

const edgesOf = (lo: number, hi: number, bins: number) =>
  Float64Array.from({ length: bins + 1 }, (_, i) => lo + ((hi - lo) * i) / bins);

describe('binomial counts', () => {
  test('have probabilities that add up to 1 and deviate as the definition says', () => {
    for (const [trials, p] of [
      [1, 0.3],
      [7, 0.3],
      [40, 0.01],
      [300, 0.77],
    ] as const) {
      const law = Array.from({ length: trials + 1 }, (_, m) => binomialProbability(m, trials, p));
      expect(Math.abs(law.reduce((sum, each) => sum + each) - 1)).toBeLessThan(1e-12);
      const deviation = law.reduce((sum, each, m) => sum + each * Math.abs(m - trials * p), 0);
      expect(Math.abs(meanAbsoluteShare(trials, p) / (deviation / trials) - 1)).toBeLessThan(1e-12);
    }
  });

  test('deviate as normal ones where there are many', () => {
    const [trials, p] = [1e12, 0.2];
    const normal = Math.sqrt((2 * p * (1 - p)) / Math.PI / trials);
    expect(Math.abs(meanAbsoluteShare(trials, p) / normal - 1)).toBeLessThan(1e-9);
  });
});

describe('distances', () => {
  // Kong and Tao 2020, the linear stochastic map against its Gibbs law; computed independently.
  test.each([
    { eta: 0.1, totalVariation: 0.0202, kolmogorov: 0.0099 },
    { eta: 0.2, totalVariation: 0.0435, kolmogorov: 0.021 },
  ])('of the exact law to the Gibbs law at eta = $eta', ({ eta, totalVariation, kolmogorov }) => {
    const edges = edgesOf(-1.5, 1.5, 600);
    const exact = linearLaw({ curvature: 1, eta, noise: sineNoise(1) });
    const macro = { variables: ['x'], macro: 'x^2 / 2', parameters: {} };
    const gibbs = gibbsLaw(macro, gibbsTemperature(eta, 0.5), [[-3, 3]]);
    const found = distances(
      massesOf(exact.distribution, edges),
      { bins: gibbs.binProbabilities(edges) },
      edges,
    );
    // Known to one unit of the fourth digit.
    expect(Math.abs(found.totalVariation - totalVariation)).toBeLessThan(1e-4);
    expect(Math.abs(found.kolmogorov - kolmogorov)).toBeLessThan(1e-4);
  });

  test('of two histograms by hand', () => {
    const edges = [0, 1, 3, 4];
    const found = distances({ bins: [2, 1, 1] }, { bins: [0n, 2n, 1n], outside: [0n, 1n] }, edges);
    // Shares (0 | 1/2 1/4 1/4 | 0) and (0 | 0 1/2 1/4 | 1/4): gaps 0, 1/2, 1/4, 1/4 at the edges.
    expect(found.totalVariation).toBeCloseTo(0.5, 15);
    expect(found.kolmogorov).toBeCloseTo(0.5, 15);
    expect(found.wasserstein).toBeCloseTo(0.25 + 0.75 + 0.25, 15);
  });

  test('by Wasserstein is how far a law was moved', () => {
    const edges = edgesOf(-2, 2, 2000);
    const triangle = (x: number) =>
      Math.min(1, Math.max(0, x < 0 ? (1 + x) ** 2 / 2 : 1 - (1 - x) ** 2 / 2));
    const law = (shift: number) =>
      massesOf((x) => (x - shift <= -1 ? 0 : x - shift >= 1 ? 1 : triangle(x - shift)), edges);
    expect(distances(law(0), law(0.3), edges).wasserstein).toBeCloseTo(0.3, 6);
    expect(distances(law(0), law(0), edges)).toEqual({
      totalVariation: 0,
      kolmogorov: 0,
      wasserstein: 0,
    });
    // Moved both ways: the gap changes its sign within a bin.
    const crossing = distances({ bins: [1, 0, 1] }, { bins: [0, 2, 0] }, [0, 1, 2, 3]);
    expect(crossing.wasserstein).toBeCloseTo(0.25 + 0.25 + 0.25, 15);
  });

  test('are refused of what are no histograms on these edges', () => {
    const good: Masses = { bins: [1, 2] };
    const edges = [0, 1, 2];
    expect(() => distances(good, { bins: [1] }, edges)).toThrow(/^b\.bins\.length: /);
    expect(() => distances({ bins: [1, -1] }, good, edges)).toThrow(/^a: masses/);
    expect(() => distances({ bins: [0, 0] }, good, edges)).toThrow(/^a: must hold some mass/);
    expect(() => distances(good, good, [0, 1, 1])).toThrow(/^edges\[2\]: must rise/);
    expect(() => distances({ ...good, outside: [1] }, good, edges)).toThrow(RequestError);
    expect(() => noiseFloor(good, edges, 0)).toThrow(/^samples: /);
    expect(() => groupFloor([good], edges)).toThrow(/^groups: /);
  });
});

/** Histograms of draws from the law of density 2 x on [0, 1), each draw counted `times`. */
function sampled(groups: number, draws: number, bins: number, times = 1): Masses[] {
  const words = new Uint32Array(4);
  return Array.from({ length: groups }, (_, group) => {
    const counts = new Float64Array(bins);
    for (let draw = 0; draw < draws; draw++) {
      words.set([draw, group, times, 7]);
      philox(words, 1, 2);
      const bin = Math.floor(bins * Math.sqrt(unitInterval(words[0] ?? 0, words[1] ?? 0)));
      counts[bin] = (counts[bin] ?? 0) + times;
    }
    return { bins: counts };
  });
}

describe('the noise floor', () => {
  const bins = 40;
  const edges = edgesOf(0, 1, bins);
  const law = massesOf((x) => x * x, edges);
  const names = ['totalVariation', 'kolmogorov', 'wasserstein'] as const;
  const meanOf = (found: readonly Distances[], name: (typeof names)[number]) => {
    const values = found.map((each) => each[name]);
    const mean = values.reduce((sum, value) => sum + value) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return { mean, stderr: Math.sqrt(squares / (values.length - 1) / values.length) };
  };

  test.each([30, 1000])('of %d independent samples is what such samples show', (draws) => {
    const floor = noiseFloor(law, edges, draws);
    const found = sampled(400, draws, bins).map((each) => distances(each, law, edges));
    const variation = meanOf(found, 'totalVariation');
    expect(Math.abs(variation.mean - floor.totalVariation)).toBeLessThan(4 * variation.stderr);
    const wasserstein = meanOf(found, 'wasserstein');
    // Counts of few samples are not normal: a few percent.
    const normality = 0.2 / Math.sqrt(draws);
    expect(Math.abs(wasserstein.mean / floor.wasserstein - 1)).toBeLessThan(
      normality + (4 * wasserstein.stderr) / wasserstein.mean,
    );
    const kolmogorov = meanOf(found, 'kolmogorov');
    expect(kolmogorov.mean).toBeLessThan(floor.kolmogorov);
    expect(kolmogorov.mean).toBeGreaterThan(0.8 * floor.kolmogorov);
  });

  test('between two histograms is what two such histograms show', () => {
    const all = sampled(400, 500, bins);
    const pairs = all.flatMap((a, i) => {
      const b = all[i + 1];
      return i % 2 === 0 && b ? [distances(a, b, edges)] : [];
    });
    const floor = noiseFloor(law, edges, [500, 500]);
    const { mean, stderr } = meanOf(pairs, 'totalVariation');
    expect(Math.abs(mean - floor.totalVariation)).toBeLessThan(4 * stderr + 0.01 * mean);
  });

  test('of groups is that of independent samples where they are independent', () => {
    const groups = sampled(32, 1000, bins);
    const found = groupFloor(groups, edges);
    const floor = noiseFloor(law, edges, 32_000);
    // 496 pairs share 32 groups: the mean of a sum over 40 bins scatters by 3 percent.
    expect(Math.abs(found.totalVariation / floor.totalVariation - 1)).toBeLessThan(0.1);
    expect(Math.abs(found.wasserstein / floor.wasserstein - 1)).toBeLessThan(0.4);
    expect(Math.abs(found.effectiveSamples / 32_000 - 1)).toBeLessThan(0.2);
  });

  test('of groups sees that samples repeat one another', () => {
    const { effectiveSamples } = groupFloor(sampled(32, 1000, bins, 5), edges);
    expect(Math.abs(effectiveSamples / 32_000 - 1)).toBeLessThan(0.2); // of 160 000
  });
});
