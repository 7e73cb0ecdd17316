import { FormulaError } from './errors.ts';
import {
  type Application,
  type Expression,
  inOrder,
  type Operation,
  type ParameterLeaf,
  type VariableLeaf,
} from './tree.ts';

/** What the generated text calls the leaves; every string must be a WGSL expression of type f32. */
export interface WgslNames {
  variable(leaf: VariableLeaf): string;
  parameter(leaf: ParameterLeaf): string;
  /** A name to use instead of computing an expression; asked before its operands are visited. */
  replace?(expression: Expression): string | undefined;
  /** How generated names begin; default `t`. */
  readonly prefix?: string;
  /** What the expressions belong to, for error messages. */
  readonly where?: string;
}

export interface WgslText {
  /** One `let` each, in dependency order; generated names only (t0, t1, …). */
  readonly statements: readonly string[];
  /** One expression per root: f32, or bool for a condition. */
  readonly results: readonly string[];
  /** Names of the functions of shaders/lib/math.wgsl that the text calls, sorted. */
  readonly functions: readonly string[];
  /** Whether one of them may set `outOfDomain` (shaders/lib/math.wgsl). */
  readonly partial: boolean;
}

/** Functions of shaders/lib/math.wgsl, by operation. */
const library: Partial<Record<Operation, string>> = {
  sin: 'sine',
  cos: 'cosine',
  tan: 'tangent',
  asin: 'arcsine',
  acos: 'arccosine',
  atan: 'arctangent',
  sinh: 'hyperbolicSine',
  cosh: 'hyperbolicCosine',
  tanh: 'hyperbolicTangent',
  exp: 'exponential',
  log: 'logarithm',
  sqrt: 'squareRoot',
  positive: 'positive',
};
/** Those that give a number whatever they are given. */
const total: ReadonlySet<string> = new Set(['sine', 'cosine', 'arctangent', 'hyperbolicTangent']);

const infix: Partial<Record<Operation, string>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  less: '<',
  lessEqual: '<=',
  and: '&&',
  or: '||',
};

/** Whole exponents up to this size become products. */
const LARGEST_PRODUCT = 64;
const LARGEST_F32 = 2 ** 128 - 2 ** 104;
const SMALLEST_NORMAL = 2 ** -126;

/**
 * Writes expressions as WGSL in f32: every shared subexpression once, no builtin but those that are
 * exact (abs, sign, max, min, select), and everything else by shaders/lib/math.wgsl.
 *
 * Whole and half-whole powers become products; outside its domain an operation sets `outOfDomain`,
 * also in the branch of a `select` that is not taken.
 *
 * @throws {FormulaError} `constant-overflow` if a number does not fit f32.
 */
export function emitWgsl(roots: readonly Expression[], names: WgslNames): WgslText {
  const { prefix = 't', where = 'objective' } = names;
  const statements: string[] = [];
  const functions = new Set<string>();
  const texts = new Map<Expression, string>();
  const textOf = (expression: Expression | undefined) =>
    (expression && texts.get(expression)) ?? '';

  const bound = new Map<string, string>();
  const bind = (value: string): string => {
    const known = bound.get(value);
    if (known) return known;
    const name = `${prefix}${statements.length}`;
    statements.push(`let ${name} = ${value};`);
    bound.set(value, name);
    return name;
  };
  const call = (name: string, ...given: readonly string[]): string => {
    functions.add(name);
    return `${name}(${given.join(', ')})`;
  };
  /** A caller's expression, bound unless it is a plain name. */
  const given = (text: string) => (/^[A-Za-z_][\w.]*$/.test(text) ? text : bind(text));

  const replaced = new Map<Expression, string>();
  const isReplaced = (expression: Expression): boolean => {
    const text = replaced.get(expression) ?? names.replace?.(expression);
    if (text !== undefined) replaced.set(expression, text);
    return text !== undefined;
  };

  /** base^exponent for a whole exponent >= 1, by squaring. */
  function product(base: string, exponent: number): string {
    let [square, result] = [base, ''];
    for (let left = exponent; ; left >>= 1) {
      if (left & 1) result = result ? bind(`${result} * ${square}`) : square;
      if (left <= 1) return result;
      square = bind(`${square} * ${square}`);
    }
  }

  function power(base: string, exponent: Expression): string {
    const size = exponent.kind === 'number' ? Math.abs(exponent.value) : Number.NaN;
    const whole = Math.floor(size);
    if (
      exponent.kind !== 'number' ||
      size > LARGEST_PRODUCT ||
      (size !== whole && size !== whole + 0.5)
    ) {
      return bind(call('realPower', base, textOf(exponent)));
    }
    // The reciprocal first, so that only a result beyond f32 overflows.
    const factor = exponent.value < 0 ? bind(call('quotient', '1f', base)) : base;
    const root = size === whole ? '' : bind(call('squareRoot', factor));
    if (whole === 0) return root || '1f';
    const result = product(factor, whole);
    return root ? bind(`${result} * ${root}`) : result;
  }

  function application({ operation, operands }: Application): string {
    const [a, b, c] = operands.map(textOf);
    const [first, second] = operands;
    if (a === undefined) throw new Error(`${operation} without operands`);
    if (operation === 'negate') return bind(`-${a}`);
    if (operation === 'not') return bind(`!${a}`);
    if (operation === 'abs' || operation === 'sign') return bind(`${operation}(${a})`);
    const function_ = library[operation];
    if (function_) return bind(call(function_, a));
    if (operation === 'power' && first && second) return power(a, second);
    if (operation === 'select') return bind(`select(${c}, ${b}, ${a})`);
    if (operation === 'divide') {
      return bind(second && isPlainDivisor(second) ? `${a} / ${b}` : call('quotient', a, `${b}`));
    }
    const mark = infix[operation];
    return bind(mark ? `${a} ${mark} ${b}` : `${operation}(${a}, ${b})`);
  }

  for (const part of inOrder(roots, isReplaced)) {
    const text = replaced.get(part);
    if (text !== undefined) texts.set(part, given(text));
    else if (part.kind === 'number') texts.set(part, literal(part.value, where));
    else if (part.kind === 'variable') texts.set(part, given(names.variable(part)));
    else if (part.kind === 'parameter') texts.set(part, given(names.parameter(part)));
    else texts.set(part, application(part));
  }
  return {
    statements,
    results: roots.map(textOf),
    functions: [...functions].sort(),
    partial: [...functions].some((name) => !total.has(name)),
  };
}

/** The f32 nearest to `value`, as a literal that denotes it exactly; below the normal range it is 0. */
function literal(value: number, where: string): string {
  const rounded = Math.fround(value);
  if (Math.abs(rounded) > LARGEST_F32) {
    const [code, what] = ['constant-overflow', 'a constant does not fit a 32-bit float'];
    const cure = `keep constants within ±${LARGEST_F32.toPrecision(2)}, or use precision float64`;
    throw new FormulaError({ code, where, what, got: `${value}`, cure });
  }
  if (Math.abs(rounded) < SMALLEST_NORMAL) return '0f';
  return rounded < 0 ? `(${rounded}f)` : `${rounded}f`;
}

/** Whether dividing by it needs no check: WGSL divides well by 2^±126. */
function isPlainDivisor(divisor: Expression): boolean {
  const size = divisor.kind === 'number' ? Math.abs(divisor.value) : 0;
  return size > SMALLEST_NORMAL && size < 1 / SMALLEST_NORMAL;
}
