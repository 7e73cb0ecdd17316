import { checkPositive, refuse } from './check-number.ts';

// Momentum b: heavy ball v' = b v - eta q(x), x' = x + v'; Nesterov y = x + b (x - x_before),
// x' = y - eta q(y). On k x^2 / 2 with noise both are autoregressions of second order,
// x_(n+1) = p1 x_n + p2 x_(n-1) + eta zeta, with the variance of Box and Jenkins (3.2.26).

export type MomentumRule = 'heavy-ball' | 'nesterov';

export interface MomentumMap {
  readonly rule: MomentumRule;
  /** b, in (-1, 1). */
  readonly momentum: number;
  readonly eta: number;
  /** k: curvature of the macro part. */
  readonly curvature: number;
  /** sigma^2. */
  readonly noiseVariance: number;
}

/** Below it no cycle of Nesterov's doubles first: the product of the multipliers passes 1 before. */
const TURNING = -1 / 3;

/** @throws {RequestError} `out-of-range` unless -1 < b < 1. */
export function checkMomentum(momentum: number): void {
  if (!(Math.abs(momentum) < 1)) refuse('momentum', 'must lie in (-1, 1)', momentum);
}

/**
 * Stationary variance of the position on k x^2 / 2.
 *
 * @throws {RequestError} `out-of-range`, also where the map has no stationary law.
 * @see Box and Jenkins, Time Series Analysis, 3.2.4.
 */
export function momentumVariance(map: MomentumMap): number {
  const { rule, momentum, eta, curvature, noiseVariance } = map;
  checkMomentum(momentum);
  checkPositive('eta', eta);
  checkPositive('curvature', curvature);
  checkPositive('noiseVariance', noiseVariance);
  const most = stableBelow(rule, momentum) / curvature;
  if (!(eta < most)) refuse('eta', `the map is stable below ${most} only`, eta);
  const b = momentum;
  const kick = eta * curvature;
  // (1 - p2) / ((1 + p2) (1 - p1 - p2) (1 + p1 - p2)), the factors without cancellation.
  const q = 1 - kick;
  const isHeavy = rule === 'heavy-ball';
  const p2 = isHeavy ? -b : -b * q;
  const other = isHeavy ? 2 * (1 + b) - kick : 1 + q + 2 * b * q;
  return (eta ** 2 * noiseVariance * (1 - p2)) / ((1 + p2) * kick * other);
}

/** eta k up to which the minimum attracts: Nesterov's is first left by an oscillation where b < -1/3. */
function stableBelow(rule: MomentumRule, b: number): number {
  if (rule === 'nesterov' && b <= TURNING) return 1 - 1 / b;
  return momentumThresholds(rule, b).doubling;
}

/**
 * The temperature of the Gibbs law with that variance: exactly k times it on a quadratic macro part,
 * and eta sigma^2 / (2 (1 - b)) for both rules as eta k -> 0. Unit of f.
 *
 * @throws {RequestError} as `momentumVariance`.
 */
export function effectiveTemperature(map: MomentumMap): {
  readonly temperature: number;
  readonly limit: number;
} {
  const temperature = map.curvature * momentumVariance(map);
  return { temperature, limit: (map.eta * map.noiseVariance) / (2 * (1 - map.momentum)) };
}

/** Thresholds of local chaos, in K = A eta / epsilon. */
export interface MomentumThresholds {
  /** The minimum of a micro-well doubles into a 2-cycle. */
  readonly doubling: number;
  /** The 2-cycle parts into mirror images. */
  readonly symmetryBreaking: number;
  /** The 2-cycle doubles. */
  readonly secondDoubling: number;
}

/**
 * Thresholds of local chaos with momentum on A eps g(x / eps), g = -cos, eps -> 0; on k x^2 / 2 alone,
 * eta k takes the place of K at the first.
 *
 * With w = 1 for the heavy ball and 1 + 2 b for Nesterov, a 2-cycle has the kicks +-K sin u, and the
 * asymmetric one u = +-pi/2 + d with K cos d = pi (1 + b) / w. There the product of both Jacobians has
 * the multiplier -1 where K^2 sin^2 d = 2 (1 + b^2) / (1, or 1 + 2 b + 2 b^2).
 *
 * @throws {RequestError} `out-of-range` unless -1 < b < 1; for Nesterov -1/3 < b.
 */
export function momentumThresholds(rule: MomentumRule, momentum: number): MomentumThresholds {
  checkMomentum(momentum);
  const b = momentum;
  const isHeavy = rule === 'heavy-ball';
  if (!isHeavy && b <= TURNING) refuse('momentum', 'of Nesterov doubles above -1/3 only', b);
  const weight = isHeavy ? 1 : 1 + 2 * b;
  const symmetryBreaking = (Math.PI * (1 + b)) / weight;
  const spread = (2 * (1 + b * b)) / (isHeavy ? 1 : 1 + 2 * b + 2 * b * b);
  return {
    doubling: (2 * (1 + b)) / weight,
    symmetryBreaking,
    secondDoubling: Math.sqrt(symmetryBreaking ** 2 + spread),
  };
}
