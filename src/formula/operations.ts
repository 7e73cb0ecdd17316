import type { Operation } from './tree.ts';

/**
 * Whether base^exponent is a real number. One rule for constants, the host and the shaders:
 * 0^0 = 1, 0^negative is out of domain, and a negative base takes whole exponents only.
 */
export function isPowerDefined(base: number, exponent: number): boolean {
  if (base > 0) return true;
  return base === 0 ? exponent >= 0 : Number.isInteger(exponent);
}

const truth = (holds: boolean) => (holds ? 1 : 0);

/** A function of up to three numbers; an operation of fewer leaves the rest alone. */
export type Evaluate = (a: number, b: number, c: number) => number;

/**
 * What an operation does to numbers in float64; conditions are 1 or 0.
 *
 * NaN outside the domain: division by zero, logarithm of x <= 0, root of x < 0, arcsine and arccosine
 * of |x| > 1, powers that are not real.
 */
export function evaluatorOf(operation: Operation): Evaluate {
  switch (operation) {
    case 'negate':
      return (a) => -a;
    case 'positive':
      return (a) => (a > 0 ? a : Number.NaN);
    case 'not':
      return (a) => truth(a === 0);
    case 'add':
      return (a, b) => a + b;
    case 'subtract':
      return (a, b) => a - b;
    case 'multiply':
      return (a, b) => a * b;
    case 'divide':
      return (a, b) => (b === 0 ? Number.NaN : a / b);
    case 'power':
      return (a, b) => (isPowerDefined(a, b) ? a ** b : Number.NaN);
    case 'less':
      return (a, b) => truth(a < b);
    case 'lessEqual':
      return (a, b) => truth(a <= b);
    case 'and':
      return (a, b) => truth(a !== 0 && b !== 0);
    case 'or':
      return (a, b) => truth(a !== 0 || b !== 0);
    case 'select':
      return (a, b, c) => (a !== 0 ? b : c);
    case 'log':
      return (a) => (a > 0 ? Math.log(a) : Number.NaN);
    case 'max':
    case 'min': {
      const most = Math[operation];
      return (a, b) => most(a, b);
    }
    default: {
      const evaluate = Math[operation];
      return (a) => evaluate(a);
    }
  }
}

/** Applies an operation to numbers, as `evaluatorOf`. */
export function evaluateOperation(operation: Operation, values: readonly number[]): number {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = values;
  return evaluatorOf(operation)(a, b, c);
}
