import { FormulaError } from './errors.ts';
import { evaluateOperation } from './operations.ts';
import type {
  Application,
  Expression,
  NumberLeaf,
  Operation,
  ParameterLeaf,
  Scale,
  VariableLeaf,
} from './tree.ts';

/** Makes expressions; those made by one pool are equal only if they are the same object. */
export interface Pool {
  /** @param value finite. */
  number(value: number): NumberLeaf;
  variable(name: string, scale: Scale): VariableLeaf;
  parameter(name: string): ParameterLeaf;
  /**
   * An operation on operands of this pool, simplified where that is safe: constants fold in float64
   * (if the outcome is finite), neutral elements and double signs go, and 0 · u is 0 where u has a
   * value everywhere.
   *
   * @throws {FormulaError} `formula-too-large` beyond the pool's limit.
   */
  apply(operation: Operation, ...operands: readonly Expression[]): Expression;
  add(a: Expression, b: Expression): Expression;
  subtract(a: Expression, b: Expression): Expression;
  multiply(a: Expression, b: Expression): Expression;
  divide(a: Expression, b: Expression): Expression;
  negate(a: Expression): Expression;
  /** Expressions made so far. */
  readonly size: number;
}

/** Enough for any formula of 4096 characters with its gradient; a bound on the work an input can cause. */
const LIMIT = 50_000;

const pools = new WeakMap<Expression, Pool>();

/** The pool an expression was made by. */
export function poolOf(expression: Expression): Pool {
  const pool = pools.get(expression);
  if (!pool) throw new Error('an expression that no pool made');
  return pool;
}

const commutative: ReadonlySet<Operation> = new Set(['add', 'multiply', 'max', 'min', 'and', 'or']);
const partial: ReadonlySet<Operation> = new Set(['tan', 'asin', 'acos', 'log', 'sqrt', 'positive']);

/**
 * Makes an empty pool.
 *
 * @param where what the expressions belong to, for error messages.
 */
export function createPool(where: string, limit = LIMIT): Pool {
  const known = new Map<string, Expression>();
  /** Ids of expressions that have a value whatever their variables are. */
  const total = new Set<number>();

  function intern<E extends Expression>(key: string, make: (id: number) => E): E {
    const found = known.get(key);
    if (found) return found as E; // a key names its kind, so what it finds has that kind
    if (known.size >= limit) {
      const what = `the formula and its derivatives exceed ${limit} operations`;
      throw new FormulaError({ code: 'formula-too-large', where, what, cure: 'simplify it' });
    }
    const made = make(known.size);
    Object.freeze(made);
    known.set(key, made);
    pools.set(made, pool);
    if (isTotal(made)) total.add(made.id);
    return made;
  }

  function isTotal(expression: Expression): boolean {
    if (expression.kind !== 'apply') return true;
    const { operation, operands } = expression;
    const [, second] = operands;
    if (partial.has(operation)) return false;
    if (operation === 'divide' && !(second?.kind === 'number' && second.value !== 0)) return false;
    if (operation === 'power' && !(second && isWhole(second))) return false;
    return operands.every((operand) => total.has(operand.id));
  }

  const number = (value: number): NumberLeaf => {
    if (!Number.isFinite(value)) throw new Error(`not a finite number: ${value}`);
    const plain = value === 0 ? 0 : value; // −0 is 0
    return intern(`${plain}`, (id) => ({ kind: 'number', id, value: plain }));
  };

  function apply(operation: Operation, ...given: readonly Expression[]): Expression {
    const operands = commutative.has(operation) ? [...given].sort(byKindThenId) : given;
    return (
      fold(operation, operands) ??
      simplify(operation, operands) ??
      intern(
        `${operation} ${operands.map(({ id }) => id).join(' ')}`,
        (id): Application => ({ kind: 'apply', id, operation, operands: Object.freeze(operands) }),
      )
    );
  }

  function fold(operation: Operation, operands: readonly Expression[]): Expression | undefined {
    if (isLogical(operation)) return undefined;
    const values: number[] = [];
    for (const operand of operands) {
      if (operand.kind !== 'number') return undefined;
      values.push(operand.value);
    }
    const value = evaluateOperation(operation, values);
    return Number.isFinite(value) ? number(value) : undefined;
  }

  function simplify(operation: Operation, operands: readonly Expression[]): Expression | undefined {
    const [a, b, c] = operands;
    if (!a) return undefined;
    if (operation === 'negate') return isApply(a, 'negate') ? a.operands[0] : undefined;
    if (!b) return undefined;
    switch (operation) {
      case 'add':
        if (isNumber(a, 0)) return b;
        if (isApply(b, 'negate')) return minus(a, b);
        return isApply(a, 'negate') ? minus(b, a) : undefined;
      case 'subtract':
        if (isNumber(b, 0)) return a;
        if (isNumber(a, 0)) return apply('negate', b);
        if (a === b && total.has(a.id)) return number(0);
        return isApply(b, 'negate') && b.operands[0] ? apply('add', a, b.operands[0]) : undefined;
      case 'multiply':
        return product(a, b);
      case 'divide':
        if (isNumber(b, 1)) return a;
        if (isNumber(b, -1)) return apply('negate', a);
        return quotient(a, b);
      case 'power':
        if (isNumber(b, 1)) return a;
        if (isNumber(b, 0) && total.has(a.id)) return number(1);
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

  const minus = (from: Expression, negated: Application) =>
    negated.operands[0] && apply('subtract', from, negated.operands[0]);

  // Numbers come first, by the order of commutative operands.
  function product(a: Expression, b: Expression): Expression | undefined {
    if (isNumber(a, 0) && total.has(b.id)) return a;
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

  function quotient(a: Expression, b: Expression): Expression | undefined {
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

  const pool: Pool = {
    number,
    variable: (name, scale) =>
      intern(`${scale}:${name}`, (id) => ({ kind: 'variable', id, name, scale })),
    parameter: (name) => intern(`parameter:${name}`, (id) => ({ kind: 'parameter', id, name })),
    apply,
    add: (a, b) => apply('add', a, b),
    subtract: (a, b) => apply('subtract', a, b),
    multiply: (a, b) => apply('multiply', a, b),
    divide: (a, b) => apply('divide', a, b),
    negate: (a) => apply('negate', a),
    get size() {
      return known.size;
    },
  };
  return pool;
}

const isWhole = (expression: Expression) =>
  expression.kind === 'number' && Number.isInteger(expression.value) && expression.value >= 0;

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

const byKindThenId = (a: Expression, b: Expression) =>
  Number(b.kind === 'number') - Number(a.kind === 'number') || a.id - b.id;
