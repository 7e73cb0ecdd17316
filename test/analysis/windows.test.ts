import { describe, expect, test } from 'vitest';
import { collisionRate } from '../../src/analysis/collision.ts';
import { cellAround, escapeCrisis } from '../../src/analysis/crisis.ts';
import {
  attractorEdge,
  ballisticWindow,
  periodicWindow,
  stableTilts,
} from '../../src/analysis/windows.ts';

const formula = (macro: string, micro = '', epsilon?: number) => ({
  variables: ['x'],
  macro,
  micro,
  ...(epsilon === undefined ? {} : { epsilon }),
  parameters: {},
});
/** u - K sin u. */
const local = formula('0', '-cos(x)', 1);
const logistic = formula('x^3 / 3 - x^2 / 2');
const wells = formula('(x^2 - 1)^2 / 4');

describe('periodic windows', () => {
  test('of period 3 has u - K sin u from 4.0302862704181 to 4.0346115957023', () => {
    const { from, to } = periodicWindow(local, { eta: 4.032, x: 1 }, 3);
    expect(Math.abs(from / 4.0302862704181 - 1)).toBeLessThan(1e-12);
    expect(Math.abs(to / 4.0346115957023 - 1)).toBeLessThan(1e-12);
  });

  test('of a symmetric 6-cycle has it from 3.7255034 to 3.7382104', () => {
    const { from, to } = periodicWindow(local, { eta: 3.73, x: 1 }, 6, 0);
    expect(from).toBeCloseTo(3.7255034, 6.5);
    expect(to).toBeCloseTo(3.7382104, 6.5);
  });

  test('of period 3 has the logistic map from sqrt(8) on, where the cycle is at its own image', () => {
    // May 1976: r = 1 + sqrt(8); the 3-cycle doubles at r = 3.8414990.
    const { from, to, points } = periodicWindow(logistic, { eta: 2.835, x: 0.5 }, 3);
    expect(from).toBeCloseTo(Math.sqrt(8), 13);
    expect(to).toBeCloseTo(2.841499, 6);
    const step = (x: number) => x - from * (x * x - x);
    expect(step(step(step(points[0])))).toBeCloseTo(points[0], 7); // a fold: half the digits
  });

  test('are refused where none is', () => {
    const of = (eta: number, period: number, centre?: number) => () =>
      periodicWindow(logistic, { eta, x: 0.5 }, period, centre);
    expect(of(2.835, 5)).toThrow(/^inside: no cycle of period 5 attracts/);
    expect(of(2.835, 6)).toThrow(/^inside: no cycle of period 6 attracts/); // it is one of 3
    expect(of(2.9, 3)).toThrow(/^inside: no cycle/);
    expect(of(-1, 3)).toThrow(/^inside\.eta: /);
    expect(of(2.835, 3, 0)).toThrow(/^period: is even/);
    expect(of(2.3, 2)).toThrow(/^inside: the cycle has other ends, got no tangent bifurcation/);
  });
});

describe('crises', () => {
  test('u - K sin u leaves its cell from K = 4.6033388 on, where its largest value is pi', () => {
    const { eta } = escapeCrisis(local, 0.3, [-Math.PI, Math.PI], [3, 6]);
    expect(Math.abs(eta / 4.6033388487517 - 1)).toBeLessThan(1e-12);
    expect(attractorEdge(eta)).toBeCloseTo(Math.PI, 12);
  });

  test('the logistic map leaves its interval at eta = 3', () => {
    const { eta, through } = escapeCrisis(logistic, 0.7, [0, Number.POSITIVE_INFINITY], [1, 4]);
    expect(eta).toBeCloseTo(3, 12);
    expect(through).toBe('below');
  });

  test('one well of (x^2 - 1)^2/4 opens to the other at 3 sqrt(3)/2 - 1', () => {
    // The largest value 2 (1 + eta)/3 sqrt((1 + eta)/(3 eta)) reaches sqrt((1 + eta)/eta), which maps to 0.
    const { eta } = escapeCrisis(wells, 0.7, [0, Number.POSITIVE_INFINITY], [1, 1.9]);
    expect(eta).toBeCloseTo(1.5 * Math.sqrt(3) - 1, 12);
  });

  test('are found in the cell that the maxima of the objective make', () => {
    const [below, above] = cellAround(local, 0.3);
    expect(above).toBeCloseTo(Math.PI, 14);
    expect(below).toBeCloseTo(-Math.PI, 14);
    expect(cellAround(logistic, 0.7)).toEqual([expect.closeTo(0, 14), Number.POSITIVE_INFINITY]);
    expect(cellAround(wells, -0.3)).toEqual([Number.NEGATIVE_INFINITY, expect.closeTo(0, 14)]);
    // x^2/2 - eps cos(x/eps) has its maxima where sin u = -eps u: u = pi / (1 - eps) to order eps^2.
    const eps = 1e-3;
    const fine = formula('x^2 / 2', '-cos(x)', eps);
    const cell = cellAround(fine, 1e-4);
    expect(cell[1] / eps).toBeCloseTo(Math.PI / (1 - eps), 7);
    const { eta } = escapeCrisis(fine, 1e-4, cell, [4e-3, 6e-3]);
    expect(Math.abs(eta / eps - 4.6033388)).toBeLessThan(10 * eps);
  });

  test('are refused where the rates are on one side of them', () => {
    const of = (rates: readonly [number, number]) => () =>
      escapeCrisis(local, 0.3, [-Math.PI, Math.PI], rates);
    expect(of([1, 2])).toThrow(/^rates: the attractor must stay/);
    expect(of([5, 6])).toThrow(/^rates: the attractor must stay/);
    expect(of([3, 3])).toThrow(/^rates: /);
    expect(() => escapeCrisis(local, 0.3, [1, 2], [3, 6])).toThrow(/^cell: must contain/);
    const everywhere = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
    expect(() => escapeCrisis(formula('x^2'), 1, everywhere, [0.5, 3])).toThrow(/finite end/);
  });

  // u - K sin u: the third image of the extremum cos u = 1/K on the symmetric 2-cycle, the second on 0.
  test.each([
    { name: 'the symmetry is restored', K: 3.608936, steps: 3, cycle: -1.7, centre: 0 },
    { name: 'the attractor grows over both sides', K: 3.9014312, steps: 2, cycle: 0 },
  ])('$name at K = $K', ({ K, steps, cycle, centre }) => {
    const kind = { steps: 1, ...(centre === undefined ? {} : { centre }) };
    const rate = collisionRate(local, { extremum: 1.29, steps, cycle, kind }, [K - 0.06, K + 0.1]);
    expect(Math.abs(rate - K)).toBeLessThan(5.1e-7);
  });

  test('the two bands of the logistic map merge at r = 3.678573510428', () => {
    // r^3 - 2 r^2 - 4 r - 8 = 0: Grossmann and Thomae 1977.
    const homoclinic = { extremum: 0.7, steps: 3, cycle: 1, kind: { steps: 1 } };
    const r = 1 + collisionRate(logistic, homoclinic, [2.6, 2.8]);
    expect(Math.abs(r ** 3 - 2 * r ** 2 - 4 * r - 8)).toBeLessThan(1e-11);
    expect(() => collisionRate(logistic, homoclinic, [2.7, 2.8])).toThrow(/same side/);
  });
});

describe('windows in closed form', () => {
  test('a ballistic orbit attracts inside its window and repels outside', () => {
    for (const cells of [1, 2, 5]) {
      const [from, to] = ballisticWindow(cells);
      const multiplier = (K: number) => 1 - K * Math.cos(Math.asin((2 * Math.PI * cells) / K));
      expect(multiplier(from)).toBeCloseTo(1, 6);
      expect(multiplier(to)).toBeCloseTo(-1, 12);
      let u = Math.asin((2 * Math.PI * cells) / (0.5 * (from + to))) + 1e-3;
      for (let n = 0; n < 2000; n++) {
        u -= 0.5 * (from + to) * Math.sin(u) - 2 * Math.PI * cells;
      }
      expect(Math.sin(u) * 0.5 * (from + to)).toBeCloseTo(2 * Math.PI * cells, 9);
    }
    expect(() => ballisticWindow(0)).toThrow(/^cells: /);
  });

  test('tilted wells attract from |s| = 0.74536 on at K = 3, and all of them below 2', () => {
    expect(stableTilts(3)[0]).toBeCloseTo(0.74536, 5);
    expect(stableTilts(1.9)).toEqual([0, 1]);
    expect(() => stableTilts(0)).toThrow(/^K: /);
    expect(() => attractorEdge(0.5)).toThrow(/^K: /);
  });
});
