import { describe, expect, test } from 'vitest';
import {
  bracketDoublings,
  columnPeriods,
  doublingAbove,
  findWindows,
} from '../../src/analysis/period-changes.ts';
import { findPeriod, trailLength } from '../../src/measure/period-search.ts';

// x^3/3 - x^2/2 is the logistic map with r = 1 + eta.
const logistic = { variables: ['x'], macro: 'x^3/3 - x^2/2', micro: '', parameters: {} };
const [from, to, columns, orbits] = [1.8, 3, 400, 3];
const etas = Float64Array.from(
  { length: columns },
  (_, column) => from + ((column + 0.5) * (to - from)) / columns,
);
const periods = Uint32Array.from({ length: columns * orbits }, (_, index) => {
  const eta = etas[Math.floor(index / orbits)] ?? 0;
  let x = 0.3 + 0.2 * (index % orbits);
  const next = () => {
    x -= eta * (x * x - x);
    return x;
  };
  for (let n = 0; n < 4000; n++) next();
  const trail = Array.from({ length: trailLength(64) }, next);
  const gap = (i: number, j: number) => Math.abs((trail[i] ?? 0) - (trail[j] ?? 0));
  return findPeriod(gap, 64, 1e-5);
});
const byColumn = columnPeriods(periods, orbits);

describe('the periods of a sweep', () => {
  test('bracket the doublings of the logistic map, refined by its cycles to ten digits', () => {
    // 1 + eta = 3, 1 + sqrt 6, 3.5440904 and 3.5644073 (May 1976), and beyond chaos 3.8414990 of the
    // window of period 3, where (r^2 - 2r)^3 ... = -1 of its cycle (Gordon 1996).
    const known = [2, Math.sqrt(6), 2.5440903595519, 2.5644072660954, 2.8414990075];
    const brackets = bracketDoublings(etas, byColumn);
    for (const eta of known) {
      const around = brackets.find(({ from, to }) => from < eta && eta < to);
      expect(around, `a bracket around ${eta}`).toBeDefined();
      if (!around) continue;
      expect(around.to - around.from).toBeLessThan((5.01 * (to - from)) / columns);
      const { from: below, period } = around;
      const found = doublingAbove(logistic, { eta: below, period, x: 0.7 });
      expect(Math.abs(found.eta / eta - 1)).toBeLessThan(1e-10);
      expect(found.period).toBe(period);
    }
    expect(brackets.slice(0, 4).map(({ period }) => period)).toEqual([1, 2, 4, 8]);
  });

  test('show the window of period 3, with what doubles in it', () => {
    const window = findWindows(etas, byColumn).find(({ period }) => period === 3);
    expect(window?.from).toBeGreaterThan(Math.sqrt(8)); // born at r = 1 + sqrt 8
    expect(window?.from).toBeLessThan(Math.sqrt(8) + 0.003);
    expect(window?.to).toBeGreaterThan(2.8414990075);
    expect(window?.to).toBeLessThan(2.8568); // the crisis that ends it, r = 3.8568
  });
});

test('a column has the period of more than half its orbits', () => {
  expect([...columnPeriods([2, 2, 4, 0, 0, 8, 1, 2, 3], 3)]).toEqual([2, 0, 0]);
  expect(() => columnPeriods([1, 2, 3], 2)).toThrow(/columns times orbits/);
});

test('a doubling is bracketed across few columns without a period, and not across many', () => {
  const bracketsOf = (given: readonly number[]) =>
    bracketDoublings(
      given.map((_, at) => at),
      given,
    ).map(({ columns: pair }) => pair);
  expect(bracketsOf([1, 1, 0, 0, 2, 2, 4])).toEqual([
    [1, 4],
    [5, 6],
  ]);
  expect(bracketsOf([1, 0, 0, 0, 0, 0, 2, 6, 3])).toEqual([]);
});

test('no doubling is made up where no cycle of the period attracts', () => {
  expect(() => doublingAbove(logistic, { eta: 2.9, period: 2, x: 0.7 })).toThrow(/no such cycle/);
  expect(() => doublingAbove(logistic, { eta: 1.9, period: 0, x: 0.7 })).toThrow(/below.period/);
});
