import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CountImage, resample } from '../../src/export/resample.ts';

const side = fc.integer({ min: 1, max: 17 });
const image = fc.record({ width: side, height: side }).chain(({ width, height }) =>
  fc
    .array(fc.integer({ min: 0, max: 1000 }), {
      minLength: width * height,
      maxLength: width * height,
    })
    .map((counts): CountImage => ({ width, height, counts: Float64Array.from(counts) })),
);
const sum = ({ counts }: CountImage) => counts.reduce((total, count) => total + count, 0);
const four: CountImage = { width: 4, height: 2, counts: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8) };

test('fewer cells add up blocks', () => {
  expect(resample(four, { width: 2, height: 1 })).toEqual({
    width: 2,
    height: 1,
    counts: Float64Array.of(14, 22),
  });
});

test('a cell across an edge is shared out by overlap', () => {
  const row = { width: 3, height: 1, counts: Float64Array.of(6, 10, 20) };
  expect([...resample(row, { width: 2, height: 1 }).counts]).toEqual([11, 25]);
});

test('more cells repeat', () => {
  expect([...resample(four, { width: 8, height: 2 }).counts]).toEqual([
    1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8,
  ]);
});

test('each direction goes its own way', () => {
  expect([...resample(four, { width: 2, height: 4 }).counts]).toEqual([3, 7, 3, 7, 11, 15, 11, 15]);
});

test('the same size changes nothing', () => {
  expect(resample(four, four)).toEqual(four);
});

test('the sum stays with fewer cells, and stays in proportion with whole multiples', () => {
  fc.assert(
    fc.property(image, side, side, fc.integer({ min: 1, max: 4 }), (cells, a, b, times) => {
      const fewer = { width: Math.min(a, cells.width), height: Math.min(b, cells.height) };
      // Shares are rounded once each: 2 · 17 · 17 roundings of at most 2.9e5 / 2^53.
      expect(sum(resample(cells, fewer))).toBeCloseTo(sum(cells), 7);
      const more = { width: times * cells.width, height: times * cells.height };
      expect(sum(resample(cells, more))).toBe(times * times * sum(cells));
    }),
    { seed: 1 },
  );
});
