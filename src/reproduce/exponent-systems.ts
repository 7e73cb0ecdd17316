import type { SpecInput } from '../spec/schema.ts';

/** E log|cos| of a uniform phase. */
export const ONE_WAVE = -Math.LN2;

/** An objective whose chaos is compared with theory, beside x^2 / 2 with one wave. */
export interface ExponentSystem {
  readonly words: string;
  readonly objective: SpecInput['objective'];
  readonly exponents: number;
  /** m of the exponent log(eta / epsilon) + m, as epsilon -> 0. */
  readonly m: number;
  /** Where orbits start, in the unit of epsilon: in one micro-well. */
  readonly start: readonly [number, number];
}

/**
 * Two incommensurate waves: the gradient cos u + cos sqrt(2) u. Its curvature sin u + sqrt(2) sin sqrt(2) u has
 * E ln|a sin + b sin| = ln(max(a, b) / 2), by Jensen's formula: m = ln(sqrt(2) / 2).
 */
export const quasiperiodic: ExponentSystem = {
  words: 'x²/2, two incommensurate waves',
  objective: { macro: 'x^2 / 2', micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)' },
  exponents: 1,
  m: -Math.LN2 / 2,
  start: [-2, -0.6],
};

/** Matyas' function with one wave in each variable: two exponents, whose sum is 2 ln(K / 2). */
export const matyas: ExponentSystem = {
  words: 'Matyas, one wave in each variable',
  objective: {
    variables: ['x', 'y'],
    macro: '0.26 (x^2 + y^2) - 0.48 x * y',
    micro: '-cos(x) - cos(y)',
  },
  exponents: 2,
  m: ONE_WAVE,
  start: [-1, 1],
};
