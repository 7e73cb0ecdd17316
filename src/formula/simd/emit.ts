import type { Application, Expression, ParameterLeaf, VariableLeaf } from '../tree.ts';
import { inOrder } from '../tree.ts';
import { elementary, realPower } from './elementary/functions.ts';
import type { SimdGraph, SimdInstruction, SimdValue } from './graph.ts';

/** What the leaves of a formula are in a graph. */
export interface SimdNames {
  variable(leaf: VariableLeaf): SimdValue;
  parameter(leaf: ParameterLeaf): SimdValue;
  /** A value to use instead of computing an expression; asked before its operands are visited. */
  replace?(expression: Expression): SimdValue | undefined;
}

export interface SimdFormula {
  /** One per root: numbers, or masks where the root is a condition. */
  readonly results: readonly SimdValue[];
  /** Mask of the lanes where an operation was given something outside its domain; absent if none can be. */
  readonly outOfDomain: SimdValue | undefined;
}

const plain: Partial<Record<Application['operation'], SimdInstruction>> = {
  negate: 'f64x2.neg',
  add: 'f64x2.add',
  subtract: 'f64x2.sub',
  multiply: 'f64x2.mul',
  divide: 'f64x2.div',
  abs: 'f64x2.abs',
  sqrt: 'f64x2.sqrt',
  max: 'f64x2.max',
  min: 'f64x2.min',
  less: 'f64x2.lt',
  lessEqual: 'f64x2.le',
  and: 'v128.and',
  or: 'v128.or',
  not: 'v128.not',
};

/** Whole exponents up to this size become products. */
const LARGEST_PRODUCT = 64;

/**
 * Adds expressions to a graph, in f64: every shared subexpression once.
 *
 * Outside its domain an operation sets the lane's mask, also in the branch of a `select` that is not
 * taken, as `compileHost` does.
 */
export function emitSimd(
  graph: SimdGraph,
  roots: readonly Expression[],
  names: SimdNames,
): SimdFormula {
  const { apply, number } = graph;
  const values = new Map<Expression, SimdValue>();
  let outOfDomain: SimdValue | undefined;
  const demand = (isInside: SimdValue) => {
    const isOutside = apply('v128.not', isInside);
    outOfDomain = outOfDomain ? apply('v128.or', outOfDomain, isOutside) : isOutside;
  };
  const zero = number(0);

  const application = ({ operation, operands }: Application): SimdValue => {
    const [a, b, c] = operands.map((operand) => values.get(operand));
    const [, second] = operands;
    if (!a) throw new Error(`${operation} without operands`);
    const constant = second?.kind === 'number' ? second.value : undefined;
    switch (operation) {
      case 'positive':
        demand(apply('f64x2.gt', a, zero));
        return a;
      case 'log':
        demand(apply('f64x2.gt', a, zero));
        break;
      case 'sqrt':
        demand(apply('f64x2.ge', a, zero));
        break;
      case 'asin':
      case 'acos':
        demand(apply('f64x2.le', apply('f64x2.abs', a), number(1)));
        break;
      case 'divide':
        if (b && !constant) demand(apply('f64x2.ne', b, zero));
        break;
      case 'sign': {
        // 0 and NaN stay themselves
        const one = apply('v128.or', number(1), apply('v128.and', a, number(-0)));
        return apply('v128.bitselect', one, a, apply('f64x2.gt', apply('f64x2.abs', a), zero));
      }
      case 'select':
        if (b && c) return apply('v128.bitselect', b, c, a);
        break;
      case 'power':
        if (b) return power(graph, a, b, constant, demand);
        break;
    }
    const instruction = plain[operation];
    if (instruction) return b ? apply(instruction, a, b) : apply(instruction, a);
    const write = elementary[operation];
    if (!write) throw new Error(`no SIMD form of ${operation}`);
    return write(graph, a);
  };

  const replaced = new Map<Expression, SimdValue | undefined>();
  const isReplaced = (expression: Expression): boolean => {
    if (!replaced.has(expression)) replaced.set(expression, names.replace?.(expression));
    return replaced.get(expression) !== undefined;
  };
  for (const part of inOrder(roots, isReplaced)) {
    const value =
      replaced.get(part) ??
      (part.kind === 'number'
        ? number(part.value)
        : part.kind === 'variable'
          ? names.variable(part)
          : part.kind === 'parameter'
            ? names.parameter(part)
            : application(part));
    values.set(part, value);
  }
  const results = roots.map((root) => values.get(root) ?? zero);
  return { results, outOfDomain };
}

/** base^exponent; `isPowerDefined` (operations.ts) says where it is a number. */
function power(
  graph: SimdGraph,
  base: SimdValue,
  exponent: SimdValue,
  constant: number | undefined,
  demand: (isInside: SimdValue) => void,
): SimdValue {
  const { apply, number } = graph;
  const zero = number(0);
  if (constant === undefined) {
    const isWhole = apply('f64x2.eq', exponent, apply('f64x2.trunc', exponent));
    const atZero = apply(
      'v128.and',
      apply('f64x2.eq', base, zero),
      apply('f64x2.ge', exponent, zero),
    );
    const below = apply('v128.and', apply('f64x2.lt', base, zero), isWhole);
    demand(apply('v128.or', apply('f64x2.gt', base, zero), apply('v128.or', atZero, below)));
    return realPower(graph, base, exponent);
  }
  const size = Math.abs(constant);
  const whole = Math.floor(size);
  if (!Number.isInteger(constant)) {
    demand(apply(constant < 0 ? 'f64x2.gt' : 'f64x2.ge', base, zero));
  } else if (constant < 0) demand(apply('f64x2.ne', base, zero));
  if (size > LARGEST_PRODUCT || (size !== whole && size !== whole + 0.5)) {
    return realPower(graph, base, exponent);
  }
  const root = size === whole ? undefined : apply('f64x2.sqrt', base);
  const raised = whole > 0 ? product(graph, base, whole) : undefined;
  const both = root && raised ? apply('f64x2.mul', raised, root) : (root ?? raised ?? number(1));
  return constant < 0 ? apply('f64x2.div', number(1), both) : both;
}

/** base^exponent for a whole exponent >= 1, by squaring. */
function product({ apply }: SimdGraph, base: SimdValue, exponent: number): SimdValue {
  let square = base;
  let result: SimdValue | undefined;
  for (let left = exponent; ; left >>= 1) {
    if (left & 1) result = result ? apply('f64x2.mul', result, square) : square;
    if (left <= 1) return result ?? base;
    square = apply('f64x2.mul', square, square);
  }
}
