import type { SimdGraph, SimdValue } from '../graph.ts';
import { arithmeticOf, SIGN } from './arithmetic.ts';

/** pi / 2 and what it lacks. */
const HALF_PI = Math.PI / 2;
const HALF_PI_LOW = 6.123233995736766e-17;

// asin s = s + s z P(z), z = s^2, |s| <= 1/2, to 2^-57.9.
const ARCSINE = [
  0.16666666666666669, 0.07499999999998433, 0.04464285714635543, 0.030381944138531247,
  0.02237217294214989, 0.017352392720869973, 0.013971212973552933, 0.011479177415184906,
  0.01032281435018578, 0.005457506718640358, 0.01740087944269402, -0.014851887071247204,
  0.028757851367421566,
];
// atan t = t + t z P(z), z = t^2, |t| <= 1/2, to 2^-55.9.
const ARCTANGENT = [
  -0.33333333333333326, 0.199999999999916, -0.14285714284106285, 0.11111110990139533,
  -0.09090904370311348, 0.07692198451257941, -0.06665052856794013, 0.058664967492257074,
  -0.05157516225552972, 0.04283578705573422, -0.02895352123252625, 0.011152908092096216,
];

interface Reduced {
  /** Whether |x| > 1/2; then z = (1 - |x|) / 2 and s = sqrt(z), else s = |x|. */
  readonly isOuter: SimdValue;
  readonly s: SimdValue;
  /** asin(s) - s. */
  readonly rest: SimdValue;
}

function reduced(graph: SimdGraph, x: SimdValue): Reduced {
  const { subtract, multiply, isLess, abs, squareRoot, select, polynomial } = arithmeticOf(graph);
  const size = abs(x);
  const isOuter = isLess(graph.number(0.5), size);
  const z = select(isOuter, multiply(subtract(1, size), 0.5), multiply(size, size));
  const s = select(isOuter, squareRoot(z), size);
  return { isOuter, s, rest: multiply(s, multiply(z, polynomial(z, ARCSINE))) };
}

/** asin x to 2 ulp: asin s, or pi/2 - 2 asin s. */
export function arcsine(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, multiply, sum, and, select, withSignOf } = arithmeticOf(graph);
  const { isOuter, s, rest } = reduced(graph, x);
  const factor = select(isOuter, -2, 1);
  const low = add(and(isOuter, HALF_PI_LOW), multiply(factor, rest));
  return withSignOf(x, sum(and(isOuter, HALF_PI), multiply(factor, s), low));
}

/** acos x to 2 ulp: pi/2 - asin x, 2 asin s or pi - 2 asin s. */
export function arccosine(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, multiply, isLess, and, xor, select, bits } = arithmeticOf(graph);
  const { isOuter, s, rest } = reduced(graph, x);
  const isNegative = isLess(x, 0);
  const factor = xor(select(isOuter, 2, -1), and(x, bits(SIGN)));
  const base = select(isOuter, and(isNegative, 2 * HALF_PI), HALF_PI);
  const baseLow = multiply(base, HALF_PI_LOW / HALF_PI);
  return add(add(base, multiply(factor, s)), add(baseLow, multiply(factor, rest)));
}

/**
 * atan x to 2 ulp, with one division.
 *
 * Of the smaller of |x| and 1 by the larger, or if that is over 1/2 of (1 - it) / (1 + it) from pi/4.
 */
export function arctangent(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, subtract, multiply, divide, least, most, isLess, and, xor, select, ...more } =
    arithmeticOf(graph);
  const size = more.abs(x);
  const isLarge = isLess(graph.number(1), size);
  const [above, below] = [least(size, 1), most(size, 1)];
  const isMiddle = isLess(multiply(below, 0.5), above);
  const t = divide(
    select(isMiddle, subtract(above, below), above),
    select(isMiddle, add(above, below), below),
  );
  const z = multiply(t, t);
  const signed = xor(t, and(isLarge, more.bits(SIGN)));
  const rest = multiply(signed, multiply(z, more.polynomial(z, ARCTANGENT)));
  const base = select(isMiddle, HALF_PI / 2, and(isLarge, HALF_PI));
  const low = add(rest, multiply(base, HALF_PI_LOW / HALF_PI));
  return more.withSignOf(x, more.sum(base, signed, low));
}
