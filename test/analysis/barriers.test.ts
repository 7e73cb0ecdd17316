import { describe, expect, test } from 'vitest';
import { barrierBetween } from '../../src/analysis/barrier.ts';
import { cellEscapeTime } from '../../src/analysis/cell-escape.ts';
import { gibbsLaw } from '../../src/analysis/gibbs.ts';
import { gibbsBox } from '../../src/analysis/gibbs-box.ts';
import { fitLine } from '../../src/analysis/line-fit.ts';
import { philox, unitInterval } from '../../src/engine/random.ts';

const formula = (macro: string, variables = ['x']) => ({ variables, macro, parameters: {} });
const wells = formula('x^4/4 - x^2/2');

describe('the barrier between a start and a level', () => {
  test.each([
    { start: -1, level: 0, top: 0, isMaximum: false },
    { start: -1.4, level: 1, top: 0, isMaximum: true },
    { start: -0.2, level: 0.5, top: 0, isMaximum: true },
    { start: 0.9, level: -1, top: 0, isMaximum: true, minimum: 1 },
  ])('of two wells from $start to $level', ({ start, level, top, isMaximum, minimum = -1 }) => {
    const found = barrierBetween(wells, start, level);
    expect(found.minimum).toBeCloseTo(minimum, 12);
    expect(found.top).toBeCloseTo(top, 12);
    expect(found.height).toBeCloseTo(0.25, 12);
    expect(found.steepest).toBeCloseTo(2 / Math.sqrt(27), 6); // where 3 x^2 = 1
    expect(found.isMaximum).toBe(isMaximum);
  });

  test('is refused where there is none', () => {
    expect(() => barrierBetween(wells, 0.5, 0.8)).toThrow(/nothing to climb/);
    expect(() => barrierBetween(formula('x'), 0, 1)).toThrow(/no minimum/);
  });
});

describe('the box of a Gibbs law', () => {
  test('holds all of it', () => {
    for (const [macro, temperature, centre, variance] of [
      ['x^2 / 2', 0.025, 0.3, 0.025],
      ['50 * (x - 7)^2', 1e-4, 7, 1e-6],
    ] as const) {
      const law = gibbsLaw(
        formula(macro),
        temperature,
        gibbsBox(formula(macro), temperature, [centre]),
      );
      expect(law.borderWeight).toBeLessThan(1e-17);
      const middle = law.mean((x = 0) => x);
      expect(law.mean((x = 0) => (x - middle) ** 2) / variance).toBeCloseTo(1, 10);
    }
    const plane = formula('x^2 / 2 + 2 y^2', ['x', 'y']);
    const law = gibbsLaw(plane, 0.1, gibbsBox(plane, 0.1, [0, 0]));
    expect(law.mean((_, y = 0) => y * y)).toBeCloseTo(0.025, 10);
  });

  test('is refused where no law is', () => {
    expect(() => gibbsBox(formula('x^3'), 0.1, [0])).toThrow(/does not rise/);
    expect(() => gibbsBox(formula('sin(x)'), 0.1, [0])).toThrow(/does not rise/);
    expect(() => gibbsBox(formula('x^2'), 0.1, [0, 0])).toThrow(/centre.length/);
  });
});

test('orbits leave their cell above the crisis as fast as the law says', () => {
  const above = 1e-3;
  const { crisis } = cellEscapeTime(5);
  expect(crisis).toBeCloseTo(4.6033388487517, 12);
  const { time } = cellEscapeTime(crisis + above);
  const words = new Uint32Array(4);
  const count = 4000;
  let sum = 0;
  for (let orbit = 0; orbit < count; orbit++) {
    words.set([orbit, 0, 0, 0]);
    philox(words, 7, 8);
    let u = 2 * (unitInterval(words[0] ?? 0, words[1] ?? 0) - 0.5);
    for (; Math.abs(u) <= Math.PI; sum++) u -= (crisis + above) * Math.sin(u);
  }
  // Exponential times: a standard error of 1.6 %; the law itself is of leading order, to 2 %.
  expect(Math.abs(sum / count / time - 1)).toBeLessThan(4 * 0.016 + 0.02);
  expect(() => cellEscapeTime(4.6)).toThrow(/no orbit leaves/);
});

describe('a straight line through points with errors', () => {
  test('of two points goes through both', () => {
    const fit = fitLine([
      { x: 1, y: 3, error: 0.1 },
      { x: 3, y: 7, error: 0.2 },
    ]);
    expect(fit.slope).toBeCloseTo(2, 13);
    expect(fit.intercept).toBeCloseTo(1, 13);
    expect(fit.slopeError).toBeCloseTo(Math.hypot(0.1, 0.2) / 2, 13);
    expect(fit.interceptError).toBeCloseTo(Math.hypot(1.5 * 0.1, 0.5 * 0.2), 13);
  });

  test('of more weighs them by their errors, and says how far they miss it', () => {
    const points = [0, 1, 2, 3].map((x) => ({ x, y: x % 2 === 0 ? 1 : -1, error: 0.5 }));
    const { slope, misfit } = fitLine(points);
    expect(slope).toBeCloseTo(-0.4, 13); // (-1.5 + 0.5 + 0.5 - 1.5) / 5
    expect(misfit).toBeCloseTo((4 - 0.4 ** 2 * 5) / 0.25 / 2, 12);
    expect(() => fitLine([{ x: 1, y: 1, error: 1 }])).toThrow(/two places/);
  });
});
