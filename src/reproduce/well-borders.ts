import { doublingCascade } from '../analysis/doublings.ts';
import { zeroBetween } from '../analysis/roots.ts';

/** Learning rates at which the central well of x^2/2 - eps cos(x / eps) changes its regime. */
export interface WellBorders {
  /** The minimum loses its stability. */
  readonly doubling: number;
  /** Doublings accumulate; NaN where they end before. */
  readonly chaos: number;
  /** The attractor is as wide as a period of the micro-structure. */
  readonly period: number;
  /** The attractor reaches the maxima on both sides (a crisis) and orbits leave; NaN without maxima. */
  readonly escape: number;
}

/** Borders at one scale, by linear stability, Newton's method and the edge of the attractor. */
export function wellBorders(epsilon: number): WellBorders {
  return {
    doubling: (2 * epsilon) / (1 + epsilon),
    chaos: accumulation(epsilon),
    period: etaOfEdge(epsilon, Math.PI),
    escape: etaOfEdge(epsilon, wellEnd(epsilon)),
  };
}

function accumulation(epsilon: number): number {
  const objective = {
    variables: ['x'],
    macro: 'x^2 / 2',
    micro: '-cos(x)',
    epsilon,
    parameters: {},
  };
  return doublingCascade(objective, 0.1 * epsilon, 5).accumulation?.eta ?? Number.NaN;
}

/**
 * The edge of the attractor in u = x / eps: the greatest value of u <- (1 - eta) u - K sin u about the
 * minimum, where K cos u = 1 - eta. As eta -> 0: `attractorEdge`.
 */
function edge(epsilon: number, eta: number): number {
  const [K, rest] = [eta / epsilon, 1 - eta];
  return Math.sqrt(K * K - rest * rest) - rest * Math.acos(rest / K);
}

/** The learning rate at which the edge of the attractor is at u; NaN where macro descent is unstable first. */
function etaOfEdge(epsilon: number, u: number): number {
  const [from, to] = [2 * epsilon, Math.min(2, 8 * epsilon)];
  const beyond = (eta: number) => edge(epsilon, eta) - u;
  return beyond(from) < 0 && beyond(to) > 0 ? zeroBetween(beyond, from, to) : Number.NaN;
}

/** The maximum next to the minimum, in u: x + sin(x / eps) = 0; NaN where there is none. */
function wellEnd(epsilon: number): number {
  const slope = (u: number) => epsilon * u + Math.sin(u);
  const end = 2 * Math.PI - Math.acos(-epsilon); // where the slope is least
  return slope(end) < 0 ? zeroBetween(slope, Math.PI / 2, end) : Number.NaN;
}
