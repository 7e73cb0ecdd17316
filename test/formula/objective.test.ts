import { describe, expect, test } from 'vitest';
import { affineForm, evaluateConstant } from '../../src/formula/affine.ts';
import { compileHost } from '../../src/formula/emit-host.ts';
import { FormulaError } from '../../src/formula/errors.ts';
import { compileCondition, compileFormula, compileObjective } from '../../src/formula/objective.ts';
import { createPool } from '../../src/formula/pool.ts';
import { containsVariable, parametersOf, variablesOf } from '../../src/formula/tree.ts';

const paper = { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)', parameters: {} };
const wells = {
  variables: ['x', 'y'],
  macro: '(x^2 - 1)^2 + depth * x * y',
  micro: 'sin(x) * cos(2y) + epsilon * x',
  parameters: { depth: 1 },
};
/** Amplitudes and a phase that depend on the macro position. */
const uneven = {
  ...wells,
  micro: '(1 + slow_x^2) * cos(x - 2y) + slow_x * sin(y + 3 * slow_y)',
};

describe.each([
  { name: 'phases alone', given: wells },
  { name: 'phases and macro positions', given: uneven },
])('compileObjective of a micro formula of $name', ({ given }) => {
  test('gives the gradient of f at x = the macro part plus the micro part at x / epsilon', () => {
    const objective = compileObjective(given);
    const { gradient, value } = objective;
    const roots = [value, ...gradient.map(({ macro, micro }) => objective.pool.add(macro, micro))];
    const host = compileHost(roots, objective);
    const epsilon = 0.25;
    const f = (x: number, y: number) => {
      const outputs = new Float64Array(3);
      host(new Float64Array([x, y, x / epsilon, y / epsilon, epsilon, 1.5]), outputs);
      return [...outputs];
    };
    const h = 2 ** -14; // truncation h²/6·f‴ < 1e-7, as f‴ < 2/epsilon² + 24·2
    for (const [x, y] of [
      [0.3, -0.7],
      [-1.2, 0.4],
      [2, 2],
    ] as const) {
      const [, byX = 0, byY = 0] = f(x, y);
      expect(byX).toBeCloseTo(((f(x + h, y)[0] ?? 0) - (f(x - h, y)[0] ?? 0)) / (2 * h), 6);
      expect(byY).toBeCloseTo(((f(x, y + h)[0] ?? 0) - (f(x, y - h)[0] ?? 0)) / (2 * h), 6);
    }
  });

  test('gives the Hessian of f as macro + micro / epsilon', () => {
    const objective = compileObjective(given);
    const { pool, gradient } = objective;
    const slopes = gradient.map(({ macro, micro }) => pool.add(macro, micro));
    const pairs = [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const;
    const bends = pairs.map(([i, j]) => {
      const { macro, micro } = objective.curvature(i, j);
      return pool.add(macro, pool.divide(micro, pool.parameter('epsilon')));
    });
    const [slope, bend] = [compileHost(slopes, objective), compileHost(bends, objective)];
    const [epsilon, x, y, h] = [0.25, 0.3, -0.7, 2 ** -14];
    const at = (function_: typeof slope, size: number, p: number, q: number) => {
      const outputs = new Float64Array(size);
      function_(new Float64Array([p, q, p / epsilon, q / epsilon, epsilon, 1.5]), outputs);
      return [...outputs];
    };
    const byX = at(slope, 2, x + h, y).map(
      (right, k) => (right - (at(slope, 2, x - h, y)[k] ?? 0)) / (2 * h),
    );
    const byY = at(slope, 2, x, y + h).map(
      (above, k) => (above - (at(slope, 2, x, y - h)[k] ?? 0)) / (2 * h),
    );
    const [xx = 0, xy = 0, yx = 0, yy = 0] = at(bend, 4, x, y);
    expect(xx).toBeCloseTo(byX[0] ?? 0, 5);
    expect(xy).toBeCloseTo(byY[0] ?? 0, 5);
    expect(yx).toBeCloseTo(byX[1] ?? 0, 5);
    expect(yy).toBeCloseTo(byY[1] ?? 0, 5);
  });

  test('gives a third derivative of f as macro + micro / epsilon^2', () => {
    const objective = compileObjective(given);
    const { pool } = objective;
    const bend = objective.curvature(0, 1);
    const third = objective.derive(bend, 1);
    const epsilon = pool.parameter('epsilon');
    const roots = [
      pool.add(bend.macro, pool.divide(bend.micro, epsilon)),
      pool.add(third.macro, pool.divide(third.micro, pool.multiply(epsilon, epsilon))),
    ];
    const host = compileHost(roots, objective);
    const [size, x, y, h] = [0.25, 0.3, -0.7, 2 ** -14];
    const at = (p: number, q: number) => {
      const outputs = new Float64Array(2);
      host(new Float64Array([p, q, p / size, q / size, size, 1.5]), outputs);
      return outputs;
    };
    const byY = ((at(x, y + h)[0] ?? 0) - (at(x, y - h)[0] ?? 0)) / (2 * h);
    expect(at(x, y)[1]).toBeCloseTo(byY, 4); // h^2/6 of the fifth derivative, < 2^5 / epsilon^4
  });
});

describe('compileObjective', () => {
  test('of the paper is x + sin(x / epsilon)', () => {
    const { gradient, pool } = compileObjective(paper);
    expect(gradient).toEqual([
      { macro: pool.variable('x', 'macro'), micro: pool.apply('sin', pool.variable('x', 'micro')) },
    ]);
  });

  test.each([
    [{ ...paper, variables: ['2x'] }, 'objective.variables[0]'],
    [{ ...paper, variables: ['sin'] }, 'objective.variables[0]'],
    [{ ...paper, variables: ['x', 'x'] }, 'objective.variables[1]'],
    [{ ...paper, variables: ['x', 'f'] }, 'objective.variables[1]'],
    [{ ...paper, variables: ['x', 'epsilon'] }, 'objective.variables[1]'],
    [{ ...paper, variables: ['x', 'slow_x'] }, 'objective.variables[1]'],
    [{ ...paper, parameters: { slow_x: 1 } }, 'objective.parameters.slow_x'],
    [{ ...paper, parameters: { x: 1 } }, 'objective.parameters.x'],
    [{ ...paper, parameters: { e: 1 } }, 'objective.parameters.e'],
    [{ ...paper, parameters: { not: 1 } }, 'objective.parameters.not'],
    [{ ...paper, parameters: { '': 1 } }, 'objective.parameters.'],
  ])('refuses a name that means something else: %#', (objective, where) => {
    expect(() => compileObjective(objective)).toThrow(FormulaError);
    expect(() => compileObjective(objective)).toThrow(
      expect.objectContaining({ code: 'bad-name', where }),
    );
  });

  test('reserves slow_x only where x is a variable', () => {
    const { micro } = compileObjective({ ...paper, micro: 'slow_y', parameters: { slow_y: 1 } });
    expect(parametersOf(micro).map(({ name }) => name)).toEqual(['slow_y']);
  });

  test('says where slow_x belongs, and what to write elsewhere', () => {
    const wrong = /^objective\.macro: the name belongs to the micro formula, got slow_x; write x\n/;
    expect(() => compileObjective({ ...paper, macro: 'slow_x^2' })).toThrow(wrong);
    const objective = compileObjective(uneven);
    expect(() => compileFormula('f + slow_y', objective, 'of')).toThrow(/write y\n/);
  });

  test('says which formula is wrong', () => {
    expect(() => compileObjective({ ...paper, macro: 'x +' })).toThrow(/^objective\.macro: /);
    expect(() => compileObjective({ ...paper, micro: 'z' })).toThrow(
      /^objective\.micro: unknown name, got z/,
    );
  });
});

describe('formulas of measures', () => {
  const objective = compileObjective(paper);
  const { pool } = objective;

  test('know the variables at macro scale, the parameters, and f', () => {
    expect(compileFormula('x', objective, 'of')).toBe(pool.variable('x', 'macro'));
    expect(compileFormula('f', objective, 'of')).toBe(objective.value);
    expect(compileFormula('2f - epsilon', objective, 'of')).toBe(
      pool.subtract(pool.multiply(pool.number(2), objective.value), pool.parameter('epsilon')),
    );
  });

  test('are numbers for `of` and comparisons for `when`', () => {
    expect(compileCondition('f > 1 or abs(x) >= 2', objective, 'when').kind).toBe('apply');
    expect(() => compileFormula('x > 1', objective, 'measures[0].of')).toThrow(
      /^measures\[0\]\.of: /,
    );
    expect(() => compileCondition('x', objective, 'measures[1].when')).toThrow(
      /^measures\[1\]\.when: /,
    );
  });
});

describe('affineForm', () => {
  const objective = compileObjective({ ...wells, micro: '0' });
  const form = (text: string) => affineForm(compileFormula(text, objective, 'of'));
  const parameters = { depth: 3, epsilon: 0.5 };

  test.each([
    ['x', { x: 1 }, 0],
    ['2 * (x - 3y / 4) + depth', { x: 2, y: -1.5 }, 3],
    ['depth * (x + 1) - -x / epsilon + exp(depth) * 0', { x: 5 }, 3],
    ['(x + y) * depth - (y - x) / 2 + cos(pi)', { x: 3.5, y: 2.5 }, -1],
    ['depth^2 + log(depth)', {}, 9 + Math.log(3)],
    ['(x + y) - y', { x: 1 }, 0],
  ])('%s is linear', (text, coefficients, constant) => {
    const found = form(text);
    const named = found?.terms.map(({ variable, coefficient }) => {
      expect(containsVariable(coefficient)).toBe(false);
      return [variable.name, evaluateConstant(coefficient, parameters)] as const;
    });
    expect(Object.fromEntries(named ?? [])).toEqual(coefficients);
    expect(found && evaluateConstant(found.constant, parameters)).toBeCloseTo(constant, 14);
  });

  test.each(['x^2', 'x * y', '1 / x', 'sin(x)', 'abs(x)', 'max(x, 1)', 'x / y', 'depth^x'])(
    '%s is not',
    (text) => expect(form(text)).toBeUndefined(),
  );

  test('keeps the two scales of a variable apart', () => {
    const { macro, micro, pool } = compileObjective({ ...paper, macro: '3x', micro: '5x' });
    expect(affineForm(pool.add(macro, micro))?.terms).toHaveLength(2);
    expect(variablesOf(macro)).toEqual([pool.variable('x', 'macro')]);
    expect(parametersOf(compileObjective(wells).macro).map(({ name }) => name)).toEqual(['depth']);
  });
});

describe('evaluateConstant', () => {
  test('needs every parameter and no variable', () => {
    const pool = createPool('formula');
    expect(() => evaluateConstant(pool.parameter('a'), {})).toThrow('parameter a');
    expect(() => evaluateConstant(pool.variable('x', 'micro'), { x: 1 })).toThrow('variable x');
    expect(evaluateConstant(pool.apply('log', pool.parameter('a')), { a: -1 })).toBeNaN();
  });
});

describe('a pool', () => {
  test('refuses to grow beyond its limit', () => {
    const pool = createPool('objective', 3);
    const x = pool.variable('x', 'macro');
    const twice = pool.add(x, x);
    const again = () => pool.apply('sin', pool.apply('exp', twice));
    expect(again).toThrow(
      expect.objectContaining({ code: 'formula-too-large', where: 'objective' }),
    );
  });
});
