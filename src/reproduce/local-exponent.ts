import { zeroBetween } from '../analysis/roots.ts';

/**
 * The Lyapunov exponent of gradient descent on k x^2 / 2 - A eps cos(x / eps) while its minimum, or the
 * 2-cycle about it, attracts; NaN beyond. Natural log per step, exact.
 *
 * In u = x / eps a step is u <- (1 - h) u - K sin u. The minimum has the multiplier 1 - h - K. Of the
 * cycle +-a, K sin a = (2 - h) a. Where K cos a = -h it parts into pairs s +- d with K cos d sin s = -h s
 * and K cos s sin d = (2 - h) d; as h -> 0, at K = pi, with d = pi / 2.
 *
 * @param K A eta / eps.
 * @param h eta k; default 0: the limit eps -> 0 at a given K.
 */
export function localExponent(K: number, h = 0): number {
  const multiplier = (u: number) => Math.abs(1 - h - K * Math.cos(u));
  if (K <= 2 - h) return Math.log(multiplier(0));
  const a = zeroBetween((u) => (2 - h) * u - K * Math.sin(u), 1e-9, Math.PI);
  if (K * Math.cos(a) >= -h) return Math.log(multiplier(a));
  const partOf = (s: number) => Math.acos((-h * s) / (K * Math.sin(s)));
  const s = zeroBetween(
    (s) => (2 - h) * partOf(s) - K * Math.cos(s) * Math.sin(partOf(s)),
    1e-9,
    Math.PI / 2,
  );
  const exponent = Math.log(multiplier(s + partOf(s)) * multiplier(s - partOf(s))) / 2;
  return exponent < 0 ? exponent : Number.NaN;
}
