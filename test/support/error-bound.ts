import { evaluateOperation } from '../../src/formula/operations.ts';
import { type Application, type Expression, inOrder } from '../../src/formula/tree.ts';
import type { Arithmetic } from './arithmetic.ts';

interface Estimate {
  readonly value: number;
  /** |computed − value| is at most this. */
  readonly bound: number;
}

/** `unclear`: rounding may decide whether an operation is inside its domain, or f32 may overflow. */
export type Outcome =
  | { readonly status: 'inside'; readonly estimates: readonly Estimate[] }
  | { readonly status: 'outside' }
  | { readonly status: 'unclear' };

class Unclear extends Error {}

/**
 * Values of expressions in float64 with a running bound of what a machine can make of them, if it
 * rounds every operation of the tree as `arithmetic` says (first-order terms and their products).
 *
 * @param leaf exact values of variables and parameters.
 */
export function estimate(
  roots: readonly Expression[],
  leaf: (of: Expression) => number,
  arithmetic: Arithmetic,
): Outcome {
  const known = new Map<Expression, Estimate>();
  let isOutside = false;
  const of = (part: Expression): Estimate => known.get(part) ?? { value: Number.NaN, bound: 0 };
  try {
    for (const part of inOrder(roots)) {
      if (part.kind === 'number') {
        known.set(part, {
          value: part.value,
          bound: Math.abs(arithmetic.round(part.value) - part.value),
        });
      } else if (part.kind !== 'apply') known.set(part, { value: leaf(part), bound: 0 });
      else {
        const result = apply(part, part.operands.map(of), arithmetic);
        // Beyond a NaN nothing is judged: the whole is out of domain.
        if (Number.isNaN(result.value)) isOutside = true;
        else if (!(Math.abs(result.value) + result.bound < arithmetic.largest)) throw new Unclear();
        known.set(part, result);
      }
    }
  } catch (error) {
    if (error instanceof Unclear) return { status: 'unclear' };
    throw error;
  }
  return isOutside ? { status: 'outside' } : { status: 'inside', estimates: roots.map(of) };
}

function unless(isUnclear: boolean): void {
  if (isUnclear) throw new Unclear();
}

function apply(part: Application, given: readonly Estimate[], machine: Arithmetic): Estimate {
  const { operation } = part;
  const value = evaluateOperation(
    operation,
    given.map((each) => each.value),
  );
  if (given.some((each) => Number.isNaN(each.value))) return { value: Number.NaN, bound: 0 };
  const [a, b, c] = given;
  if (!a) throw new Error('an operation has operands');
  const rounded = (bound: number, share = machine.unit): Estimate => ({
    value,
    bound: bound + share * (Math.abs(value) + bound) + machine.smallest,
  });
  if (!b) return unary(operation, a, value, machine, rounded);
  switch (operation) {
    case 'add':
    case 'subtract':
      return rounded(a.bound + b.bound);
    case 'multiply':
      return rounded(Math.abs(a.value) * b.bound + Math.abs(b.value) * a.bound + a.bound * b.bound);
    case 'divide':
      return rounded(quotientBound(a, b, machine), machine.division);
    case 'power':
      return powerBound(part, a, b, value, machine);
    case 'max':
    case 'min':
      return { value, bound: Math.max(a.bound, b.bound) + machine.smallest };
    case 'less':
    case 'lessEqual': {
      const margin = a.bound + b.bound + machine.smallest;
      return {
        value,
        bound: Math.abs(a.value - b.value) <= margin && margin > machine.smallest ? 1 : 0,
      };
    }
    case 'and':
    case 'or':
      return { value, bound: Math.max(a.bound, b.bound) };
    default: {
      if (!c) throw new Error(`no bound for ${operation}`);
      if (a.bound > 0)
        return { value, bound: Math.abs(b.value - c.value) + Math.max(b.bound, c.bound) };
      return { value, bound: (a.value ? b : c).bound };
    }
  }
}

function quotientBound(a: Estimate, b: Estimate, machine: Arithmetic): number {
  if (b.value === 0 && b.bound === 0) return 0; // certainly out of domain
  const least = Math.abs(b.value) - b.bound;
  unless(!(least > 2 * machine.smallest) || Math.abs(b.value) + b.bound > 2 ** 126);
  return (a.bound + Math.abs(a.value / b.value) * b.bound) / least;
}

type Rounded = (bound: number, share?: number) => Estimate;

function unary(
  operation: Application['operation'],
  { value: x, bound }: Estimate,
  value: number,
  machine: Arithmetic,
  rounded: Rounded,
): Estimate {
  const size = Math.abs(x);
  const share = machine.functions[operation] ?? 0;
  const isExact = bound === 0;
  const innermost = Math.max(0, size - bound);
  switch (operation) {
    case 'negate':
    case 'abs':
    case 'not':
      return { value, bound };
    case 'sign': // a jump: rounding may choose the side
      return { value, bound: size > bound + machine.smallest || isExact ? 0 : 2 };
    case 'positive':
      unless(!isExact && size <= bound + machine.smallest);
      return { value, bound };
    case 'sin':
    case 'cos': {
      unless(size + bound > machine.circularReach);
      const own =
        operation === 'sin' && size + bound < 0.5
          ? machine.circularSmall * (size + bound)
          : machine.circular;
      return { value, bound: Math.min(bound, 2) + own + machine.smallest };
    }
    case 'tan': {
      // (1 + tan²) grows by at most (1 + …)² over the interval, while that stays small.
      const slope = 1 + value * value;
      unless(size + bound > machine.circularReach);
      unless(bound * Math.sqrt(slope) > 0.1);
      const near = slope * (1 + 4 * bound * Math.sqrt(slope)) ** 2;
      return { value, bound: near * (bound + machine.tangent) + machine.smallest };
    }
    case 'asin':
    case 'acos':
      unless(!isExact && size + bound >= 1);
      return rounded(bound === 0 ? 0 : bound / Math.sqrt(1 - (size + bound) ** 2), share);
    case 'atan':
      return rounded(bound / (1 + innermost * innermost), share);
    case 'tanh':
      return rounded(Math.min(bound, 2) * (1 - Math.tanh(innermost) ** 2), share);
    case 'exp':
      unless(x + bound > machine.largestExponent);
      return rounded(value * Math.expm1(bound), share);
    case 'sinh':
    case 'cosh':
      unless(size + bound > machine.largestExponent);
      return rounded(Math.cosh(size + bound) * bound, share); // the steeper of both slopes
    case 'log':
      if (isExact && x <= 0) return rounded(0);
      unless(x - bound <= 2 * machine.smallest);
      return rounded(-Math.log1p(-bound / x), share);
    case 'sqrt':
      if (isExact) return rounded(0, share);
      unless(x - bound < 0);
      return rounded(bound / Math.sqrt(x - bound), share);
    default:
      throw new Error(`no bound for ${operation}`);
  }
}

/** Largest whole power that emit-wgsl.ts writes as a product, so that its roundings can be counted. */
const LARGEST_PRODUCT = 64;

function powerBound(
  part: Application,
  base: Estimate,
  exponent: Estimate,
  value: number,
  machine: Arithmetic,
): Estimate {
  const isLiteral = part.operands[1]?.kind === 'number' && exponent.bound === 0;
  const size = Math.abs(exponent.value);
  const whole = Math.floor(size);
  const isProduct =
    isLiteral && size <= LARGEST_PRODUCT && (size === whole || size === whole + 0.5);
  if (!isProduct) return realPowerBound(base, exponent, value, machine);
  let factor = base;
  if (exponent.value < 0) {
    const bound = quotientBound({ value: 1, bound: 0 }, base, machine);
    if (Number.isNaN(value)) return { value, bound: 0 };
    factor = {
      value: 1 / base.value,
      bound: bound + machine.division * (1 / Math.abs(base.value) + bound),
    };
  }
  // The product of n factors is rounded at most n times on the way. All by shares: in float64 itself
  // 1 + 2⁻⁵³ is 1.
  const magnitude = Math.abs(factor.value);
  const exact = magnitude ** whole;
  const own = magnitude === 0 ? 0 : Math.log1p(factor.bound / magnitude);
  const spread =
    magnitude === 0 && whole > 0
      ? factor.bound ** whole
      : exact * Math.expm1(whole * (own + machine.unit));
  unless(exact + spread > machine.largest);
  if (size === whole) {
    return { value, bound: spread + 4 * machine.unit * exact + machine.smallest };
  }
  if (factor.bound === 0 && factor.value < 0) return { value: Number.NaN, bound: 0 };
  unless(factor.bound > 0 && factor.value - factor.bound < 0);
  const shareOfRoot = Math.log1p(machine.functions.sqrt ?? 0) + machine.unit;
  return {
    value,
    bound:
      (magnitude === 0
        ? spread * Math.sqrt(factor.bound)
        : Math.abs(value) * Math.expm1(whole * (own + machine.unit) + own / 2 + shareOfRoot)) +
      8 * machine.unit * Math.abs(value) +
      machine.smallest,
  };
}

function realPowerBound(
  base: Estimate,
  exponent: Estimate,
  value: number,
  machine: Arithmetic,
): Estimate {
  const isExact = base.bound === 0 && exponent.bound === 0;
  if (Number.isNaN(value) || base.value === 0) {
    unless(!isExact);
    return { value, bound: 0 };
  }
  const size = Math.abs(base.value);
  unless(size - base.bound <= 2 * machine.smallest || (base.value < 0 && exponent.bound > 0));
  const log = Math.abs(Math.log(size));
  const logError = -Math.log1p(-base.bound / size);
  const most = Math.abs(exponent.value) + exponent.bound;
  unless(most * (log + logError) > machine.largestExponent - 1);
  const growth = Math.expm1(most * logError + log * exponent.bound);
  const own = machine.power * (most * (log + logError) + 1);
  return { value, bound: Math.abs(value) * (growth + own * (1 + growth)) + machine.smallest };
}
