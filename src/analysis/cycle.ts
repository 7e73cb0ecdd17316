import { arriveAt, type DescentMap } from './descent-map.ts';

/**
 * What returns to its start: an orbit after `steps` steps, or, with a centre, its mirror image about it
 * after half a cycle of `steps` steps. A symmetric cycle is followed by the second: by the first its
 * multiplier is a square, which touches 1 where the symmetry breaks instead of crossing it.
 */
export interface ReturnMap {
  readonly steps: number;
  /** Centre of the mirror; both halves of the cycle are mirror images about it. */
  readonly centre?: number;
}

/** A cycle at one eta. */
export interface CyclePoint {
  readonly x: number;
  readonly eta: number;
  /** Slope of the return map: the cycle attracts between -1 and 1. */
  readonly multiplier: number;
  /** dx / deta and dmultiplier / deta along the branch; infinite at a fold. */
  readonly drift: number;
  readonly turn: number;
}

/** Steps of the cycle as an orbit. */
export const periodOf = ({ steps, centre }: ReturnMap): number =>
  centre === undefined ? steps : 2 * steps;

const NEWTON_TURNS = 40;
/** Where Newton's steps, relative to the size of the orbit, stop being more than rounding. */
const SETTLED = 1e-13;

function returned(map: DescentMap, { steps, centre }: ReturnMap, x: number, eta: number) {
  const arrival = arriveAt(map, x, eta, steps);
  if (centre === undefined) return arrival;
  return {
    x: 2 * centre - arrival.x,
    slope: -arrival.slope,
    bend: -arrival.bend,
    byEta: -arrival.byEta,
    slopeByEta: -arrival.slopeByEta,
  };
}

/** How large the orbit is about x: the unit of errors of x. */
function sizeAt({ slopes }: DescentMap, x: number, eta: number): number {
  return Math.abs(x) + Math.abs(eta * (slopes(x)[0] ?? 0));
}

/** The cycle near x, by Newton; undefined where there is none within reach. */
export function findCycle(
  map: DescentMap,
  kind: ReturnMap,
  start: number,
  eta: number,
): CyclePoint | undefined {
  let x = start;
  let last = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < NEWTON_TURNS; turn++) {
    const arrival = returned(map, kind, x, eta);
    const step = (arrival.x - x) / (1 - arrival.slope);
    if (!Number.isFinite(step)) return undefined;
    x += step;
    const share = Math.abs(step) / (sizeAt(map, x, eta) || 1);
    if (share < SETTLED || (share < 1e-9 && share >= last)) return pointAt(map, kind, x, eta);
    last = share;
  }
  return undefined;
}

function pointAt(map: DescentMap, kind: ReturnMap, x: number, eta: number): CyclePoint {
  const { slope, bend, byEta, slopeByEta } = returned(map, kind, x, eta);
  const drift = byEta / (1 - slope);
  return { x, eta, multiplier: slope, drift, turn: slopeByEta + bend * drift };
}

/**
 * The eta near `from` where the multiplier of the cycle is `target`, by Newton on both conditions;
 * regular where a cycle doubles (-1), where a symmetric one loses its symmetry (-1 of its half), and
 * at a fold (1).
 */
export function findMultiplier(
  map: DescentMap,
  kind: ReturnMap,
  from: { readonly x: number; readonly eta: number },
  target: number,
): CyclePoint | undefined {
  let { x, eta } = from;
  let last = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < NEWTON_TURNS; turn++) {
    const { x: end, slope, bend, byEta, slopeByEta } = returned(map, kind, x, eta);
    const [gap, miss] = [end - x, slope - target];
    const determinant = (slope - 1) * slopeByEta - byEta * bend;
    const dx = (byEta * miss - slopeByEta * gap) / determinant;
    const dEta = (bend * gap - (slope - 1) * miss) / determinant;
    if (!Number.isFinite(dx + dEta)) return undefined;
    x += dx;
    eta += dEta;
    const share = Math.max(
      Math.abs(dx) / (sizeAt(map, x, eta) || 1),
      Math.abs(dEta) / Math.abs(eta),
    );
    if (share < SETTLED || (share < 1e-9 && share >= last)) return pointAt(map, kind, x, eta);
    last = share;
  }
  return undefined;
}

/** Changes of the multiplier in one step along a branch. */
const MOST_CHANGE = 0.3;
/** From so near the target on Newton is asked for the target itself. */
const NEAR = 0.6;

/**
 * Follows a branch of cycles from a point until its multiplier is `target`.
 *
 * @param step first change of eta; its sign is the direction.
 * @returns undefined where the branch ends before.
 */
export function followTo(
  map: DescentMap,
  kind: ReturnMap,
  from: CyclePoint,
  target: number,
  step: number,
): CyclePoint | undefined {
  let point = from;
  let change = step;
  for (let turn = 0; turn < 2000; turn++) {
    const { eta, x, multiplier, drift, turn: slope } = point;
    const missing = target - multiplier;
    if (Math.abs(missing) < NEAR) {
      const found = findMultiplier(map, kind, point, target);
      // A multiplier goes straight to -1, and with a vertical tangent, twice as near, to a fold.
      const reach = 3 * Math.abs(missing / slope);
      const ahead = found ? (found.eta - eta) * Math.sign(step) : -1;
      if (found && ahead >= 0 && ahead <= reach) return found;
    }
    const next = findCycle(map, kind, x + drift * change, eta + change);
    const expected = multiplier + slope * change;
    const isSmooth =
      next !== undefined &&
      Math.abs(next.multiplier - multiplier) < MOST_CHANGE &&
      Math.abs(next.multiplier - expected) < MOST_CHANGE / 3 &&
      Math.abs(next.multiplier) < 1.5;
    if (isSmooth) {
      point = next;
      change *= 1.5;
    } else change /= 2;
    if (Math.abs(change) < 1e-15 * Math.abs(eta)) return undefined;
  }
  return undefined;
}
