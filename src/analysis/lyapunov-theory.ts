import { checkFinite, checkPositive, checkWhole } from './check-number.ts';
import { checkMomentum } from './momentum.ts';

/**
 * The Lyapunov exponent of global chaos, log(eta / epsilon) + m: natural log per step.
 *
 * @param logCurvature m = E log|f1''| (`noiseLaw`); log(A / 2) for a sine or cosine of amplitude A, so
 *   that the exponent is log(K / 2) with K = A eta / epsilon.
 * @throws {RequestError} `out-of-range`.
 * @see Kong and Tao, NeurIPS 2020, arXiv 2002.06189.
 */
export function globalLyapunov(eta: number, epsilon: number, logCurvature: number): number {
  checkPositive('eta', eta);
  checkPositive('epsilon', epsilon);
  checkFinite('logCurvature', logCurvature);
  return Math.log(eta / epsilon) + logCurvature;
}

/**
 * Standard error of an exponent that was measured over independent steps, for a sine or cosine: the
 * logarithm of |cos| of a uniform phase has the standard deviation pi / sqrt(12).
 *
 * @throws {RequestError} `out-of-range`.
 */
export function lyapunovError(steps: number): number {
  checkWhole('steps', steps, 1);
  return Math.PI / Math.sqrt(12 * steps);
}

/**
 * Both exponents of global chaos with momentum b, whose state is position and velocity; largest first.
 *
 * Heavy ball: L and log|b| - L, which add up to log|b| exactly, at any parameters. Nesterov: L +
 * log(1 + b) and log|b| - log(1 + b).
 *
 * @param single L, the exponent without momentum (`globalLyapunov`).
 * @throws {RequestError} `out-of-range` unless -1 < b < 1.
 */
export function momentumLyapunov(
  rule: 'heavy-ball' | 'nesterov',
  single: number,
  momentum: number,
): readonly [first: number, second: number] {
  checkFinite('single', single);
  checkMomentum(momentum);
  const lost = Math.log(Math.abs(momentum)); // -infinity without momentum: no second direction
  if (rule === 'heavy-ball') return [single, lost - single];
  const gained = Math.log1p(momentum);
  return [single + gained, lost - gained];
}
