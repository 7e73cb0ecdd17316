import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toneMap, toneNames } from '../../src/export/tone.ts';

const counts = fc.array(
  fc.oneof(
    fc.constant(0),
    fc.integer({ min: 0, max: 50 }),
    fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  ),
  { minLength: 1, maxLength: 200 },
);

describe('linear', () => {
  test('is n / max', () => {
    expect([...toneMap(Uint32Array.of(0, 1, 3, 4), 'linear')]).toEqual([0, 0.25, 0.75, 1]);
  });
});

describe('log', () => {
  test('counts doublings: n = 2^k - 1 under 2^10 - 1 is k / 10', () => {
    const n = Uint32Array.from({ length: 11 }, (_, k) => 2 ** k - 1);
    toneMap(n, 'log').forEach((t, k) => {
      expect(t).toBeCloseTo(k / 10, 14); // two roundings of a logarithm and one of the quotient
    });
  });
});

describe('rank', () => {
  test('gives m well separated counts, equally frequent, the shades (i + 1/2) / m', () => {
    const n = Uint32Array.from([7, 0, 1, 100, 1, 0, 100, 7, 100_000, 0, 100_000]);
    const shade = new Map([
      [0, 0],
      [1, 1 / 8],
      [7, 3 / 8],
      [100, 5 / 8],
      [100_000, 7 / 8],
    ]);
    expect([...toneMap(n, 'rank')]).toEqual([...n].map((count) => shade.get(count)));
  });

  test('cannot tell counts apart that lie on one of its 1024 levels', () => {
    // log(1 + n) of these differ by 1e-6, a level is log(1e9) / 1024 = 0.02 wide.
    expect([...toneMap(Uint32Array.of(1_000_000, 1_000_001, 1e9), 'rank')]).toEqual([
      1 / 3,
      1 / 3,
      5 / 6,
    ]);
  });

  test('has 1024 levels of equal ratio', () => {
    // Four counts to a level, in the middle of its quarters; the maximum is on the highest one.
    const n = Uint32Array.from({ length: 1024 }, (_, k) =>
      Math.round(2 ** ((32 * (k + 3072.5)) / 4096) - 1),
    );
    const t = toneMap(Uint32Array.from([...n, 2 ** 32 - 1]), 'rank');
    const wanted = [...n].map((_, k) => (k < 1020 ? 4 * Math.floor(k / 4) + 2 : 1022.5) / 1025);
    expect([...t.subarray(0, 1024)]).toEqual(wanted);
  });

  test('has the mean 1/2 over the cells with visits', () => {
    fc.assert(
      fc.property(counts, (n) => {
        const shades = toneMap(Uint32Array.from(n), 'rank').filter((_, cell) => n[cell] !== 0);
        const mean = shades.reduce((sum, t) => sum + t, 0) / (shades.length || 1);
        expect(mean).toBeCloseTo(shades.length ? 0.5 : 0, 12); // 200 sums of rounding 1e-16
      }),
      { seed: 1 },
    );
  });
});

describe.each(toneNames)('%s', (tone) => {
  test('lies in [0, 1], is 0 exactly where nothing was counted, and grows with the count', () => {
    fc.assert(
      fc.property(counts, (n) => {
        const t = toneMap(Uint32Array.from(n), tone);
        const sorted = n.map((count, cell) => [count, t[cell] ?? -1] as const);
        sorted.sort(([a, s], [b, u]) => a - b || s - u);
        sorted.forEach(([count, share], index) => {
          expect(share > 0).toBe(count > 0);
          expect(share).toBeLessThanOrEqual(1);
          const [countBelow, shareBelow] = sorted[index - 1] ?? [0, 0];
          if (countBelow === count && index > 0) expect(share).toBe(shareBelow);
          else expect(share).toBeGreaterThanOrEqual(shareBelow);
        });
      }),
      { seed: 1 },
    );
  });

  test('is the same for uint32, uint64 and float64', () => {
    fc.assert(
      fc.property(counts, (n) => {
        const t = toneMap(Uint32Array.from(n), tone);
        expect(toneMap(BigUint64Array.from(n, BigInt), tone)).toEqual(t);
        expect(toneMap(Float64Array.from(n), tone)).toEqual(t);
      }),
      { seed: 1 },
    );
  });

  test('takes counts beyond 2^53', () => {
    const t = toneMap(BigUint64Array.of(0n, 2n ** 40n, 2n ** 64n - 1n), tone);
    expect(t[0]).toBe(0);
    expect(t[1]).toBeGreaterThan(0);
    expect(t[2]).toBeGreaterThan(t[1] ?? 1);
  });
});

test('an unknown tone is refused, with those there are', () => {
  expect(() => toneMap(Uint32Array.of(1), 'gamma')).toThrow(
    expect.objectContaining({
      code: 'unknown-tone',
      message: expect.stringMatching(/linear, log, rank/),
    }),
  );
});
