import { describe, expect, test } from 'vitest';
import { realPower } from '../../../src/formula/simd/elementary/functions.ts';
import { deviations, worst } from '../../support/accuracy.ts';
import { around, fromBits, uniform } from '../../support/f64.ts';
import { mapSimd } from '../../support/simd-map.ts';

const random = uniform(77);

/** Bases of every kind, each with exponents of every size for which the power is a normal number. */
function pairs(): (readonly [number, number])[] {
  const bases = [
    ...Array.from({ length: 300 }, () => 2 ** (2000 * random() - 1000)),
    ...Array.from({ length: 500 }, () => 2 ** (4 * random() - 2)),
    ...Array.from({ length: 100 }, () => 1 + 2 ** (-52 * random())),
    ...Array.from({ length: 100 }, () => 1 - 2 ** (-1 - 52 * random())),
    ...Array.from({ length: 50 }, () => fromBits(BigInt(1 + Math.floor(2 ** (52 * random()))))),
    ...around([Math.SQRT1_2, Math.SQRT2, 2, 4, 10, Math.E]),
  ].filter((base) => base !== 1);
  return bases.flatMap((base) => {
    const largest = 1021 / Math.abs(Math.log2(base));
    const exponents = [largest * (2 * random() - 1), 8 * random() - 4, -0.5, 3, 1 / 3];
    return exponents
      .filter((exponent) => Math.abs(exponent) < largest)
      .slice(0, 2)
      .map((exponent) => [base, exponent] as const);
  });
}

async function power(base: number, exponent: number): Promise<number | undefined> {
  return (await mapSimd(realPower, Float64Array.of(base), Float64Array.of(exponent)))[0];
}

describe('a real power in f64x2', () => {
  test('errs by at most 2 ulp', async () => {
    const given = pairs();
    const inputs = [0, 1].map((place) => Float64Array.from(given, (pair) => pair[place] ?? 0));
    const outputs = await mapSimd(realPower, ...inputs);
    const found = deviations({
      inputs,
      outputs,
      exact: (base, exponent) => base.pow(exponent),
    });
    const farthest = worst(found, ({ ulps }) => ulps);
    expect(farthest.ulps, JSON.stringify(farthest)).toBeLessThanOrEqual(2);
  });

  const special: readonly (readonly [number, number])[] = [
    [0, 0],
    [0, 2.5],
    [0, 1e-200],
    [0, -1],
    [1, 1e300],
    [1, -3.7],
    [5, 0],
    [2, 0.5 ** 60],
    [2, 1024],
    [2, -1080],
    [0.5, 1e300],
    [2, 1e308],
    [1 + 2 ** -52, 1e300],
    [1 + 2 ** -52, -1e300],
    [10, Number.POSITIVE_INFINITY],
    [10, Number.NEGATIVE_INFINITY],
    [Number.POSITIVE_INFINITY, 0.1],
    [Number.POSITIVE_INFINITY, -0.1],
    [-2, 3],
    [-2, 2],
    [-2, -1],
    [-0.5, 101],
    [-1, 2 ** 53],
    [-1, 2 ** 53 - 1],
    [-8, 1e300],
    [-0.5, 1],
  ];

  // These powers are f64 numbers, 0 or Infinity, so that both sides must agree.
  test.for(special)('%d to the power of %d is what IEEE says', async ([base, exponent]) => {
    expect(await power(base, exponent)).toBe(base ** exponent);
  });
});
