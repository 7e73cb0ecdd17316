import { describe, expect, test } from 'vitest';
import { elementary, realPower } from '../../../src/formula/simd/elementary/functions.ts';
import { bitsOf, fromBits, uniform } from '../../support/f64.ts';
import { mapSimd } from '../../support/simd-map.ts';

const { sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log } = elementary;
const functions = { sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log };

async function valueAt(name: keyof typeof functions, x: number): Promise<number | undefined> {
  const found = functions[name];
  return found && (await mapSimd(found, Float64Array.of(x)))[0];
}

const edges: readonly (readonly [keyof typeof functions, number, number])[] = [
  ['sin', 0, 0],
  ['cos', 0, 1],
  ['tan', 0, 0],
  ['asin', 1, Math.PI / 2],
  ['asin', -1, -Math.PI / 2],
  ['acos', 1, 0],
  ['acos', -1, Math.PI],
  ['atan', Number.POSITIVE_INFINITY, Math.PI / 2],
  ['atan', Number.NEGATIVE_INFINITY, -Math.PI / 2],
  ['sinh', 710.475860073944, Number.POSITIVE_INFINITY],
  ['sinh', -710.475860073944, Number.NEGATIVE_INFINITY],
  ['sinh', 711, Number.POSITIVE_INFINITY],
  ['sinh', -711, Number.NEGATIVE_INFINITY],
  ['sinh', Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ['cosh', 0, 1],
  ['cosh', 710.475860073944, Number.POSITIVE_INFINITY],
  ['cosh', -1e300, Number.POSITIVE_INFINITY],
  ['tanh', 20, 1],
  ['tanh', -1e300, -1],
  ['tanh', Number.POSITIVE_INFINITY, 1],
  ['exp', 0, 1],
  ['exp', -0, 1],
  ['exp', 709.7827128933841, Number.POSITIVE_INFINITY],
  ['exp', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ['exp', -745.2, 0],
  ['exp', Number.NEGATIVE_INFINITY, 0],
  ['log', 1, 0],
  ['log', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
];

describe('at the edges of its range', () => {
  test.for(edges)('%s(%d) is %d', async ([name, x, value]) => {
    expect(await valueAt(name, x)).toBe(value);
  });

  test('exp rounds to the subnormal numbers once more', async () => {
    const x = Float64Array.from({ length: 300 }, (_, n) => -708.5 - n / 8);
    const found = exp ? await mapSimd(exp, x) : [];
    for (const [at, value] of found.entries()) {
      const exact = Math.exp(x[at] ?? Number.NaN);
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(2 * 2 ** -1074 + exact * 2 ** -51);
    }
  });

  // All ones is the NaN that a comparison leaves; another has a payload that looks like an exponent.
  const nans = Float64Array.from([-1n, 0x7ff8n << 48n, (0x7ff8n << 48n) + 0x7ffn].map(fromBits));

  test.for(Object.entries(functions))('%s of a NaN is a NaN', async ([, found]) => {
    expect(found && (await mapSimd(found, nans)).every(Number.isNaN)).toBe(true);
  });

  test('a power of or by a NaN is a NaN', async () => {
    const numbers = Float64Array.of(0.5, 2, 3);
    expect((await mapSimd(realPower, nans, numbers)).every(Number.isNaN)).toBe(true);
    expect((await mapSimd(realPower, numbers, nans)).every(Number.isNaN)).toBe(true);
  });
});

describe('for the opposite argument', () => {
  const random = uniform(5);
  const x = Float64Array.from({ length: 4000 }, () => 2 ** (24 * random() - 12));
  const opposite = x.map((value) => -value);
  const odd = { sin, tan, asin, atan, sinh, tanh };

  test.for(Object.entries(odd))(
    '%s gives the opposite value, to the bit',
    async ([name, found]) => {
      const given =
        name === 'asin' ? [x, opposite].map((each) => each.map((of) => of / 4096)) : [x, opposite];
      const [there = [], back = []] = await Promise.all(
        given.map(async (each) => (found ? [...(await mapSimd(found, each))] : [])),
      );
      expect(back.map((value) => bitsOf(-value))).toEqual(there.map(bitsOf));
    },
  );

  test.for(Object.entries({ cos, cosh }))(
    '%s gives the same value, to the bit',
    async ([, found]) => {
      expect(found && (await mapSimd(found, x))).toEqual(found && (await mapSimd(found, opposite)));
    },
  );
});
