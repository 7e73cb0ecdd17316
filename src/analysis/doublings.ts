import type { Objective } from '../spec/spec.ts';
import { checkWhole, refuse } from './check-number.ts';
import { type CyclePoint, findCycle, followTo, periodOf, type ReturnMap } from './cycle.ts';
import { type DescentMap, descentMap, minimumFrom } from './descent-map.ts';

/** A learning rate where the attracting cycle changes. */
export interface Threshold {
  /**
   * `doubling`: the period doubles. `symmetry-breaking`: a cycle that is its own mirror image parts
   * into two that are not, of the same period; it looks like a branching in a picture.
   */
  readonly kind: 'doubling' | 'symmetry-breaking';
  readonly eta: number;
  /** Period of the cycle that attracts below. */
  readonly period: number;
  /** A point of the cycle there. */
  readonly x: number;
}

/** The way to chaos by doubling periods. */
export interface Cascade {
  /** The minimum of the objective whose cycles they are. */
  readonly minimum: number;
  /** In the order of rising eta. */
  readonly thresholds: readonly Threshold[];
  /** Learning rates of the doublings alone, f64 [doublings]. */
  readonly doublings: Float64Array;
  /** Distances of neighbouring doublings, each over the next: f64 [doublings - 2]. */
  readonly ratios: Float64Array;
  /** Where infinitely many doublings accumulate, and how much the last one moved it; from three on. */
  readonly accumulation?: { readonly eta: number; readonly error: number };
  /** Whether there are as many doublings as asked; else the cycle lost its branch on the way. */
  readonly isComplete: boolean;
}

/** Beyond, the distance of two doublings is no longer a thousand times the error of one. */
const MOST_DOUBLINGS = 14;

/** @throws {RequestError} `out-of-range`. */
export function checkDoublings(doublings: number): void {
  checkWhole('doublings', doublings, 1);
  if (doublings > MOST_DOUBLINGS) {
    refuse('doublings', `are told apart by float64 up to ${MOST_DOUBLINGS}`, doublings);
  }
}

/** Feigenbaum's constant, to which the ratios tend for maps with quadratic extrema. */
export const FEIGENBAUM = 4.66920160910299;

/**
 * Finds the period doublings of gradient descent on any objective of one variable, beginning with the
 * minimum that descent from `start` reaches: x <- x - eta f'(x), eta rising.
 *
 * Cycles are followed by Newton's method on the map with exact derivatives, and a threshold is where
 * their multiplier is -1: to 1e-12 relative.
 *
 * @param objective formulas with the values of epsilon and of all parameters.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} as `descentMap`; `no-minimum`;
 *   `out-of-range`.
 * @see Feigenbaum, J. Stat. Phys. 19 (1978) 25.
 *
 * @example
 * ```ts
 * const logistic = { variables: ['x'], macro: 'x^3/3 - x^2/2', micro: '', parameters: {} };
 * doublingCascade(logistic, 0.9, 3).doublings; // 2, sqrt(6), 2.5440904
 * ```
 */
export function doublingCascade(objective: Objective, start: number, doublings: number): Cascade {
  checkDoublings(doublings);
  const map = descentMap(objective);
  const { x: centre, curvature } = minimumFrom(map, start);
  let kind: ReturnMap = { steps: 1 };
  let last: CyclePoint = { x: centre, eta: 2 / curvature, multiplier: -1, drift: 0, turn: 0 };
  const thresholds: Threshold[] = [];
  for (let doubled = 0; ; ) {
    const isDoubling = kind.centre === undefined;
    const { eta, x } = last;
    thresholds.push({
      kind: isDoubling ? 'doubling' : 'symmetry-breaking',
      eta,
      period: periodOf(kind),
      x,
    });
    if (isDoubling) doubled += 1;
    if (doubled === doublings) break;
    const [before = eta - eta / 2] = thresholds.slice(-2, -1).map((each) => each.eta);
    const branch = newBranch(map, kind, last, (eta - before) / 20, centre);
    const next = branch && followTo(map, branch.kind, branch.point, -1, branch.point.eta - eta);
    if (!next) break;
    kind = branch.kind;
    last = next;
  }
  return cascadeOf(centre, thresholds, doublings);
}

/** A cascade of what was found of so many doublings. */
export function cascadeOf(
  minimum: number,
  thresholds: readonly Threshold[],
  asked: number,
): Cascade {
  const doubled = thresholds.flatMap(({ kind, eta }) => (kind === 'doubling' ? [eta] : []));
  return {
    minimum,
    thresholds,
    doublings: Float64Array.from(doubled),
    ratios: ratiosOf(doubled),
    ...accumulationOf(doubled),
    isComplete: doubled.length === asked,
  };
}

interface Branch {
  readonly kind: ReturnMap;
  readonly point: CyclePoint;
}

/** Multipliers by which the cycle just born is recognised. */
export const [YOUNG, NEWBORN] = [0.3, 1 - 1e-6];

/** The attracting cycle beyond a threshold, nearest to the one that lost its stability. */
function newBranch(
  map: DescentMap,
  old: ReturnMap,
  { x, eta }: CyclePoint,
  farthest: number,
  centre: number,
): Branch | undefined {
  const isMirrored = old.steps === 1 && old.centre === undefined && isSymmetric(map, centre);
  const kind: ReturnMap = isMirrored ? { steps: 1, centre } : { steps: 2 * old.steps };
  const size = Math.abs(x) + 1;
  for (let beyond = farthest; beyond > 1e-14 * eta; beyond /= 3) {
    for (let distance = 2 ** -44 * size; distance < size; distance *= 2) {
      for (const side of [1, -1]) {
        const found = findCycle(map, kind, x + side * distance, eta + beyond);
        if (!found) continue;
        const { multiplier } = found;
        const isNear = Math.abs(found.x - x) < 4 * distance;
        if (isNear && multiplier > YOUNG && multiplier < NEWBORN) return { kind, point: found };
      }
    }
  }
  return undefined;
}

/** Whether f is its own mirror image about its minimum, at distances of all sizes that matter. */
export function isSymmetric({ slopes }: DescentMap, centre: number): boolean {
  const size = Math.abs(centre) + 1;
  for (let distance = 2 ** -34 * size; distance <= size; distance *= 1.7) {
    const [right = Number.NaN, bendRight = Number.NaN] = slopes(centre + distance);
    const [left = Number.NaN, bendLeft = Number.NaN] = slopes(centre - distance);
    const rounding = 16 * Number.EPSILON * size * (Math.abs(bendRight) + Math.abs(bendLeft));
    const isMirrored = Math.abs(right + left) <= 1e-12 * Math.abs(right - left) + rounding;
    if (!isMirrored && !(Number.isNaN(right) && Number.isNaN(left))) return false;
  }
  return true;
}

function ratiosOf(etas: readonly number[]): Float64Array {
  return Float64Array.from({ length: Math.max(0, etas.length - 2) }, (_, at) => {
    const [a = 0, b = 0, c = 0] = etas.slice(at, at + 3);
    return (b - a) / (c - b);
  });
}

/** The rest of a geometric series of Feigenbaum's ratio, behind the last two doublings. */
function accumulationOf(etas: readonly number[]): Pick<Cascade, 'accumulation'> {
  const [a, b, c] = etas.slice(-3);
  if (a === undefined || b === undefined || c === undefined) return {};
  const limit = (from: number, to: number) => to + (to - from) / (FEIGENBAUM - 1);
  const eta = limit(b, c);
  return { accumulation: { eta, error: Math.abs(eta - limit(a, b)) } };
}
