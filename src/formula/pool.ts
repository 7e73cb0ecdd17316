import { FormulaError } from './errors.ts';
import { simplify } from './simplify.ts';
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
      simplify(operation, operands, maker) ??
      intern(
        `${operation} ${operands.map(({ id }) => id).join(' ')}`,
        (id): Application => ({ kind: 'apply', id, operation, operands: Object.freeze(operands) }),
      )
    );
  }

  const maker = { number, apply, isTotal };
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

const byKindThenId = (a: Expression, b: Expression) =>
  Number(b.kind === 'number') - Number(a.kind === 'number') || a.id - b.id;
