import { evaluateConstant } from './affine.ts';
import { containsVariable, type Expression, inOrder } from './tree.ts';

/** A size that a value never passes, whatever its variables are: Infinity where none is known. */
export type Bound = (parameters: Readonly<Record<string, number>>) => number;

/** Bounds an expression by its parts: sines, cosines, and sums and products of them and of constants. */
export function boundOf(expression: Expression): Bound {
  const parts = inOrder([expression], (part) => !containsVariable(part));
  const constants = new Set(parts.filter((part) => !containsVariable(part)));
  return (parameters) => {
    const bounds = new Map<Expression, number>();
    const bound = (part: Expression): number => {
      if (constants.has(part)) return Math.abs(evaluateConstant(part, parameters));
      if (part.kind !== 'apply') return Number.POSITIVE_INFINITY;
      const [a = 0, b = 0] = part.operands.map((operand) => bounds.get(operand) ?? Number.NaN);
      switch (part.operation) {
        case 'sin':
        case 'cos':
          return 1;
        case 'negate':
          return a;
        case 'add':
        case 'subtract':
          return a + b;
        case 'multiply':
          return a * b;
        default:
          return Number.POSITIVE_INFINITY;
      }
    };
    for (const part of parts) bounds.set(part, bound(part));
    return bounds.get(expression) ?? Number.POSITIVE_INFINITY;
  };
}
