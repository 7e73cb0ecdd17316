import type { SimdGraph, SimdValue } from './graph.ts';

// sin(2 pi q) = q P(q^2) on |q| <= 1/4, P minimax in relative error, 2^-52.6 (Remez, 50 digits).
const SINE_OF_TURNS = [
  6.2831853071795855838, -41.341702240398020572, 81.605249275512847402, -76.705859683291503795,
  42.058689667387020142, -15.094499475613037902, 3.8172886485803799595, -0.69215697065523935089,
];

/** P(y) by Horner's scheme, coefficients from the constant one up. */
export function polynomial(
  graph: SimdGraph,
  y: SimdValue,
  coefficients: readonly number[],
): SimdValue {
  const { apply, number } = graph;
  return coefficients
    .toReversed()
    .map(number)
    .reduce((sum, coefficient) => apply('f64x2.add', apply('f64x2.mul', sum, y), coefficient));
}

/** sin(2 pi q) for |q| <= 1/4. */
function sineOfQuarter(graph: SimdGraph, q: SimdValue): SimdValue {
  const y = graph.apply('f64x2.mul', q, q);
  return graph.apply('f64x2.mul', polynomial(graph, y, SINE_OF_TURNS), q);
}

/** What is left of `turns` after taking off the nearest whole number: exact, in [-1/2, 1/2]. */
function fractionOf({ apply }: SimdGraph, turns: SimdValue): SimdValue {
  return apply('f64x2.sub', turns, apply('f64x2.nearest', turns));
}

/** cos(2 pi t) to 2^-51, whatever the size of t: the reduction is exact. */
export function cosineOfTurns(graph: SimdGraph, turns: SimdValue): SimdValue {
  const { apply, number } = graph;
  const distance = apply('f64x2.abs', fractionOf(graph, turns));
  return sineOfQuarter(graph, apply('f64x2.sub', number(0.25), distance));
}

/** sin(2 pi t) to 2^-51, whatever the size of t, and to a few units in the last place near t = 0. */
export function sineOfTurns(graph: SimdGraph, turns: SimdValue): SimdValue {
  const { apply, number, bits } = graph;
  const fraction = fractionOf(graph, turns);
  const distance = apply('f64x2.abs', fraction);
  const folded = apply('f64x2.pmin', distance, apply('f64x2.sub', number(0.5), distance));
  const sign = apply('v128.and', fraction, bits(-(2n ** 63n)));
  return sineOfQuarter(graph, apply('v128.or', folded, sign));
}
