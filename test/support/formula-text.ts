import * as fc from 'fast-check';

export interface TextOptions {
  /** Names that stand for numbers. */
  readonly names: readonly string[];
  /** Functions of one argument. */
  readonly functions: readonly string[];
  /** Functions of two or three arguments. */
  readonly several: readonly string[];
  readonly depth: number;
}

export const everything: TextOptions = {
  names: ['x', 'y', 'depth'],
  functions: [
    'sin',
    'cos',
    'tan',
    'asin',
    'acos',
    'atan',
    'sinh',
    'cosh',
    'tanh',
    'exp',
    'log',
    'sqrt',
    'abs',
    'sign',
  ],
  several: ['max', 'min'],
  depth: 4,
};

const numerals = ['0', '1', '2', '3', '0.5', '.25', '1.5', '7', '1e-3', '2.5e1', '0.1'];

/**
 * Texts of formulas, well formed but written carelessly: brackets where they are not needed, none
 * where a reader would like them, signs in rows, products without a sign, uneven spaces.
 */
export function formulaText({
  names,
  functions,
  several,
  depth,
}: TextOptions): fc.Arbitrary<string> {
  const leaf = fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...names) },
    { weight: 2, arbitrary: fc.constantFrom(...numerals) },
    { weight: 1, arbitrary: fc.constantFrom('pi', 'e') },
  );
  const { text } = fc.letrec<{ text: string }>((tie) => {
    const inner = tie('text');
    const gap = fc.constantFrom('', ' ', '  ');
    return {
      text: fc.oneof(
        { maxDepth: depth, depthSize: 'max' },
        leaf,
        fc
          .tuple(inner, fc.constantFrom('+', '-', '*', '/', '+', '*'), inner, gap)
          .map(([a, sign, b, space]) => `${a}${space}${sign}${space}${b}`),
        inner.map((a) => `(${a})`),
        inner.map((a) => `-${a}`),
        fc.tuple(fc.constantFrom(...functions), inner).map(([name, a]) => `${name}(${a})`),
        fc
          .tuple(fc.constantFrom(...several), inner, inner)
          .map(([name, a, b]) => `${name}(${a}, ${b})`),
        fc
          .tuple(inner, fc.constantFrom('2', '3', '-1', '0.5', '1.5', '-2', '0.3', 'depth', '-x'))
          .map(([a, power]) => `(${a})^${power}`),
        fc.tuple(leaf, leaf).map(([a, b]) => `${a}^${b}`),
        fc
          .tuple(fc.constantFrom('2', '0.5', '3'), fc.constantFrom(...names))
          .map(([a, b]) => `${a}${b}`),
        fc.tuple(fc.constantFrom('2', '3 '), inner).map(([a, b]) => `${a}(${b})`),
        fc.tuple(inner, inner).map(([a, b]) => `(${a})(${b})`),
      ),
    };
  });
  return text;
}

/** Formulas of x, y and the parameter depth as people write them: all have a value everywhere. */
export const everydayFormulas = [
  'x^2 / 2 - cos(x)',
  '(x^2 - 1)^2 / 4 + depth * y^2',
  'log(1 + exp(-x * y / 8)) + tanh(x)^2',
  '1 / (1 + x^2 + y^2)',
  'sqrt(1 + x^2) + abs(y)^3',
  'max(0, x) * min(y, 1) - sign(x) * atan(y)',
  'x^7 - 3x^5 + 0.1x^-0 + 2^-x',
  'exp(-(x^2 + y^2) / 2) * sin(3x + depth)',
];

/** Conditions on x, y and the objective f. */
export const everydayConditions = [
  'x > y',
  'x <= y and not y < 0.5',
  'f >= 1 or x < 0',
  'not (x > 0 or y > 0)',
  '1 < 2',
];
