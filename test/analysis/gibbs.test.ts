import { describe, expect, test } from 'vitest';
import { gibbsLaw, gibbsTemperature } from '../../src/analysis/gibbs.ts';
import { RequestError } from '../../src/spec/errors.ts';

const quadratic = { variables: ['x'], macro: 'k * x^2 / 2', parameters: { k: 2 } };
const edges = (lo: number, hi: number, bins: number) =>
  Float64Array.from({ length: bins + 1 }, (_, i) => lo + ((hi - lo) * i) / bins);
const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);

describe('the Gibbs law', () => {
  // Kong and Tao 2020: variance eta sigma^2 / (2 k) of a quadratic macro part.
  test.each([
    { eta: 0.1, variance: 0.025 },
    { eta: 0.2, variance: 0.05 },
  ])('of x^2/2 has variance $variance at eta = $eta', ({ eta, variance }) => {
    const law = gibbsLaw({ ...quadratic, parameters: { k: 1 } }, gibbsTemperature(eta, 0.5), [
      [-3, 3],
    ]);
    expect(Math.abs(law.mean((x = 0) => x * x) / variance - 1)).toBeLessThan(1e-12);
    expect(law.logNormaliser).toBeCloseTo(Math.log(2 * Math.PI * variance) / 2, 12);
    expect(law.density(0)).toBeCloseTo(1 / Math.sqrt(2 * Math.PI * variance), 11);
    expect(law.error).toBeLessThan(1e-12);
    expect(law.borderWeight).toBeLessThan(1e-30);
  });

  test('gives bins probabilities that add up, whatever the size of the bins', () => {
    const law = gibbsLaw(quadratic, 0.01, [[-1, 1]]);
    const fine = law.binProbabilities(edges(-1, 1, 500));
    const coarse = law.binProbabilities(edges(-1, 1, 5));
    expect(Math.abs(sum(fine) - 1)).toBeLessThan(1e-13);
    coarse.forEach((probability, bin) => {
      const parts = sum(fine.subarray(100 * bin, 100 * (bin + 1)));
      expect(Math.abs(probability - parts)).toBeLessThan(1e-13);
    });
    expect([...law.binProbabilities([1, 2, 3])]).toEqual([0, 0]); // outside the box
  });

  test('of a double well is symmetric, and as much larger in a well as the barrier says', () => {
    const wells = { variables: ['x'], macro: 'x^4/4 - x^2/2', parameters: {} };
    const law = gibbsLaw(wells, 0.05, [[-2.5, 2.5]]);
    expect(law.density(-1) / law.density(0)).toBeCloseTo(Math.exp(0.25 / 0.05), 9);
    expect(law.density(0.4)).toBeCloseTo(law.density(-0.4), 14);
    const [left = 0, right = 1] = law.binProbabilities([-3, 0, 3]);
    expect(Math.abs(left - 0.5) + Math.abs(right - 0.5)).toBeLessThan(1e-13);
  });

  test('is normalised at a temperature whose weights float64 could not hold', () => {
    const law = gibbsLaw({ variables: ['x'], macro: '1000 + x^2', parameters: {} }, 1e-3, [
      [-1, 1],
    ]);
    // The energies are up to 1e6 and rounded to 1e-10 of a unit.
    expect(Math.abs(law.mean((x = 0) => x * x) / 5e-4 - 1)).toBeLessThan(1e-10);
    expect(law.logNormaliser).toBeCloseTo(-1e6 + Math.log(Math.PI * 1e-3) / 2, 8);
  });

  test('in two variables has the modes of a quadratic form', () => {
    // Matyas: eigenvalues 0.04 along x = y, and 1 across: variances temperature / eigenvalue.
    const matyas = {
      variables: ['x', 'y'],
      macro: '0.26 (x^2 + y^2) - 0.48 x * y',
      parameters: {},
    };
    const box = [
      [-10, 10],
      [-10, 10],
    ] as const;
    const law = gibbsLaw(matyas, 0.05, box);
    expect(Math.abs(law.mean((x = 0, y = 0) => (x + y) ** 2 / 2) / 1.25 - 1)).toBeLessThan(1e-10);
    expect(Math.abs(law.mean((x = 0, y = 0) => (x - y) ** 2 / 2) / 0.05 - 1)).toBeLessThan(1e-10);
    expect(law.borderWeight).toBeLessThan(1e-9);
    const bins = law.binProbabilities(edges(-10, 10, 8), edges(-10, 10, 4));
    expect(bins).toHaveLength(32);
    expect(Math.abs(sum(bins) - 1)).toBeLessThan(1e-10);
    const turned = law.binProbabilities(edges(-10, 10, 4), edges(-10, 10, 8));
    expect(bins[4 * 3 + 2]).toBeCloseTo(turned[8 * 2 + 3] ?? 0, 13); // x and y are alike
  });

  test('refuses what has no law', () => {
    const of = (macro: string, temperature = 1, range: readonly [number, number] = [-1, 1]) => {
      return () => gibbsLaw({ variables: ['x'], macro, parameters: {} }, temperature, [range]);
    };
    expect(of('x^2', 0)).toThrow(/^temperature: /);
    expect(of('x^2', 1, [1, -1])).toThrow(/^within\[0\]: /);
    expect(of('log(x)')).toThrow(/^macro: has no value in the box/);
    expect(of('x +')).toThrow(RequestError);
    expect(of('epsilon * x^2')).toThrow(/^epsilon: is used/);
    expect(() => gibbsTemperature(0.1, -1)).toThrow(/^noiseVariance: /);
    expect(() => gibbsLaw(quadratic, 1, [])).toThrow(/^within: /);
  });
});
