import { evaluateOperation } from './operations.ts';
import type { Application, Expression, Operation } from './tree.ts';

/** What the rules need of a pool. */
interface Maker {
  readonly number: (value: number) => Expression;
  readonly apply: (operation: Operation, ...operands: readonly Expression[]) => Expression;
  /** Whether an expression has a value whatever its variables are. */
  readonly isTotal: (expression: Expression) => boolean;
}

/**
 * What an operation on these operands is in simpler terms, as `Pool.apply` promises; nothing where
 * no rule applies.
 *
 * @param operands of one pool; of a commutative operation, numbers first.
 */
export function simplify(
  operation: Operation,
  operands: readonly Expression[],
  maker: Maker,
): Expression | undefined {
  return fold(operation, operands, maker) ?? rewrite(operation, operands, maker);
}

function fold(
  operation: Operation,
  operands: readonly Expression[],
  { number }: Maker,
): Expression | undefined {
  if (isLogical(operation)) return undefined;
  const values: number[] = [];
  for (const operand of operands) {
    if (operand.kind !== 'number') return undefined;
    values.push(operand.value);
  }
  const value = evaluateOperation(operation, values);
  return Number.isFinite(value) ? number(value) : undefined;
}

function rewrite(
  operation: Operation,
  operands: readonly Expression[],
  maker: Maker,
): Expression | undefined {
  const { number, apply, isTotal } = maker;
  const [a, b, c] = operands;
  if (!a) return undefined;
  if (operation === 'negate') return isApply(a, 'negate') ? a.operands[0] : undefined;
  if (!b) return undefined;
  switch (operation) {
    case 'add':
      if (isNumber(a, 0)) return b;
      if (isApply(b, 'negate')) return minus(a, b, maker);
      return isApply(a, 'negate') ? minus(b, a, maker) : undefined;
    case 'subtract':
      if (isNumber(b, 0)) return a;
      if (isNumber(a, 0)) return apply('negate', b);
      if (a === b && isTotal(a)) return number(0);
      return isApply(b, 'negate') && b.operands[0] ? apply('add', a, b.operands[0]) : undefined;
    case 'multiply':
      return product(a, b, maker);
    case 'divide':
      if (isNumber(b, 1)) return a;
      if (isNumber(b, -1)) return apply('negate', a);
      return quotient(a, b, maker);
    case 'power':
      if (isNumber(b, 1)) return a;
      if (isNumber(b, 0) && isTotal(a)) return number(1);
      if (isNumber(a, Math.E)) return apply('exp', b);
      return isNumber(b, 0.5) ? apply('sqrt', a) : undefined;
    case 'max':
    case 'min':
      return a === b ? a : undefined;
    case 'select':
      return b === c ? b : undefined;
    default:
      return undefined;
  }
}

const minus = (from: Expression, negated: Application, { apply }: Maker) =>
  negated.operands[0] && apply('subtract', from, negated.operands[0]);

// Numbers come first, by the order of commutative operands.
function product(
  a: Expression,
  b: Expression,
  { number, apply, isTotal }: Maker,
): Expression | undefined {
  if (isNumber(a, 0) && isTotal(b)) return a;
  if (isNumber(a, 1)) return b;
  if (isNumber(a, -1)) return apply('negate', b);
  const [first, second] = isApply(b, 'multiply') ? b.operands : [];
  if (a.kind === 'number' && first?.kind === 'number' && second) {
    const merged = a.value * first.value;
    if (Number.isFinite(merged) && merged !== 0) return apply('multiply', number(merged), second);
  }
  if (isApply(a, 'negate') && a.operands[0])
    return apply('negate', apply('multiply', a.operands[0], b));
  if (!isApply(b, 'negate') || !b.operands[0]) return undefined;
  return a.kind === 'number'
    ? apply('multiply', number(-a.value), b.operands[0])
    : apply('negate', apply('multiply', a, b.operands[0]));
}

function quotient(a: Expression, b: Expression, { number, apply }: Maker): Expression | undefined {
  if (isApply(a, 'negate') && a.operands[0])
    return apply('negate', apply('divide', a.operands[0], b));
  if (b.kind !== 'number' || b.value === 0) return undefined;
  if (isNumber(a, 0)) return a;
  const [first, second] = isApply(a, 'multiply') ? a.operands : [];
  if (first?.kind !== 'number' || !second) return undefined;
  const merged = first.value / b.value; // (2 x) / 2 is x: what x^2 / 2 differentiates to
  return Number.isFinite(merged) && merged !== 0
    ? apply('multiply', number(merged), second)
    : undefined;
}

const isLogical = (operation: Operation) =>
  operation === 'less' ||
  operation === 'lessEqual' ||
  operation === 'and' ||
  operation === 'or' ||
  operation === 'not' ||
  operation === 'select';

const isNumber = (expression: Expression, value: number) =>
  expression.kind === 'number' && expression.value === value;

const isApply = (expression: Expression, operation: Operation): expression is Application =>
  expression.kind === 'apply' && expression.operation === operation;
