import { evaluateOperation } from './operations.ts';
import { type Pool, poolOf } from './pool.ts';
import { type Expression, inOrder, type VariableLeaf } from './tree.ts';

export interface AffineTerm {
  readonly variable: VariableLeaf;
  /** Contains no variables; may contain parameters. */
  readonly coefficient: Expression;
}

/** sum of coefficient · variable + constant. */
export interface AffineForm {
  /** In the order the variables entered the pool; none twice, none with the number 0. */
  readonly terms: readonly AffineTerm[];
  /** Contains no variables; may contain parameters. */
  readonly constant: Expression;
}

type Coefficients = ReadonlyMap<VariableLeaf, Expression>;
interface Linear {
  readonly coefficients: Coefficients;
  readonly constant: Expression;
}

/**
 * Writes an expression as a linear combination of its variables plus a constant; undefined if it is
 * not one by the rules of +, −, · and / alone.
 */
export function affineForm(expression: Expression): AffineForm | undefined {
  const pool = poolOf(expression);
  const forms = new Map<Expression, Linear | undefined>();
  for (const part of inOrder([expression])) forms.set(part, linear(pool, part, forms));
  const form = forms.get(expression);
  if (!form) return undefined;
  const terms = [...form.coefficients]
    .map(([variable, coefficient]) => ({ variable, coefficient }))
    .filter(({ coefficient }) => !(coefficient.kind === 'number' && coefficient.value === 0))
    .sort((a, b) => a.variable.id - b.variable.id);
  return { terms, constant: form.constant };
}

function linear(
  pool: Pool,
  part: Expression,
  forms: ReadonlyMap<Expression, Linear | undefined>,
): Linear | undefined {
  if (part.kind === 'variable') {
    return { coefficients: new Map([[part, pool.number(1)]]), constant: pool.number(0) };
  }
  if (part.kind !== 'apply') return { coefficients: new Map(), constant: part };
  const operands = part.operands.map((operand) => forms.get(operand));
  if (operands.every((form) => form?.coefficients.size === 0)) {
    return { coefficients: new Map(), constant: part };
  }
  const [a, b] = operands;
  if (!a) return undefined;
  if (part.operation === 'negate') return mapped(a, (value) => pool.apply('negate', value));
  if (!b) return undefined;
  switch (part.operation) {
    case 'add':
      return sum(pool, a, b);
    case 'subtract':
      return sum(
        pool,
        a,
        mapped(b, (value) => pool.apply('negate', value)),
      );
    case 'multiply':
      if (b.coefficients.size === 0)
        return mapped(a, (value) => pool.apply('multiply', value, b.constant));
      if (a.coefficients.size === 0)
        return mapped(b, (value) => pool.apply('multiply', value, a.constant));
      return undefined;
    case 'divide':
      return b.coefficients.size === 0
        ? mapped(a, (value) => pool.apply('divide', value, b.constant))
        : undefined;
    default:
      return undefined;
  }
}

function mapped(
  { coefficients, constant }: Linear,
  map: (value: Expression) => Expression,
): Linear {
  return {
    coefficients: new Map([...coefficients].map(([variable, value]) => [variable, map(value)])),
    constant: map(constant),
  };
}

function sum(pool: Pool, a: Linear, b: Linear): Linear {
  const coefficients = new Map(a.coefficients);
  for (const [variable, value] of b.coefficients) {
    const present = coefficients.get(variable);
    coefficients.set(variable, present ? pool.apply('add', present, value) : value);
  }
  return { coefficients, constant: pool.apply('add', a.constant, b.constant) };
}

/** What an expression is made of, in order: constants are asked for once a column. */
const orders = new WeakMap<Expression, readonly Expression[]>();

/**
 * The float64 value of an expression without variables; a condition gives 1 or 0, an expression out
 * of its domain NaN.
 *
 * @throws {Error} if a variable occurs, or a parameter that `parameters` does not give.
 */
export function evaluateConstant(
  expression: Expression,
  parameters: Readonly<Record<string, number>>,
): number {
  if (expression.kind === 'number') return expression.value; // as most of them are, column by column
  const values = new Map<Expression, number>();
  const valueAt = (part: Expression) => values.get(part) ?? Number.NaN;
  const parts = orders.get(expression) ?? inOrder([expression]);
  orders.set(expression, parts);
  for (const part of parts) {
    if (part.kind === 'number') values.set(part, part.value);
    else if (part.kind === 'apply') {
      values.set(part, evaluateOperation(part.operation, part.operands.map(valueAt)));
    } else {
      const given = part.kind === 'parameter' ? parameters[part.name] : undefined;
      if (given === undefined) throw new Error(`no value for the ${part.kind} ${part.name}`);
      values.set(part, given);
    }
  }
  return valueAt(expression);
}
