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

/**
 * Applies an operation to numbers in float64; conditions are 1 or 0.
 *
 * NaN outside the domain: division by zero, logarithm of x <= 0, root of x < 0, arcsine and arccosine
 * of |x| > 1, powers that are not real.
 */
export function evaluateOperation(operation: Operation, values: readonly number[]): number {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = values;
  switch (operation) {
    case 'negate':
      return -a;
    case 'positive':
      return a > 0 ? a : Number.NaN;
    case 'not':
      return truth(a === 0);
    case 'add':
      return a + b;
    case 'subtract':
      return a - b;
    case 'multiply':
      return a * b;
    case 'divide':
      return b === 0 ? Number.NaN : a / b;
    case 'power':
      return isPowerDefined(a, b) ? a ** b : Number.NaN;
    case 'less':
      return truth(a < b);
    case 'lessEqual':
      return truth(a <= b);
    case 'and':
      return truth(a !== 0 && b !== 0);
    case 'or':
      return truth(a !== 0 || b !== 0);
    case 'select':
      return a !== 0 ? b : c;
    case 'log':
      return a > 0 ? Math.log(a) : Number.NaN;
    case 'max':
    case 'min':
      return Math[operation](a, b);
    default:
      return Math[operation](a);
  }
}
