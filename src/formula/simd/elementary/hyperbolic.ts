import type { SimdGraph, SimdValue } from '../graph.ts';
import { arithmeticOf, LOG_2, LOG2_E, WHOLE } from './arithmetic.ts';

// sinh r = r + r z P(z) and cosh r = 1 + z P(z), z = r^2, 0 <= r <= ln 2, to 2^-58 and 2^-54.8.
const HYPERBOLIC_SINE = [
  0.16666666666666666, 0.008333333333334025, 0.0001984126983958992, 2.7557320715450417e-6,
  2.505151000145647e-8, 1.6169632751794237e-10,
];
const HYPERBOLIC_COSINE = [
  0.49999999999999994, 0.04166666666667705, 0.0013888888886367276, 2.4801589540241486e-5,
  2.755642112324887e-7, 2.104271368161005e-9,
];

// tanh y = y + y z P(z) / Q(z), z = y^2, |y| <= ln 2, to 2^-57.
const HYPERBOLIC_TANGENT_ABOVE = [
  -0.3333333333333333, -0.020495571988810184, -0.00019903509863336788,
];
const HYPERBOLIC_TANGENT_BELOW = [
  1.0, 0.46148671596642077, 0.023287029777947364, 0.00020638064667955288,
];

/** sinh x to 2 ulp; Infinity of its sign beyond. */
export function hyperbolicSine(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, multiply, withSignOf } = arithmeticOf(graph);
  const { sine, rest, sum, difference } = halves(graph, x);
  return withSignOf(x, add(difference, add(multiply(difference, rest), multiply(sum, sine))));
}

/** cosh x to 2 ulp; Infinity beyond. */
export function hyperbolicCosine(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, multiply } = arithmeticOf(graph);
  const { sine, rest, sum, difference } = halves(graph, x);
  return add(sum, add(multiply(sum, rest), multiply(difference, sine)));
}

interface Halves {
  /** sinh r and cosh r - 1, where |x| = n ln 2 + r and 0 <= r < ln 2. */
  readonly sine: SimdValue;
  readonly rest: SimdValue;
  /** 2^n / 2 plus and minus 2^-n / 2: cosh and sinh of n ln 2. */
  readonly sum: SimdValue;
  readonly difference: SimdValue;
}

/** What sinh and cosh are sums of; r is never negative, so that no sum cancels. */
function halves(graph: SimdGraph, x: SimdValue): Halves {
  const { add, subtract, multiply, least, most, abs, truncate, polynomial, ...words } =
    arithmeticOf(graph);
  const size = abs(x);
  const n = least(truncate(multiply(size, LOG2_E)), 1024); // beyond, r grows and the result is Infinity
  const r = subtract(subtract(size, multiply(n, LOG_2[0])), multiply(n, LOG_2[1]));
  const z = multiply(r, r);
  const exponent = words.shiftLeft(add(n, WHOLE), 52);
  const up = words.addBits(exponent, 0.5);
  const down = most(words.subtractBits(0.5, exponent), 0); // negative where the exponent leaves its range
  return {
    sine: add(r, multiply(multiply(r, z), polynomial(z, HYPERBOLIC_SINE))),
    rest: multiply(z, polynomial(z, HYPERBOLIC_COSINE)),
    sum: add(up, down),
    difference: subtract(up, down),
  };
}

/**
 * tanh x to 1.5 ulp, with one division.
 *
 * |x| = n ln 2 + y with 0 <= y < ln 2 and tanh y = N / Q. For n > 0, 1 - 2 (Q - N) / (4^n (Q + N) +
 * Q - N): at least 0.6, so that the error of the quotient hardly counts. For n = 0, y - y z P / Q.
 */
export function hyperbolicTangent(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, subtract, multiply, divide, least, isEqual, select, polynomial, ...more } =
    arithmeticOf(graph);
  const size = least(more.abs(x), 20); // tanh 20 rounds to 1
  const n = more.truncate(multiply(size, LOG2_E));
  const y = subtract(subtract(size, multiply(n, LOG_2[0])), multiply(n, LOG_2[1]));
  const z = multiply(y, y);
  const below = polynomial(z, HYPERBOLIC_TANGENT_BELOW);
  const gain = multiply(z, polynomial(z, HYPERBOLIC_TANGENT_ABOVE));
  const above = multiply(y, add(below, gain));
  const rest = subtract(below, above);
  const power = more.addBits(more.shiftLeft(add(n, WHOLE), 53), 1);
  const divisor = add(multiply(power, add(below, above)), rest); // 2 Q for n = 0
  const isNear = isEqual(n, 0);
  const half = select(isNear, multiply(y, gain), subtract(above, below));
  return more.withSignOf(x, add(select(isNear, y, 1), divide(add(half, half), divisor)));
}
