import { type Pool, poolOf } from './pool.ts';
import { type Application, type Expression, inOrder, type VariableLeaf } from './tree.ts';

/** Derivatives already made, by variable; entries go with their expressions. */
const made = new WeakMap<VariableLeaf, WeakMap<Expression, Expression>>();

/**
 * The derivative of an expression by one of its variables, in the expression's pool.
 *
 * At the corners of |u|, max and min it is that of one side: abs'(0) = sign(0) = 0, and where max or
 * min compare equal, that of the first operand in the pool's order. sign' = 0 everywhere.
 * Out of the domain of the expression, the derivative is out of its domain, too.
 *
 * @throws {FormulaError} `formula-too-large` beyond the pool's limit.
 */
export function differentiate(expression: Expression, variable: VariableLeaf): Expression {
  const pool = poolOf(expression);
  const known = made.get(variable) ?? new WeakMap<Expression, Expression>();
  made.set(variable, known);
  const zero = pool.number(0);
  const slopeOf = (part: Expression | undefined) => (part && known.get(part)) ?? zero;
  for (const part of inOrder([expression], (candidate) => known.has(candidate))) {
    if (known.has(part)) continue;
    if (part === variable) known.set(part, pool.number(1));
    else known.set(part, part.kind === 'apply' ? chain(pool, part, slopeOf) : zero);
  }
  return slopeOf(expression);
}

type SlopeOf = (part: Expression | undefined) => Expression;

/** The chain rule: Σ over operands of ∂part/∂operand · operand′, without the terms that are 0. */
function chain(pool: Pool, part: Application, slopeOf: SlopeOf): Expression {
  const { operation, operands } = part;
  const [u, v, w] = operands;
  const zero = pool.number(0);
  if (!u) return zero;
  const slopes = operands.map(slopeOf);
  const [du = zero, dv = zero, dw = zero] = slopes;
  if (slopes.every((slope) => slope === zero)) return zero;
  const times = (slope: Expression, factor: () => Expression) =>
    slope === zero ? zero : pool.multiply(factor(), slope);
  if (!v) return ofUnary(pool, part, u, du);
  switch (operation) {
    case 'add':
      return pool.add(du, dv);
    case 'subtract':
      return pool.subtract(du, dv);
    case 'multiply':
      return pool.add(
        times(du, () => v),
        times(dv, () => u),
      );
    case 'divide': // (u / v)′ = (u′ − (u / v) v′) / v
      return pool.divide(
        pool.subtract(
          du,
          times(dv, () => part),
        ),
        v,
      );
    case 'power': // (u^v)′ = v u^(v − 1) u′ + u^v log(u) v′
      return pool.add(
        times(du, () => pool.multiply(v, pool.apply('power', u, pool.subtract(v, pool.number(1))))),
        times(dv, () => pool.multiply(part, pool.apply('log', u))),
      );
    case 'max':
      return pool.apply('select', pool.apply('less', u, v), dv, du);
    case 'min':
      return pool.apply('select', pool.apply('less', v, u), dv, du);
    case 'select':
      return w ? pool.apply('select', u, dv, dw) : zero;
    default:
      return zero; // comparisons
  }
}

function ofUnary(pool: Pool, part: Application, u: Expression, du: Expression): Expression {
  const { operation } = part;
  const { number, add, subtract, multiply, divide, negate, apply } = pool;
  const one = number(1);
  const square = (of: Expression) => apply('power', of, number(2));
  switch (operation) {
    case 'negate':
      return negate(du);
    case 'sin':
      return multiply(apply('cos', u), du);
    case 'cos':
      return negate(multiply(apply('sin', u), du));
    case 'tan': // 1 + tan²
      return multiply(add(one, square(part)), du);
    case 'asin':
      return divide(du, apply('sqrt', subtract(one, square(u))));
    case 'acos':
      return negate(divide(du, apply('sqrt', subtract(one, square(u)))));
    case 'atan':
      return divide(du, add(one, square(u)));
    case 'sinh':
      return multiply(apply('cosh', u), du);
    case 'cosh':
      return multiply(apply('sinh', u), du);
    case 'tanh': // 1 − tanh²
      return multiply(subtract(one, square(part)), du);
    case 'exp':
      return multiply(part, du);
    case 'log': // only where the logarithm itself is defined
      return divide(du, apply('positive', u));
    case 'sqrt':
      return divide(du, multiply(number(2), part));
    case 'abs':
      return multiply(apply('sign', u), du);
    case 'positive':
      return du;
    default: // sign and conditions are constant between their jumps
      return number(0);
  }
}
