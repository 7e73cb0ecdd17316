import type { SimdGraph, SimdValue } from '../graph.ts';
import { arithmeticOf, LOG_2, LOG2_E, WHOLE } from './arithmetic.ts';

// e^r = 1 + r + r^2 P(r) on |r| <= ln(2) / 2, to 2^-55.8.
const EXPONENTIAL = [
  0.5000000000000001, 0.16666666666666669, 0.041666666666624164, 0.008333333333330065,
  0.0013888888917196719, 0.00019841269863040545, 2.4801521322368692e-5, 2.7557268480310024e-6,
  2.7620075879983367e-7, 2.5100375832561234e-8,
];

/**
 * e^x to 1.1 ulp where the result is normal, to one rounding more below; Infinity and 0 beyond.
 *
 * x = n ln 2 + r with |r| <= ln(2) / 2, e^x = 2^n e^r.
 */
export function exponential(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, subtract, multiply, least, most, polynomial } = arithmeticOf(graph);
  const inside = most(least(x, 710), -746); // beyond, it is Infinity or 0 already
  const shifted = add(multiply(inside, LOG2_E), WHOLE);
  const n = subtract(shifted, WHOLE);
  const r = subtract(subtract(inside, multiply(n, LOG_2[0])), multiply(n, LOG_2[1]));
  const rest = multiply(multiply(r, r), polynomial(r, EXPONENTIAL));
  return timesPowerOfTwo(graph, add(add(rest, r), 1), shifted);
}

/**
 * value · 2^n, rounded once, for -1100 < n < 1100.
 *
 * @param shifted n + WHOLE. In two halves, so that neither factor leaves the range of exponents.
 */
export function timesPowerOfTwo(graph: SimdGraph, value: SimdValue, shifted: SimdValue): SimdValue {
  const { multiply, addBits, subtractBits, shiftLeft, shiftRight } = arithmeticOf(graph);
  const half = shiftRight(shifted, 1);
  const power = (exponent: SimdValue) => addBits(shiftLeft(exponent, 52), 1);
  // Products, not sums of exponents: a NaN stays one.
  return multiply(multiply(value, power(half)), power(subtractBits(shifted, half)));
}
