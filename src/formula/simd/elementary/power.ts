import type { SimdGraph, SimdValue } from '../graph.ts';
import { arithmeticOf, SIGN, WHOLE } from './arithmetic.ts';
import { timesPowerOfTwo } from './exponential.ts';
import { partsOf } from './logarithm.ts';

// log m = 2/3 s (3 + z + z^2 P(z)), s = (m - 1) / (m + 1), z = s^2, sqrt(1/2) <= m < sqrt(2), to 2^-70.
const LONG_LOGARITHM = [
  0.6, 0.4285714285714405, 0.3333333333248435, 0.27272727502971605, 0.23076892456343187,
  0.20002206357338018, 0.17559372811383578, 0.1758457654214663,
];
// 2^r = 1 + r P(r), |r| <= 1/2, to 2^-56.7.
const POWER_OF_TWO = [
  Math.LN2,
  0.24022650695910097,
  0.055504108664821625,
  0.009618129107606711,
  0.0013333558146404675,
  0.00015403530442032522,
  1.5252733845535516e-5,
  1.3215442407572165e-6,
  1.0178054372957653e-7,
  7.072621947844952e-9,
  4.4563950499613075e-10,
];
/** 2 / (3 ln 2) in a part of 26 bits and one of 53. */
const TWO_THIRDS_LOG2_E = [0.9617966860532761, 7.872699542894897e-9] as const;

/** Takes any exponent of size 2^-940 and more beyond those of f64. */
const LOG2_OF_INFINITY = 2 ** 958;
/** Beyond it every power of a number other than 1 is 0 or Infinity. */
const LARGEST_EXPONENT = 2 ** 65;

/**
 * base^exponent to 2 ulp where the result is normal, for base >= 0, or base < 0 and a whole exponent.
 *
 * 0 and Infinity are right for exponents of size 2^-940 and more; x^0 = 1.
 */
export function realPower(graph: SimdGraph, base: SimdValue, exponent: SimdValue): SimdValue {
  const { add, subtract, multiply, least, most, abs, and, or, leading, ...more } =
    arithmeticOf(graph);
  const size = abs(base);
  const { high, low } = longLogarithm(graph, size);
  const log = more.select(
    more.isEqual(size, 0),
    -LOG2_OF_INFINITY,
    more.select(more.isEqual(size, Number.POSITIVE_INFINITY), LOG2_OF_INFINITY, high),
  );
  const y = most(least(exponent, LARGEST_EXPONENT), -LARGEST_EXPONENT);
  const yHigh = leading(y);
  const product = multiply(yHigh, log);
  const rest = add(multiply(subtract(y, yHigh), log), multiply(y, low));
  const shifted = add(most(least(add(product, rest), 1100), -1100), WHOLE);
  const fraction = add(subtract(product, subtract(shifted, WHOLE)), rest);
  const r = most(least(fraction, 1), -1); // further out only where the result is 0 or Infinity
  const root = add(multiply(r, more.polynomial(r, POWER_OF_TWO)), 1);
  const result = timesPowerOfTwo(graph, root, shifted);
  const half = multiply(exponent, 0.5); // whole if the exponent is even
  const sign = and(and(base, more.bits(SIGN)), more.isOther(half, more.nearest(half)));
  return or(or(result, sign), more.isOther(base, base));
}

/** log2 x to 2^-64 of itself: `high` has 26 bits. As in FreeBSD's e_pow.c, but without a table. */
function longLogarithm(
  graph: SimdGraph,
  x: SimdValue,
): { readonly high: SimdValue; readonly low: SimdValue } {
  const { add, subtract, multiply, divide, leading, polynomial } = arithmeticOf(graph);
  const { mantissa, exponent } = partsOf(graph, x);
  // s = f / d in two parts, where d = 1 + mantissa in two parts.
  const f = subtract(mantissa, 1);
  const d = add(mantissa, 1);
  const inverse = divide(1, d);
  const s = multiply(f, inverse);
  const sHigh = leading(s);
  const dHigh = leading(d);
  const dLow = subtract(mantissa, subtract(dHigh, 1));
  const left = subtract(subtract(f, multiply(sHigh, dHigh)), multiply(sHigh, dLow));
  const sLow = multiply(inverse, left);
  // t = 3 + z + z^2 P in two parts.
  const z = multiply(s, s);
  const zHigh = multiply(sHigh, sHigh); // exact
  const tail = add(
    multiply(multiply(z, z), polynomial(z, LONG_LOGARITHM)),
    multiply(sLow, add(sHigh, s)),
  );
  const tHigh = leading(add(add(zHigh, 3), tail));
  const tLow = subtract(tail, subtract(subtract(tHigh, 3), zHigh));
  // s t in two parts, then times 2 / (3 ln 2).
  const product = multiply(sHigh, tHigh); // exact
  const rest = add(multiply(sLow, tHigh), multiply(tLow, s));
  const high = leading(add(product, rest));
  const low = subtract(rest, subtract(high, product));
  const [factor, factorLow] = TWO_THIRDS_LOG2_E;
  const scaled = multiply(high, factor); // exact
  const scaledLow = add(multiply(high, factorLow), multiply(low, factor + factorLow));
  const log = leading(add(add(scaled, scaledLow), exponent));
  return { high: log, low: subtract(scaledLow, subtract(subtract(log, exponent), scaled)) };
}
