import type { Objective } from '../spec/spec.ts';
import { checkFinite, checkPositive, checkWhole, refuse } from './check-number.ts';
import { type CyclePoint, findCycle, followTo, type ReturnMap } from './cycle.ts';
import { type DescentMap, descentMap, stepOn } from './descent-map.ts';

/** Learning rates between which a cycle attracts, in the midst of chaos. */
export interface PeriodicWindow {
  /** Where the cycle is born, together with a repelling one (tangent bifurcation: multiplier 1). */
  readonly from: number;
  /** Where it doubles; of a cycle that is its own mirror image, where the symmetry breaks. */
  readonly to: number;
  /** A point of the cycle at `from` and at `to`. */
  readonly points: readonly [number, number];
}

/** Steps after which an orbit is taken to have come to the cycle, by periods. */
const TURNS = 20_000;

/**
 * The edges of the periodic window that contains a learning rate, to 1e-11 relative.
 *
 * @param inside eta and a place whose orbit the cycle attracts there.
 * @param period of the cycle.
 * @param centre of the mirror image, for a cycle that is its own.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} as `descentMap`; `out-of-range`;
 *   `no-cycle` where no cycle of that period attracts, or one edge is not of the two kinds.
 */
export function periodicWindow(
  objective: Objective,
  inside: { readonly eta: number; readonly x: number },
  period: number,
  centre?: number,
): PeriodicWindow {
  checkPositive('inside.eta', inside.eta);
  checkFinite('inside.x', inside.x);
  checkWhole('period', period, centre === undefined ? 1 : 2);
  if (centre !== undefined && period % 2 === 1) {
    refuse('period', 'is even for a cycle that is its own mirror image', period);
  }
  const map = descentMap(objective);
  const { eta } = inside;
  const settled = stepOn(map, inside.x, eta, TURNS * period);
  const kind: ReturnMap = centre === undefined ? { steps: period } : { steps: period / 2, centre };
  const point = findCycle(map, kind, settled, eta);
  if (!point || Math.abs(point.multiplier) >= 1 || isShorter(map, point, period)) {
    const cure = 'take eta within the window, and x where the cycle attracts';
    return refuse(
      'inside',
      `no cycle of period ${period} attracts`,
      `eta = ${eta}`,
      cure,
      'no-cycle',
    );
  }
  const step = 1e-6 * eta;
  const first = followTo(map, kind, point, 1, -step);
  const last = followTo(map, kind, point, -1, step);
  if (!first || !last) {
    const got = first ? 'no doubling above' : 'no tangent bifurcation below';
    return refuse('inside', 'the cycle has other ends', got, undefined, 'no-cycle');
  }
  return { from: first.eta, to: last.eta, points: [first.x, last.x] };
}

/** Whether a cycle comes back in fewer steps than its period. */
function isShorter(map: DescentMap, { x, eta }: CyclePoint, period: number): boolean {
  return Array.from({ length: period - 1 }, (_, at) => at + 1).some(
    (steps) =>
      period % steps === 0 &&
      Math.abs(stepOn(map, x, eta, steps) - x) < 1e-7 * Math.abs(stepOn(map, x, eta, 1) - x),
  );
}

/**
 * K in [from, to) where u <- u - K sin u, the map of f = A eps g(u) with g = -cos and K = A eta / eps,
 * has orbits that wander `cells` cells of 2 pi in every step, and that attract: K sin u = 2 pi cells
 * with |1 - K cos u| < 1.
 *
 * @param cells whole, at least 1.
 * @throws {RequestError} `out-of-range`.
 */
export function ballisticWindow(cells: number): readonly [from: number, to: number] {
  checkWhole('cells', cells, 1);
  return [2 * Math.PI * cells, Math.hypot(2 * Math.PI * cells, 2)];
}

/** Largest value of u - K sin u over a cell: the edge of the attractor of local chaos, for K >= 1. */
export function attractorEdge(K: number): number {
  if (!(K >= 1 && Number.isFinite(K))) refuse('K', 'must be finite and at least 1', K);
  return Math.sqrt(K * K - 1) - Math.acos(1 / K);
}

/**
 * Stability of the micro-minima of a tilted cosine, f = s x - A eps cos(x / eps): at the slope s of the
 * macro part, the minimum at A sin u = -s attracts where K sqrt(1 - (s/A)^2) < 2.
 *
 * @param K A eta / eps.
 * @returns the slopes |s| / A in [from, 1) whose minima attract; dimensionless.
 * @throws {RequestError} `out-of-range`.
 */
export function stableTilts(K: number): readonly [from: number, to: 1] {
  checkPositive('K', K);
  return [K <= 2 ? 0 : Math.sqrt(1 - (2 / K) ** 2), 1];
}
