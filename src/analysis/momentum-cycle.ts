import type { ReturnMap } from './cycle.ts';
import type { DescentMap } from './descent-map.ts';
import type { Momentum } from './kick-weights.ts';
import {
  arriveWith,
  type Matrix,
  type MomentumArrival,
  type MomentumState,
} from './momentum-map.ts';

/** The map whose cycles are followed. */
export interface FollowedMap {
  readonly descent: DescentMap;
  readonly momentum: Momentum;
}

/** A cycle at one eta. */
export interface MomentumCycle {
  readonly state: MomentumState;
  readonly eta: number;
  /**
   * T / (1 + D) of the trace and the determinant of the Jacobian J: -1 and 1 where an eigenvalue is, as
   * det(J -+ 1) = 1 + D -+ T, and without momentum the multiplier.
   */
  readonly multiplier: number;
  /** D: the cycle attracts where both are between -1 and 1 (Jury). */
  readonly determinant: number;
  /** d state / d eta along the branch. */
  readonly drift: MomentumState;
  /** Along which a cycle of twice the period parts from it, where an eigenvalue is -1. */
  readonly parting: MomentumState;
}

const NEWTON_TURNS = 40;
/** Where Newton's steps, relative to the size of the orbit, stop being more than rounding. */
const SETTLED = 1e-13;

function returned(
  { descent, momentum }: FollowedMap,
  { steps, centre }: ReturnMap,
  state: MomentumState,
  eta: number,
): MomentumArrival {
  const arrival = arriveWith(descent, momentum, state, eta, steps);
  if (centre === undefined) return arrival;
  const [[x, before], [a, b, c, d], [xe, be]] = [arrival.state, arrival.jacobian, arrival.byEta];
  return {
    state: [2 * centre - x, 2 * centre - before],
    jacobian: [-a, -b, -c, -d],
    byEta: [-xe, -be],
  };
}

/** The solution of (1 - J) z = right. */
function solved([a, b, c, d]: Matrix, [p, q]: MomentumState): MomentumState {
  const determinant = (1 - a) * (1 - d) - b * c;
  return [((1 - d) * p + b * q) / determinant, (c * p + (1 - a) * q) / determinant];
}

/** How large the orbit is about a place: the unit of errors. */
function sizeAt({ descent: { slopes } }: FollowedMap, [x, before]: MomentumState, eta: number) {
  return Math.abs(x) + Math.abs(x - before) + Math.abs(eta * (slopes(x)[0] ?? 0));
}

/** The cycle near a state, by Newton; undefined where there is none within reach. */
export function findMomentumCycle(
  map: FollowedMap,
  kind: ReturnMap,
  start: MomentumState,
  eta: number,
): MomentumCycle | undefined {
  let state = start;
  let last = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < NEWTON_TURNS; turn++) {
    const { state: end, jacobian } = returned(map, kind, state, eta);
    const step = solved(jacobian, [end[0] - state[0], end[1] - state[1]]);
    const length = Math.hypot(...step);
    if (!Number.isFinite(length)) return undefined;
    state = [state[0] + step[0], state[1] + step[1]];
    const share = length / (sizeAt(map, state, eta) || 1);
    if (share < SETTLED || (share < 1e-9 && share >= last)) return cycleAt(map, kind, state, eta);
    last = share;
  }
  return undefined;
}

function cycleAt(
  map: FollowedMap,
  kind: ReturnMap,
  state: MomentumState,
  eta: number,
): MomentumCycle {
  const { jacobian, byEta } = returned(map, kind, state, eta);
  const [a, b, c, d] = jacobian;
  const determinant = a * d - b * c;
  // Of the null vectors of both rows of 1 + J the longer.
  const candidates = [
    [b, -1 - a],
    [1 + d, -c],
  ] as const satisfies readonly MomentumState[];
  const [first, second] = candidates;
  const longer = Math.hypot(...first) > Math.hypot(...second) ? first : second;
  const length = Math.hypot(...longer);
  return {
    state,
    eta,
    multiplier: (a + d) / (1 + determinant),
    determinant,
    drift: solved(jacobian, byEta),
    parting: [longer[0] / length, longer[1] / length],
  };
}

/** Changes of the multiplier in one step along a branch. */
const MOST_CHANGE = 0.3;
/** Farthest from where its drift points to that a cycle still is of the branch, as a share of the way. */
const MOST_BEND = 0.3;

/**
 * Follows a branch of attracting cycles up to where its multiplier is -1, by eta and Newton's method on
 * both coordinates.
 *
 * @param step first change of eta.
 * @returns undefined where the branch ends before, or is left by an oscillation.
 */
export function followToDoubling(
  map: FollowedMap,
  kind: ReturnMap,
  from: MomentumCycle,
  step: number,
): MomentumCycle | undefined {
  let point = from;
  let change = step;
  for (let turn = 0; turn < 2000; turn++) {
    const next = goOn(map, kind, point, change);
    const isSmooth = next && Math.abs(next.multiplier - point.multiplier) < MOST_CHANGE;
    if (isSmooth) {
      if (next.multiplier <= -1) return crossing(map, kind, point, next);
      if (Math.abs(next.determinant) >= 1) return undefined;
      point = next;
      change *= 1.5;
    } else change /= 2;
    if (Math.abs(change) < 1e-15 * Math.abs(point.eta)) return undefined;
  }
  return undefined;
}

/** The cycle of the same branch at another eta. */
function goOn(
  map: FollowedMap,
  kind: ReturnMap,
  { state: [x, before], eta, drift }: MomentumCycle,
  change: number,
): MomentumCycle | undefined {
  const way = [drift[0] * change, drift[1] * change] as const;
  const guess: MomentumState = [x + way[0], before + way[1]];
  const found = findMomentumCycle(map, kind, guess, eta + change);
  if (!found) return undefined;
  const off = Math.hypot(found.state[0] - guess[0], found.state[1] - guess[1]);
  const isNear = off <= MOST_BEND * Math.hypot(...way) + 1e-9 * sizeAt(map, found.state, eta);
  return isNear ? found : undefined;
}

/** The cycle between two of a branch whose multiplier is -1, by the secant within the bracket. */
function crossing(
  map: FollowedMap,
  kind: ReturnMap,
  above: MomentumCycle,
  below: MomentumCycle,
): MomentumCycle | undefined {
  let [high, low] = [above, below];
  for (let turn = 0; turn < 100; turn++) {
    const [up, down] = [high.multiplier + 1, low.multiplier + 1];
    const width = low.eta - high.eta;
    if (Math.abs(width) <= 1e-14 * Math.abs(low.eta) || down === 0) return low;
    const share = up / (up - down);
    // Every third time the middle, so that both ends move.
    const change = width * (turn % 3 === 2 ? 0.5 : share);
    const found = goOn(map, kind, high, change);
    if (!found) return undefined;
    if (Math.abs(found.multiplier + 1) < 1e-13) return found;
    if (found.eta === high.eta || found.eta === low.eta) return found;
    if (found.multiplier > -1) high = found;
    else low = found;
  }
  return low;
}
