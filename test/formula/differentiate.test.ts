import * as fc from 'fast-check';
import { all, create, type FactoryFunctionMap } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { differentiate } from '../../src/formula/differentiate.ts';
import { compileHost } from '../../src/formula/emit-host.ts';
import { type CompiledObjective, compileObjective } from '../../src/formula/objective.ts';
import type { Expression, VariableLeaf } from '../../src/formula/tree.ts';
import { float64 } from '../support/arithmetic.ts';
import { estimate } from '../support/error-bound.ts';
import { everything, formulaText } from '../support/formula-text.ts';

const mathjs = create(all as FactoryFunctionMap, { predictable: true }); // cast: typed as perhaps absent

const compile = (macro: string): CompiledObjective =>
  compileObjective({ variables: ['x', 'y'], macro, micro: '0', parameters: { depth: 0 } });

function evaluator(roots: readonly Expression[], objective: CompiledObjective) {
  const host = compileHost(roots, objective);
  const outputs = new Float64Array(roots.length);
  return (x: number, y: number, depth: number): number[] => {
    host(new Float64Array([x, y, Number.NaN, Number.NaN, 1, depth]), outputs);
    return [...outputs];
  };
}

const smooth = {
  ...everything,
  functions: everything.functions.filter((name) => name !== 'abs' && name !== 'sign'),
  several: ['pow'],
  depth: 3,
};

describe('differentiate', () => {
  test('agrees with mathjs on first and second derivatives of random smooth formulas', () => {
    const point = { x: 0.6, y: 1.7, depth: 2.5 };
    const leaf = (of: Expression) =>
      'name' in of ? point[of.name as keyof typeof point] : Number.NaN;
    let [compared, second] = [0, 0];
    for (const text of fc.sample(formulaText(smooth), { seed: 3, numRuns: 700 })) {
      if (/[\d)] *[a-z(]/.test(text) && /\//.test(text)) continue; // may be refused as ambiguous
      const { gradient, curvature } = compile(text);
      const theirs = mathjs.derivative(text, 'x', { simplify: false });
      const mixed = mathjs.derivative(theirs, 'y', { simplify: false });
      for (const [mine, node] of [
        [gradient[0]?.macro, theirs],
        [curvature(0, 1).macro, mixed],
      ] as const) {
        const outcome = mine && estimate([mine], leaf, float64);
        const [found] = outcome?.status === 'inside' ? outcome.estimates : [];
        const value = node.evaluate({ ...point }) as number; // a real number, as all inputs are
        if (!found || !Number.isFinite(value) || found.bound > 1e-6 * (1 + Math.abs(found.value)))
          continue;
        // Another form of the same derivative rounds elsewhere: 1000 of our own bounds leave it room.
        const room = 1e-12 * (1 + Math.abs(value)) + 1000 * found.bound;
        expect(Math.abs(found.value - value), text).toBeLessThanOrEqual(room);
        compared += 1;
        if (node === mixed && value !== 0) second += 1;
      }
    }
    expect(compared).toBeGreaterThan(500);
    expect(second).toBeGreaterThan(40);
  });

  const functions: readonly (readonly [string, number, number])[] = [
    ['sin(x)', -3, 3],
    ['cos(x)', -3, 3],
    ['tan(x)', -1.2, 1.2],
    ['asin(x)', -0.9, 0.9],
    ['acos(x)', -0.9, 0.9],
    ['atan(x)', -3, 3],
    ['sinh(x)', -2, 2],
    ['cosh(x)', -2, 2],
    ['tanh(x)', -2, 2],
    ['exp(x)', -2, 2],
    ['log(x)', 0.2, 5],
    ['sqrt(x)', 0.2, 5],
    ['abs(x - 0.123)', -2, 2],
    ['sign(x - 0.123) * x', -2, 2],
    ['max(x, y, 0.3 - x^2)', -2, 2],
    ['min(x, y * x, cos(3x))', -2, 2],
    ['x^depth', 0.2, 3],
    ['depth^x', -2, 2],
    ['(1 + x^2)^(x + y)', -1.5, 1.5],
    ['x^-3 + x^7 + x^2.5', 0.5, 2],
    ['1 / (1 + exp(-x * y))', -3, 3],
    ['log(1 + exp(x * y)) * sqrt(1 + x^2) / (2 + sin(y))', -2, 2],
    ['-x^2 + 3x * y - 2 * (x - y)(x + y)', -2, 2],
  ];
  test.each(functions)('%s has the slope and the curvature of its differences', (text, lo, hi) => {
    const objective = compile(text);
    const [by, other] = objective.gradient;
    if (!by || !other) throw new Error('two variables');
    const roots = [objective.macro, by.macro, other.macro];
    for (const [i, j] of [
      [0, 0],
      [0, 1],
      [1, 1],
    ] as const)
      roots.push(objective.curvature(i, j).macro);
    const at = evaluator(roots, objective);
    const h = 2 ** -13;
    // Central differences: truncation h²/6·f‴ with |f‴| below 1e4 here, and rounding 2⁻⁵³·|f|/h.
    const close = (difference: number, slope: number) =>
      expect(Math.abs(difference - slope)).toBeLessThan(3e-5 * (1 + Math.abs(slope)));
    for (let n = 0; n < 40; n++) {
      const [x, y, depth] = [lo + ((n + 0.5) / 40) * (hi - lo), 0.37 + 0.041 * n, 1.9];
      const [, fx = 0, fy = 0, fxx = 0, fxy = 0, fyy = 0] = at(x, y, depth);
      const [right, left] = [at(x + h, y, depth), at(x - h, y, depth)];
      const [above, below] = [at(x, y + h, depth), at(x, y - h, depth)];
      // A corner between the two points: the differences say nothing.
      const isCorner = [1, 2].some(
        (k) =>
          Math.abs((right[k] ?? 0) + (left[k] ?? 0) - 2 * (at(x, y, depth)[k] ?? 0)) >
          1e-3 * (1 + Math.abs(fx)),
      );
      if (isCorner) continue;
      const difference = (to: number[], from: number[], k: number) =>
        ((to[k] ?? 0) - (from[k] ?? 0)) / (2 * h);
      close(difference(right, left, 0), fx);
      close(difference(above, below, 0), fy);
      close(difference(right, left, 1), fxx);
      close(difference(above, below, 1), fxy);
      close(difference(above, below, 2), fyy);
    }
  });

  test('is of one side at a corner, and 0 for sign', () => {
    const slopeAt = (text: string, x: number) => {
      const objective = compile(text);
      const [by] = objective.gradient;
      return by && evaluator([by.macro], objective)(x, 0, 0)[0];
    };
    expect(slopeAt('abs(x)', 0)).toBe(0);
    expect([0, 1]).toContain(slopeAt('max(x, 0)', 0));
    expect([0, 1]).toContain(slopeAt('min(x, 0)', 0));
    expect(slopeAt('sign(x)', 1)).toBe(0);
  });

  test('is out of domain where the formula is', () => {
    const slopes = ['log(x)', 'sqrt(x)', 'asin(x - 1)', 'x^0.3'].map((text) => {
      const objective = compile(text);
      const [by] = objective.gradient;
      return by && evaluator([by.macro], objective)(-1.5, 0, 0)[0];
    });
    expect(slopes).toEqual([Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
  });

  test('reuses the value: tanh costs one tanh, and asking twice makes nothing new', () => {
    const objective = compile('tanh(x)');
    const before = objective.pool.size;
    const x = objective.pool.variable('x', 'macro') as VariableLeaf;
    expect(differentiate(objective.macro, x)).toBe(objective.gradient[0]?.macro);
    expect(objective.pool.size).toBe(before);
    const { pool, macro, gradient } = objective;
    const square = pool.apply('power', macro, pool.number(2));
    expect(gradient[0]?.macro).toBe(pool.subtract(pool.number(1), square));
  });

  test('of a product of 2048 factors stays in proportion', () => {
    const objective = compile(`${'x*'.repeat(2047)}x`);
    const [by] = objective.gradient;
    const second = objective.curvature(0, 0).macro;
    const [slope = 0, bend = 0] = evaluator([by?.macro ?? objective.macro, second], objective)(
      1,
      0,
      0,
    );
    expect([slope, bend]).toEqual([2048, 2048 * 2047]);
    expect(objective.pool.size).toBeLessThan(20_000);
  });
});
