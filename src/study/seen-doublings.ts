import type { Threshold } from '../analysis/doublings.ts';
import { bracketDoublings, doublingAbove } from '../analysis/period-changes.ts';
import type { Objective } from '../spec/spec.ts';
import { attempt, ifKnown, type Known } from './known.ts';
import { besideMinimum, type SweptPeriods } from './swept-periods.ts';

/** A doubling that the orbits show, and what their cycle says of it. */
export interface SeenDoubling {
  readonly period: number;
  readonly between: readonly [number, number];
  readonly refined: Known<Threshold>;
}

/** Most doublings that are refined; more are those of narrow windows. */
const MOST_SEEN = 16;

/** The doublings that the periods of a sweep show, each refined by following its cycle. */
export function seenDoublings(
  objective: Objective,
  { etas, byColumn }: SweptPeriods,
  minimum: number,
  hasMomentum: boolean,
): readonly SeenDoubling[] {
  return bracketDoublings(etas, byColumn)
    .slice(0, MOST_SEEN)
    .map(({ period, from, to }) => ({
      period,
      between: [from, to],
      refined: hasMomentum
        ? { missing: 'refined without momentum alone' }
        : attempt(() =>
            doublingAbove(objective, { eta: from, period, x: besideMinimum(minimum, from) }),
          ),
    }));
}

/** Whether a doubling that the orbits show is this threshold of theory. */
export const isOf =
  ({ kind, period, eta }: Threshold) =>
  (orbits: SeenDoubling): boolean => {
    if (kind !== 'doubling' || orbits.period !== period) return false;
    const refined = ifKnown(orbits.refined);
    // An orbit near a doubling looks like one beyond it: a column or two are no contradiction.
    const [from, to] = orbits.between;
    return refined ? Math.abs(refined.eta / eta - 1) < 1e-6 : from <= eta && eta <= to;
  };
