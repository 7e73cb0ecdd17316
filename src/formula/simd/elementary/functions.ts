import type { Operation } from '../../tree.ts';
import type { SimdGraph, SimdValue } from '../graph.ts';
import { arccosine, arcsine, arctangent } from './arcs.ts';
import { cosine, sine, tangent } from './circular.ts';
import { exponential } from './exponential.ts';
import { hyperbolicCosine, hyperbolicSine, hyperbolicTangent } from './hyperbolic.ts';
import { logarithm } from './logarithm.ts';

/** Adds a function of its operands to a graph: straight-line code, the same for both lanes. */
export type SimdFunction = (graph: SimdGraph, x: SimdValue) => SimdValue;

/**
 * The functions that WebAssembly has no instruction for. Outside their domain they give any value;
 * a NaN gives a NaN.
 */
export const elementary: Readonly<Partial<Record<Operation, SimdFunction>>> = {
  sin: sine,
  cos: cosine,
  tan: tangent,
  asin: arcsine,
  acos: arccosine,
  atan: arctangent,
  sinh: hyperbolicSine,
  cosh: hyperbolicCosine,
  tanh: hyperbolicTangent,
  exp: exponential,
  log: logarithm,
};

export { realPower } from './power.ts';
