import type { SimdGraph, SimdValue } from '../graph.ts';
import { arithmeticOf, LOG_2 } from './arithmetic.ts';

// log m = 2 s + s z P(z), s = (m - 1) / (m + 1), z = s^2, sqrt(1/2) <= m < sqrt(2), to 2^-57.6.
const LOGARITHM = [
  0.666666666666667, 0.39999999999899505, 0.28571428625975487, 0.2222221113479508,
  0.18182889125261723, 0.15331721600556042, 0.14616449685043406,
];

const SMALLEST_NORMAL = 2 ** -1022;
const MANTISSA = 2n ** 52n - 1n;
const ONE = 0x3ff0000000000000n;
const ROOT_HALF = 0x3fe6a09e667f3bcdn;
/** With a whole number below 2^52 in its low bits, it is 2^52 and that number. */
const OFFSET = 2 ** 52;
const BIAS = 1023;

/** ln x to 1 ulp for every x > 0, subnormal or not; Infinity at Infinity. */
export function logarithm(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, subtract, multiply, divide, isLess, select, polynomial } = arithmeticOf(graph);
  const { mantissa, exponent } = partsOf(graph, x);
  const f = subtract(mantissa, 1);
  const s = divide(f, add(f, 2));
  const z = multiply(s, s);
  // log m = f - (f^2/2 - s (f^2/2 + z P)): f is exact and the rest small (as in FreeBSD's e_log.c).
  const square = multiply(multiply(f, 0.5), f);
  const rest = multiply(s, add(square, multiply(z, polynomial(z, LOGARITHM))));
  const low = subtract(subtract(square, add(rest, multiply(exponent, LOG_2[1]))), f);
  const result = subtract(multiply(exponent, LOG_2[0]), low);
  return select(isLess(x, Number.POSITIVE_INFINITY), result, x);
}

export interface Parts {
  /** In [sqrt(1/2), sqrt(2)). */
  readonly mantissa: SimdValue;
  /** A whole number. */
  readonly exponent: SimdValue;
}

/** x = mantissa · 2^exponent for every x > 0 but Infinity. */
export function partsOf(graph: SimdGraph, x: SimdValue): Parts {
  const { subtract, multiply, isLess, and, or, addBits, shiftRight, select, bits } =
    arithmeticOf(graph);
  const isSmall = isLess(x, SMALLEST_NORMAL);
  const normal = select(isSmall, multiply(x, 2 ** 54), x);
  const raised = addBits(normal, bits(ONE - ROOT_HALF));
  const biased = or(shiftRight(raised, 52), OFFSET);
  return {
    mantissa: addBits(and(raised, bits(MANTISSA)), bits(ROOT_HALF)),
    exponent: subtract(biased, select(isSmall, OFFSET + BIAS + 54, OFFSET + BIAS)),
  };
}
