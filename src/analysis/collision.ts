import type { Objective } from '../spec/spec.ts';
import { checkInterval, checkPositive, checkWhole, refuse } from './check-number.ts';
import { findCycle, type ReturnMap } from './cycle.ts';
import { type DescentMap, descentMap, stepOn } from './descent-map.ts';

/** An extremum of the map whose orbit comes to lie on a repelling cycle. */
export interface Homoclinic {
  /** The extremum: near it eta f'' = 1. */
  readonly extremum: number;
  /** Steps from the extremum to the cycle. */
  readonly steps: number;
  /** The point of the cycle where it arrives: near it `kind` returns. */
  readonly cycle: number;
  readonly kind: ReturnMap;
}

/**
 * The learning rate where the orbit of an extremum lands on a repelling cycle: there the edge of a
 * band of chaos touches that cycle, so bands merge, a broken symmetry is restored, or the attractor
 * grows at once (interior crisis). To 1e-13 relative.
 *
 * @param rates between which it happens once.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} as `descentMap`; `out-of-range`;
 *   `empty-range`; `no-cycle` where the extremum or the cycle is lost, or the orbit passes the cycle
 *   at neither or both of the rates.
 * @see Grebogi, Ott and Yorke, Physica D 7 (1983) 181.
 */
export function collisionRate(
  objective: Objective,
  homoclinic: Homoclinic,
  rates: readonly [number, number],
): number {
  checkPositive('rates[0]', rates[0]);
  checkInterval('rates', rates);
  checkWhole('homoclinic.steps', homoclinic.steps, 1);
  const map = descentMap(objective);
  let { extremum, cycle } = homoclinic;
  const passes = (eta: number): boolean => {
    const found = findCycle(map, homoclinic.kind, cycle, eta);
    const top = extremumNear(map, extremum, eta);
    if (!found || top === undefined) {
      const what = found ? 'the extremum is lost' : 'the cycle is lost';
      return refuse('homoclinic', what, `eta = ${eta}`, 'start nearer to it', 'no-cycle');
    }
    [extremum, cycle] = [top, found.x];
    return stepOn(map, top, eta, homoclinic.steps) > found.x;
  };
  let [lo, hi] = rates;
  const isPast = passes(lo);
  if (passes(hi) === isPast) {
    const what = 'the orbit lies on the same side of the cycle at both';
    return refuse('rates', what, `[${rates}]`, undefined, 'no-cycle');
  }
  while (hi - lo > 1e-14 * hi) {
    const middle = (lo + hi) / 2;
    if (middle === lo || middle === hi) break;
    if (passes(middle) === isPast) lo = middle;
    else hi = middle;
  }
  return (lo + hi) / 2;
}

/** Where eta f'' = 1, by Newton. */
function extremumNear({ slopes }: DescentMap, start: number, eta: number): number | undefined {
  let x = start;
  for (let turn = 0; turn < 50; turn++) {
    const [, bend = Number.NaN, jerk = Number.NaN] = slopes(x);
    const step = (1 / eta - bend) / jerk;
    if (!Number.isFinite(step)) return undefined;
    x += step;
    if (Math.abs(step) <= 1e-14 * Math.abs(x)) return x;
  }
  return undefined;
}
