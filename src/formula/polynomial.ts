import { poolOf } from './pool.ts';
import { containsVariable, type Expression, inOrder, type VariableLeaf } from './tree.ts';

/** coefficient · product of variable^power. */
export interface Monomial {
  /** The variables, each as often as its power says, in the order they entered the pool. */
  readonly factors: readonly VariableLeaf[];
  /** Contains no variables; may contain parameters. */
  readonly coefficient: Expression;
}

/** Beyond these an expression counts as no polynomial: powers written out would cost too much. */
const MOST_MONOMIALS = 32;
const HIGHEST_DEGREE = 12;

type Polynomial = ReadonlyMap<string, Monomial>;

/**
 * Writes an expression as a sum of monomials; undefined if it is not a polynomial of its variables by
 * the rules of +, −, ·, whole powers and division by constants, or if it is a large one.
 */
export function polynomialOf(expression: Expression): readonly Monomial[] | undefined {
  const forms = new Map<Expression, Polynomial | undefined>();
  for (const part of inOrder([expression])) forms.set(part, expand(part, forms));
  const form = forms.get(expression);
  return form && [...form.values()].filter(({ coefficient }) => !isZero(coefficient));
}

function expand(
  part: Expression,
  forms: ReadonlyMap<Expression, Polynomial | undefined>,
): Polynomial | undefined {
  if (part.kind === 'variable') {
    return gather([{ factors: [part], coefficient: poolOf(part).number(1) }]);
  }
  if (!containsVariable(part)) return gather([{ factors: [], coefficient: part }]);
  if (part.kind !== 'apply') return undefined;
  const pool = poolOf(part);
  const [a, b] = part.operands.map((operand) => forms.get(operand));
  if (!a) return undefined;
  const scaled = (of: Polynomial, map: (coefficient: Expression) => Expression): Monomial[] =>
    [...of.values()].map(({ factors, coefficient }) => ({
      factors,
      coefficient: map(coefficient),
    }));
  if (part.operation === 'negate') return gather(scaled(a, (c) => pool.negate(c)));
  if (!b) return undefined;
  switch (part.operation) {
    case 'add':
      return gather([...a.values(), ...b.values()]);
    case 'subtract':
      return gather([...a.values(), ...scaled(b, (c) => pool.negate(c))]);
    case 'multiply':
      return product(a, b);
    case 'divide': {
      const divisor = part.operands[1];
      if (!divisor || containsVariable(divisor)) return undefined;
      return gather(scaled(a, (c) => pool.divide(c, divisor)));
    }
    case 'power': {
      const exponent = part.operands[1];
      if (exponent?.kind !== 'number') return undefined;
      const { value } = exponent;
      if (!Number.isInteger(value) || value < 1 || value > HIGHEST_DEGREE) return undefined;
      let power: Polynomial | undefined = a;
      for (let n = 1; n < value && power; n++) power = product(power, a);
      return power;
    }
    default:
      return undefined;
  }
}

function product(a: Polynomial, b: Polynomial): Polynomial | undefined {
  const monomials: Monomial[] = [];
  for (const { factors, coefficient } of a.values()) {
    const pool = poolOf(coefficient);
    for (const other of b.values()) {
      monomials.push({
        factors: [...factors, ...other.factors].sort((x, y) => x.id - y.id),
        coefficient: pool.multiply(coefficient, other.coefficient),
      });
    }
  }
  return gather(monomials);
}

/** Adds up the coefficients of equal monomials. */
function gather(monomials: readonly Monomial[]): Polynomial | undefined {
  const sums = new Map<string, Monomial>();
  for (const { factors, coefficient } of monomials) {
    if (factors.length > HIGHEST_DEGREE) return undefined;
    const key = factors.map(({ id }) => id).join(' ');
    const known = sums.get(key);
    const sum = known ? poolOf(coefficient).add(known.coefficient, coefficient) : coefficient;
    sums.set(key, { factors, coefficient: sum });
  }
  return sums.size <= MOST_MONOMIALS ? sums : undefined;
}

function isZero(expression: Expression): boolean {
  return expression.kind === 'number' && expression.value === 0;
}
