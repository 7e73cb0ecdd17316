import { arithmeticOf } from './elementary/arithmetic.ts';
import type { SimdGraph, SimdValue } from './graph.ts';

// sin(2 pi q) = q P(q^2) on |q| <= 1/4, computed to 2^-51.2 absolute and relative. Near the minimax
// polynomial, but chosen with the roundings of Horner's scheme, and to give 1 at a quarter turn
// (scripts/sine-coefficients.py).
const SINE_OF_TURNS = [
  6.283185307179585, -41.34170224039801, 81.6052492755123, -76.70585968328929, 42.058689667397765,
  -15.094499474636036, 3.8172886475892676, -0.6921569015879414,
];

/** sin(2 pi q) for |q| <= 1/4. */
function sineOfQuarter(graph: SimdGraph, q: SimdValue): SimdValue {
  const { multiply, polynomial } = arithmeticOf(graph);
  return multiply(polynomial(multiply(q, q), SINE_OF_TURNS), q);
}

/** What is left of `turns` after taking off the nearest whole number: exact, in [-1/2, 1/2]. */
function fractionOf(graph: SimdGraph, turns: SimdValue): SimdValue {
  const { subtract, nearest } = arithmeticOf(graph);
  return subtract(turns, nearest(turns));
}

/** cos(2 pi t) to 2^-51, whatever the size of t: the reduction is exact. */
export function cosineOfTurns(graph: SimdGraph, turns: SimdValue): SimdValue {
  const { subtract, abs } = arithmeticOf(graph);
  return sineOfQuarter(graph, subtract(0.25, abs(fractionOf(graph, turns))));
}

/** sin(2 pi t) to 2^-51, whatever the size of t, and to 4 units in the last place near t = 0. */
export function sineOfTurns(graph: SimdGraph, turns: SimdValue): SimdValue {
  const { subtract, least, most } = arithmeticOf(graph);
  const fraction = fractionOf(graph, turns);
  // Beyond a quarter turn up or down, the same sine is found by going back from half a turn: exactly.
  const below = least(fraction, subtract(0.5, fraction));
  return sineOfQuarter(graph, most(below, subtract(-0.5, fraction)));
}
