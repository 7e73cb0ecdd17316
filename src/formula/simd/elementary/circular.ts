import type { SimdGraph, SimdValue } from '../graph.ts';
import { cosineOfTurns, sineOfTurns } from '../trigonometry.ts';
import { arithmeticOf, SIGN, WHOLE } from './arithmetic.ts';

/** 1 / (2 pi) in a part of 26 bits and one of 53. */
const TURNS_PER_RADIAN = [0.15915494039654732, 2.695348018264001e-9] as const;
/** pi / 2 in parts of 26 bits, the last of 53. */
const HALF_PI = [
  1.5707963109016418, 1.5893254712295857e-8, 6.123233932053594e-17, 6.36831716351095e-25,
] as const;

// tan y = y + y z P(z) / Q(z), z = y^2, |y| <= pi / 4, to 2^-63.
const TANGENT_ABOVE = [0.3333333333333333, -0.021411371662084948, 0.00024297783124655563];
const TANGENT_BELOW = [
  -0.4642341149862548, 0.024517817583478485, -0.00025387878692827734, -1.8525910095469895e-8,
];

/**
 * sin x to 2^-50.5, and to 4 units in the last place where |x| < 1/2. Beyond 2^26 the reduction adds up
 * to 2^-23 of an ulp of x, and keeps the result within [-1, 1] for every finite x.
 */
export function sine(graph: SimdGraph, x: SimdValue): SimdValue {
  return sineOfTurns(graph, turnsOf(graph, x));
}

/** cos x to 2^-50.5; beyond 2^26 as the sine. */
export function cosine(graph: SimdGraph, x: SimdValue): SimdValue {
  return cosineOfTurns(graph, turnsOf(graph, x));
}

/** x / (2 pi) up to whole turns: what is left of the exact leading product, and the small ones. */
function turnsOf(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, subtract, multiply, nearest, leading } = arithmeticOf(graph);
  const high = leading(x);
  const turns = multiply(high, TURNS_PER_RADIAN[0]);
  const rest = multiply(subtract(x, high), TURNS_PER_RADIAN[0]);
  return add(subtract(turns, nearest(turns)), add(rest, multiply(x, TURNS_PER_RADIAN[1])));
}

/**
 * tan x to 2 ulp for |x| < 2^26, however near a pole; as if x were off by half an ulp up to 2^51, and
 * any value beyond.
 *
 * x = n pi / 2 + y with y in two numbers, tan y = y + y z P / Q. For odd n it is -1 / tan y.
 */
export function tangent(graph: SimdGraph, x: SimdValue): SimdValue {
  const { add, subtract, multiply, divide, and, xor, select, bits, polynomial } =
    arithmeticOf(graph);
  const shifted = add(multiply(x, 2 / Math.PI), WHOLE);
  const n = subtract(shifted, WHOLE);
  const [first, second, third, fourth] = HALF_PI;
  const near = difference(graph, subtract(x, multiply(n, first)), multiply(n, second));
  const nearer = difference(graph, near.high, multiply(n, third));
  const far = subtract(add(near.low, nearer.low), multiply(n, fourth));
  const high = add(nearer.high, far);
  const low = add(subtract(nearer.high, high), far);

  const z = multiply(high, high);
  const cube = multiply(high, z);
  const fall = polynomial(z, TANGENT_BELOW);
  const below = add(multiply(z, fall), 1);
  const slope = add(multiply(z, 0.65), 1); // Q (1 + tan^2 y) to 4 %: what `low` is worth times Q
  const rise = add(multiply(cube, polynomial(z, TANGENT_ABOVE)), multiply(low, slope));
  const rest = add(rise, multiply(cube, fall));
  const above = add(high, rest);
  const isEven = graph.apply('i64x2.eq', and(shifted, bits(1n)), bits(0n));
  const quotient = divide(
    select(isEven, rise, xor(below, bits(SIGN))),
    select(isEven, below, above),
  );
  // What rounding took from the divisor changes the quotient by quotient^2 / Q times as much.
  const lost = add(subtract(high, above), rest);
  const repair = multiply(multiply(quotient, quotient), lost);
  return add(select(isEven, high, repair), quotient);
}

/** a - b as a rounded number and what it lacks, exactly (Knuth). */
function difference(
  graph: SimdGraph,
  a: SimdValue,
  b: SimdValue,
): { readonly high: SimdValue; readonly low: SimdValue } {
  const { add, subtract } = arithmeticOf(graph);
  const high = subtract(a, b);
  const taken = subtract(high, a);
  return { high, low: subtract(subtract(a, subtract(high, taken)), add(b, taken)) };
}
