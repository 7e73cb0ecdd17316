import { describe, expect, test } from 'vitest';
import { findPeriod, trailLength } from '../../src/measure/period-search.ts';

/** The period of the logistic map r x (1 - x) after `settled` steps from 0.3. */
function periodAt(r: number, { settled = 2000, max = 64, tolerance = 1e-5 } = {}): number {
  const trail: number[] = [];
  let x = 0.3;
  for (let n = 0; n < settled + trailLength(max); n++) {
    if (n >= settled) trail.push(x);
    x = r * x * (1 - x);
  }
  const distance = (i: number, j: number) =>
    Math.abs((trail[i] ?? Number.NaN) - (trail[j] ?? Number.NaN));
  return findPeriod(distance, max, tolerance);
}

describe('the period of a trail', () => {
  test.each([
    [2.5, 1],
    [3.2, 2],
    [3.5, 4],
    [3.55, 8],
    [3.566, 16],
    [3.569, 32],
    [3.83, 3], // May 1976: the window of period 3 opens at 1 + sqrt 8
    [3.845, 6],
    [3.739, 5],
    [3.9057, 5],
  ])('of the logistic map at r = %d is %d', (r, period) => {
    expect(periodAt(r)).toBe(period);
  });

  test.each([3.6, 3.7, 3.8, 3.9, 3.95, 3.99, 4])('at r = %d, in chaos, there is none', (r) => {
    expect(periodAt(r)).toBe(0);
  });

  // The multiplier of the fixed point is 2 - r: just below r = 3 an orbit alternates ever more slowly.
  test.each([
    [2.99, 400],
    [2.998, 1000],
    [2.9995, 6000],
  ])('just below the doubling, at r = %d after %d steps, is 1', (r, settled) => {
    expect(periodAt(r, { settled })).toBe(1);
  });

  test.each([3.001, 3.003, 3.01])('just above the doubling, at r = %d, is 2', (r) => {
    expect(periodAt(r, { settled: 4000 })).toBe(2);
  });

  const second = 1 + Math.sqrt(6); // 2 -> 4
  test.each([
    [second - 0.002, 2],
    [second + 0.002, 4],
  ])('either side of the second doubling, at r = %d, is %d', (r, period) => {
    expect(periodAt(r, { settled: 1500 })).toBe(period);
  });

  test('is looked for up to the longest alone', () => {
    expect(periodAt(3.5, { max: 3 })).toBe(0);
    expect(periodAt(3.5, { max: 4 })).toBe(4);
    expect(periodAt(2.5, { max: 1 })).toBe(1);
  });

  test('is none where states are lost', () => {
    expect(findPeriod(() => Number.NaN, 8, 1e-5)).toBe(0);
  });
});
