import { describe, expect, test } from 'vitest';
import { poolMoments } from '../../src/measure/pooled-moments.ts';
import { jackknifeError } from '../../src/measure/standard-error.ts';

/** Numbers in [0, 1) of a linear congruential generator: a test's own randomness. */
function* uniforms(seed: number): Generator<number, never> {
  let state = seed >>> 0;
  for (;;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** A piece as engines deliver it: power sums about its first value. */
function pieceOf(values: readonly number[], shift = values[0] ?? 0): number[] {
  const sum = (power: number) => values.reduce((total, x) => total + (x - shift) ** power, 0);
  return [values.length, shift, sum(1), sum(2), sum(3), sum(4)];
}

/** Moments by their definition, in two passes. */
function directly(values: readonly number[]) {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const central = (power: number) =>
    values.reduce((sum, x) => sum + (x - mean) ** power, 0) / values.length;
  const variance = central(2);
  return {
    mean,
    variance,
    skewness: central(3) / variance ** 1.5,
    kurtosis: central(4) / variance ** 2 - 3,
  };
}

describe('moments pooled over pieces', () => {
  const draw = uniforms(7);
  const values = Array.from({ length: 900 }, () => draw.next().value ** 2);

  test.each([0, 1e3, -1e6])('are those of all values together, %d from zero', (offset) => {
    const moved = values.map((x) => x + offset);
    const pieces = [moved.slice(0, 10), moved.slice(10, 700), moved.slice(700)].map((piece) =>
      pieceOf(piece),
    );
    const { count, values: pooled } = poolMoments(Float64Array.from(pieces.flat()));
    expect(count).toBe(900);
    const exact = directly(moved);
    // Numbers near `offset` carry an error of about its last bit.
    const tolerance = 1e-12 + 1e3 * Math.abs(offset) * Number.EPSILON;
    for (const [name, value] of Object.entries(exact)) {
      expect(Math.abs(pooled[name as keyof typeof pooled] - value), name).toBeLessThan(
        tolerance + Math.abs(offset) * 1e-15,
      );
    }
  });

  test('do not depend on the shifts of the pieces', () => {
    const near = Float64Array.from(pieceOf(values, 0.3));
    const far = Float64Array.from(pieceOf(values, 4));
    const [a, b] = [near, far].map((piece) => poolMoments(piece).values);
    expect(b?.variance).toBeCloseTo(a?.variance ?? 0, 11);
    expect(b?.kurtosis).toBeCloseTo(a?.kurtosis ?? 0, 8);
  });

  test('of nothing are not a number, and of a constant have no shape', () => {
    expect(poolMoments(new Float64Array()).values.mean).toBeNaN();
    const { values: constant, errors } = poolMoments(
      Float64Array.from([...pieceOf([2, 2, 2]), ...pieceOf([2, 2])]),
    );
    expect(constant).toMatchObject({ mean: 2, variance: 0 });
    expect(constant.kurtosis).toBeNaN();
    expect(errors.mean).toBe(0);
  });
});

describe('the standard error over pieces', () => {
  test('of a mean over equal pieces is that of the means of the pieces', () => {
    const draw = uniforms(3);
    const means = Array.from({ length: 12 }, () => draw.next().value);
    const { errors } = poolMoments(
      Float64Array.from(means.flatMap((mean) => pieceOf([mean - 1, mean + 1], mean))),
    );
    const { variance } = directly(means);
    expect(errors.mean).toBeCloseTo(Math.sqrt(variance / 11), 12);
  });

  test('is not a number for one piece, and leaves out pieces without weight', () => {
    const one = jackknifeError(1, Float64Array.of(5), Float64Array.of(Number.NaN));
    expect(one).toBeNaN();
    const [all, some] = [
      [Float64Array.of(2, 2, 2), Float64Array.of(1, 2, 3)],
      [Float64Array.of(2, 0, 2, 2), Float64Array.of(1, 99, 2, 3)],
    ].map(([weights, without]) =>
      jackknifeError(2, weights as Float64Array, without as Float64Array),
    );
    expect(some).toBe(all);
    expect(all).toBeGreaterThan(0);
  });

  test('covers the exact value as often as it says, with samples that are correlated', () => {
    // AR(1) with standard normal marginals: mean 0, variance 1, correlated over some 20 steps.
    const draw = uniforms(11);
    const normal = () =>
      Math.sqrt(-2 * Math.log(1 - draw.next().value)) * Math.cos(2 * Math.PI * draw.next().value);
    const correlation = 0.9;
    const trials = 600;
    const hits = { mean: 0, variance: 0 };
    for (let trial = 0; trial < trials; trial++) {
      const pieces = Array.from({ length: 24 }, () => {
        let x = normal();
        return pieceOf(
          Array.from({ length: 120 }, () => {
            x = correlation * x + Math.sqrt(1 - correlation ** 2) * normal();
            return x;
          }),
        );
      });
      const { values, errors } = poolMoments(Float64Array.from(pieces.flat()));
      if (Math.abs(values.mean) < 1.96 * errors.mean) hits.mean++;
      if (Math.abs(values.variance - 1) < 1.96 * errors.variance) hits.variance++;
    }
    // 95 % less what 24 pieces cost (Student's t: 93.8 %) and the skew of a variance; 3 s.d. are 3 %.
    expect(hits.mean / trials).toBeGreaterThan(0.905);
    expect(hits.mean / trials).toBeLessThan(0.98);
    expect(hits.variance / trials).toBeGreaterThan(0.88);
    expect(hits.variance / trials).toBeLessThan(0.98);
  });
});
