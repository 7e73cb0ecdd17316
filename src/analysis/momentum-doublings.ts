import type { Objective } from '../spec/spec.ts';
import { periodOf, type ReturnMap } from './cycle.ts';
import { descentMap, minimumFrom } from './descent-map.ts';
import {
  type Cascade,
  cascadeOf,
  checkDoublings,
  isSymmetric,
  NEWBORN,
  type Threshold,
  YOUNG,
} from './doublings.ts';
import type { Momentum } from './kick-weights.ts';
import { momentumThresholds } from './momentum.ts';
import {
  type FollowedMap,
  findMomentumCycle,
  followToDoubling,
  type MomentumCycle,
} from './momentum-cycle.ts';

/**
 * The period doublings of heavy ball and Nesterov on any objective of one variable, beginning with the
 * minimum that descent from `start` reaches, eta rising: `doublingCascade` with momentum.
 *
 * Cycles are followed by Newton's method on the map of position and last position; a threshold is where
 * its Jacobian has the eigenvalue -1: to 1e-9 relative. Ends where a cycle is left by an oscillation.
 *
 * @param objective formulas with the values of epsilon and of all parameters.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} as `doublingCascade` and
 *   `momentumThresholds`.
 *
 * @example
 * ```ts
 * const wells = { variables: ['u'], macro: '0', micro: '-cos(u)', epsilon: 1, parameters: {} };
 * momentumCascade(wells, { rule: 'heavy-ball', momentum: 0.5 }, 0.1, 1).doublings; // 2 (1 + 0.5)
 * ```
 */
export function momentumCascade(
  objective: Objective,
  momentum: Momentum,
  start: number,
  doublings: number,
): Cascade {
  checkDoublings(doublings);
  const { doubling } = momentumThresholds(momentum.rule, momentum.momentum);
  const descent = descentMap(objective);
  const map: FollowedMap = { descent, momentum };
  const { x: centre, curvature } = minimumFrom(descent, start);
  const isMirrored = isSymmetric(descent, centre);
  const thresholds: Threshold[] = [];
  let kind: ReturnMap = { steps: 1 };
  let last = findMomentumCycle(map, kind, [centre, centre], doubling / curvature);
  for (let doubled = 0; last; ) {
    const isDoubling = kind.centre === undefined;
    const { eta, state } = last;
    thresholds.push({
      kind: isDoubling ? 'doubling' : 'symmetry-breaking',
      eta,
      period: periodOf(kind),
      x: state[0],
    });
    if (isDoubling) doubled += 1;
    if (doubled === doublings) break;
    const [before = eta / 2] = thresholds.slice(-2, -1).map((each) => each.eta);
    kind = thresholds.length === 1 && isMirrored ? { steps: 1, centre } : { steps: 2 * kind.steps };
    const born = newBranch(map, kind, last, (eta - before) / 20);
    last = born && followToDoubling(map, kind, born, born.eta - eta);
  }
  return cascadeOf(centre, thresholds, doublings);
}

/** The attracting cycle beyond a threshold, nearest to the one that lost its stability. */
function newBranch(
  map: FollowedMap,
  kind: ReturnMap,
  { state: [x, before], eta, parting }: MomentumCycle,
  farthest: number,
): MomentumCycle | undefined {
  const size = Math.abs(x) + 1;
  for (let beyond = farthest; beyond > 1e-14 * eta; beyond /= 3) {
    for (let distance = 2 ** -44 * size; distance < size; distance *= 2) {
      for (const side of [distance, -distance]) {
        const guess = [x + side * parting[0], before + side * parting[1]] as const;
        const found = findMomentumCycle(map, kind, guess, eta + beyond);
        if (!found) continue;
        const { multiplier, determinant, state } = found;
        const isNear = Math.hypot(state[0] - x, state[1] - before) < 4 * distance;
        const isYoung = multiplier > YOUNG && multiplier < NEWBORN && Math.abs(determinant) < 1;
        if (isNear && isYoung) return found;
      }
    }
  }
  return undefined;
}
