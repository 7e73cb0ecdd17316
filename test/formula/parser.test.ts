import * as fc from 'fast-check';
import { all, create, type FactoryFunctionMap } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { compileHost } from '../../src/formula/emit-host.ts';
import { FormulaError } from '../../src/formula/errors.ts';
import { parseFormula, type Sort } from '../../src/formula/parser.ts';
import { createPool } from '../../src/formula/pool.ts';
import type { Expression } from '../../src/formula/tree.ts';
import { RequestError } from '../../src/spec/errors.ts';
import { float64 } from '../support/arithmetic.ts';
import { estimate } from '../support/error-bound.ts';
import { everything, formulaText } from '../support/formula-text.ts';

const mathjs = create(all as FactoryFunctionMap, {
  predictable: true, // √−1 is NaN, not a complex number
}); // cast: `all` is typed as perhaps absent
const order = { variables: ['x', 'y'], parameters: ['depth'] };

function parse(text: string, sort: Sort = 'number'): Expression {
  const pool = createPool('formula');
  const names = new Map<string, Expression>([
    ...order.variables.map((name) => [name, pool.variable(name, 'macro')] as const),
    ['depth', pool.parameter('depth')],
  ]);
  return parseFormula(text, { pool, names, where: 'formula', sort });
}

const points = [
  { x: 0.7, y: -1.3, depth: 2 },
  { x: -2.25, y: 0.5, depth: 0.75 },
  { x: 0, y: 3, depth: -1 },
  { x: 1.1, y: 1.1, depth: 3 },
];
const valueAt = (expression: Expression, { x, y, depth }: (typeof points)[number]): number => {
  const outputs = new Float64Array(1);
  compileHost([expression], order)(
    new Float64Array([x, y, Number.NaN, Number.NaN, depth]),
    outputs,
  );
  return outputs[0] ?? Number.NaN;
};

/** The texts that are accepted; the only refusal a careless but well-formed text may meet is ambiguity. */
function accepted(texts: readonly string[]): { text: string; expression: Expression }[] {
  return texts.flatMap((text) => {
    try {
      return [{ text, expression: parse(text) }];
    } catch (error) {
      expect(error, text).toMatchObject({ code: 'ambiguous-product' });
      return [];
    }
  });
}

describe('parseFormula', () => {
  test('reads random texts as mathjs does, within the rounding of float64', () => {
    const cases = accepted(fc.sample(formulaText(everything), { seed: 1, numRuns: 3000 }));
    let compared = 0;
    for (const { text, expression } of cases) {
      const theirs = mathjs.parse(text).compile();
      for (const point of points) {
        const leaf = (of: Expression) => ('name' in of ? point[of.name as keyof typeof point] : 0);
        const outcome = estimate([expression], leaf, float64);
        const [mine] = outcome.status === 'inside' ? outcome.estimates : [];
        if (!mine || mine.bound > 1e-3 * (1 + Math.abs(mine.value))) continue;
        // Both roundings, and room for mathjs to take another way through the same formula.
        const room = 8 * mine.bound;
        const value = theirs.evaluate({ ...point }) as number; // a real number, as all inputs are
        expect(Math.abs(valueAt(expression, point) - mine.value), text).toBeLessThanOrEqual(room);
        expect(
          Math.abs(value - mine.value),
          `${text} at ${JSON.stringify(point)}`,
        ).toBeLessThanOrEqual(room);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(4000); // the rest is out of domain, overflows, or is all rounding
  });

  test.each([
    ['-x^2', '-(x^2)'],
    ['2^3^2', '512'],
    ['2^-1', '0.5'],
    ['2^-x^2', '2^(-(x^2))'],
    ['-2^2', '-4'],
    ['x - y - 1', '(x - y) - 1'],
    ['x / y / 2', '(x / y) / 2'],
    ['x**2 × 3 − y', 'x^2 * 3 - y'],
    ['2x^2', '2 * (x^2)'],
    ['2(x + 1)(y - 1)', '2 * (x + 1) * (y - 1)'],
    ['3sin(x)cos(y)', '3 * sin(x) * cos(y)'],
    ['2e', '2 * e'],
    ['2e1', '20'],
    ['pow(x, 3)', 'x^3'],
    ['--x', 'x'],
    ['+x', 'x'],
    ['e^x', 'exp(x)'],
    ['max(x, y, 1)', 'max(max(x, y), 1)'],
  ])('%s means %s', (text, meaning) => {
    const expression = parse(text);
    const meant = parse(meaning);
    for (const point of points) {
      const [value, other] = [valueAt(expression, point), valueAt(meant, point)];
      expect(Object.is(value, other) || Math.abs(value - other) < 1e-14 * Math.abs(other)).toBe(
        true,
      );
    }
  });

  test.each([
    ['x > 0', [true, false, false, true]],
    ['not x > 0 or y <= -1', [true, true, true, false]],
    ['x < y and y < 2 or depth >= 3', [false, true, false, true]],
    ['not (x > 0 and y > 0)', [true, true, true, false]],
    ['not not x >= y', [true, false, false, true]],
    ['1 < 2', [true, true, true, true]],
  ])('%s is a condition', (text, holds) => {
    const expression = parse(text, 'condition');
    expect(points.map((point) => valueAt(expression, point) === 1)).toEqual(holds);
  });

  test('shares equal parts, whatever the order of sums and products', () => {
    const pool = createPool('formula');
    const [x, y] = [pool.variable('x', 'macro'), pool.variable('y', 'macro')];
    expect(pool.add(pool.multiply(x, y), y)).toBe(pool.add(y, pool.multiply(y, x)));
    expect(pool.variable('x', 'micro')).not.toBe(x);
  });

  test('keeps what is out of domain somewhere: 0 · log(x) is not 0', () => {
    const text = '0 * log(x) + (1 / x) * 0 + x - x';
    expect(points.map((point) => valueAt(parse(text), point))).toEqual([
      0,
      Number.NaN,
      Number.NaN,
      0,
    ]);
  });

  test('reads the longest formulas, flat or nested to the limit', () => {
    const flat = parse(`${'x*'.repeat(2047)}x`);
    expect(valueAt(flat, { x: 1.0001, y: 0, depth: 0 })).toBeCloseTo(1.0001 ** 2048, 10);
    const deep = parse(`${'('.repeat(100)}x${')'.repeat(100)}`);
    expect(deep.kind).toBe('variable');
  });
});

/** Text, code, and the place of the caret: line and column, from 1. */
type Refused = readonly [text: string, code: string, line?: number, column?: number];
const refused: readonly Refused[] = [
  ['', 'empty-formula', 1, 1],
  ['   ', 'empty-formula', 1, 4],
  ['x +', 'unexpected-token', 1, 4],
  ['x + * y', 'unexpected-token', 1, 5],
  ['x ^', 'unexpected-token', 1, 4],
  ['()', 'unexpected-token', 1, 2],
  [') x', 'unexpected-token', 1, 1],
  ['(x + y))', 'unexpected-token', 1, 8],
  ['x, y', 'unexpected-token', 1, 2],
  ['max(x,)', 'unexpected-token', 1, 7],
  ['and', 'unexpected-token', 1, 1],
  ['x not y', 'unexpected-token', 1, 3],
  ['sin x', 'unexpected-token', 1, 1],
  ['2 x y', 'missing-operator', 1, 5],
  ['x 2', 'missing-operator', 1, 3],
  ['2 3', 'missing-operator', 1, 3],
  ['1.2.3', 'missing-operator', 1, 4],
  ['1/2x', 'ambiguous-product', 1, 4],
  ['x / 2(y)', 'ambiguous-product', 1, 6],
  ['x(y + 1)', 'unknown-function', 1, 1],
  ['1 + sinn(x)', 'unknown-function', 1, 5],
  ['toString(x)', 'unknown-function', 1, 1],
  ['x\n + z * y', 'unknown-name', 2, 4],
  ['constructor', 'unknown-name', 1, 1],
  ['x constructor 2', 'missing-operator', 1, 3],
  ['x toString 2', 'missing-operator', 1, 3],
  ['__proto__', 'unknown-name', 1, 1],
  ['0x10', 'unknown-name', 1, 2],
  ['cos(x', 'unclosed-bracket', 1, 4],
  ['2 * (x + (y)', 'unclosed-bracket', 1, 5],
  ['y + max(x)', 'wrong-argument-count', 1, 5],
  ['sin(x, y)', 'wrong-argument-count', 1, 1],
  ['sin()', 'wrong-argument-count', 1, 1],
  ['pow(x)', 'wrong-argument-count', 1, 1],
  ['x < y < 1', 'chained-comparison', 1, 7],
  ['x < y', 'wrong-sort', 1, 1],
  ['1 + (x < y) * 2', 'wrong-sort', 1, 5],
  ['sin(x < y)', 'wrong-sort', 1, 5],
  ['x and y', 'wrong-sort', 1, 1],
  ['not x', 'wrong-sort', 1, 5],
  ['2 + 1e400', 'number-out-of-range', 1, 5],
  ['x = y', 'unknown-character', 1, 3],
  ['import("x")', 'unknown-character', 1, 8],
  ['x; y', 'unknown-character', 1, 2],
  ['x!', 'unknown-character', 1, 2],
  ['[x]', 'unknown-character', 1, 1],
  ['x.y', 'unknown-character', 1, 2],
  ['x && y', 'unknown-character', 1, 3],
  ['5 % 2', 'unknown-character', 1, 3],
  ['π x', 'unknown-character', 1, 1],
  ['x + 😀', 'unknown-character', 1, 5],
  [`${'('.repeat(101)}x`, 'formula-too-deep', 1, 102],
  [`${'-'.repeat(200)}x`, 'formula-too-deep', 1, 102],
  [`${'x^'.repeat(101)}x`, 'formula-too-deep', 1, 203],
  [`${'x+'.repeat(2048)}x`, 'formula-too-long'],
];

function refusal(text: string, sort?: Sort): FormulaError {
  try {
    parse(text, sort);
  } catch (error) {
    if (error instanceof FormulaError) return error;
    throw error;
  }
  throw new Error(`accepted: ${text}`);
}

describe('a refused formula', () => {
  test.each(refused.map((row) => ({ row })))('$row.0: $row.1', ({ row }) => {
    const [text, code, line, column] = row;
    const error = refusal(text);
    expect(error).toBeInstanceOf(RequestError);
    expect({ code: error.code, line: error.line, column: error.column }).toEqual({
      code,
      line,
      column,
    });
    expect(error.message).toMatch(/^formula: /);
  });

  test('shows its line with a caret under the place, and says what would be right', () => {
    expect(refusal('x^2\n + dept * sin(x)').message).toBe(
      [
        'formula: unknown name, got dept; did you mean depth? known names: x, y, depth, pi, e',
        '   + dept * sin(x)',
        '     ^^^^',
      ].join('\n'),
    );
    expect(refusal('x(y)').message).toContain('to multiply, write x * (…)');
    expect(refusal('ln(x)').message).toContain('did you mean log?');
    expect(refusal('x', 'condition').message).toContain('compare it, as in `x > 0`');
  });

  test('shows a window of a long line, the caret still under the place', () => {
    const [, line = '', caret = ''] = refusal(
      `${'1 + '.repeat(60)}z${' + 1'.repeat(60)}`,
    ).message.split('\n');
    expect(line.length).toBeLessThan(130);
    expect(line[caret.indexOf('^')]).toBe('z');
  });

  test('is the only thing that goes wrong with any text', () => {
    const pieces = fc.constantFrom(
      ...[
        'x',
        'y',
        '2',
        '1e',
        '.5',
        '(',
        ')',
        '+',
        '-',
        '*',
        '/',
        '^',
        ',',
        '<',
        '>=',
        ' ',
        'sin',
        'max',
      ],
      ...['and', 'or', 'not', '\n', '"', '=', '!', '[', 'é', '\u0000', '😀', 'log(', '𝑥'],
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary', maxLength: 40 }),
    );
    fc.assert(
      fc.property(texts, fc.constantFrom<Sort>('number', 'condition'), (text, sort) => {
        try {
          parse(text, sort);
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaError);
        }
      }),
      { seed: 2, numRuns: 5000 },
    );
  });
});
