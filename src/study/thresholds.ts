import type { Crisis } from '../analysis/crisis.ts';
import type { Cascade, Threshold } from '../analysis/doublings.ts';
import { cascadeOf } from './cascade.ts';
import { chaosOf, crisisOf, stayBeyond } from './cell-crisis.ts';
import type { ColumnTheory } from './column-theory.ts';
import { ifKnown, type Known } from './known.ts';
import { hasCycles } from './rule-map.ts';
import { isOf, type SeenDoubling, seenDoublings } from './seen-doublings.ts';
import { startsOf } from './starts.ts';
import type { Study } from './study.ts';
import { periodsOf, type SweptPeriods } from './swept-periods.ts';
import { type Window, windowsOf } from './windows.ts';

/** Doublings that are looked for: the ratios of the last have four digits of Feigenbaum's constant. */
const DOUBLINGS = 8;

/** What begins where along an axis of learning rates. */
export interface Thresholds {
  readonly cascade: Known<Cascade>;
  /** Learning rate at K = 1, where the amplitude of the micro-structure is known. */
  readonly unit?: number | undefined;
  /** Thresholds of the cascade that lie on the axis. */
  readonly told: readonly Threshold[];
  /** The same, and those that the orbits alone show, each with what the orbits show of it. */
  readonly rows: readonly {
    readonly threshold: Threshold;
    readonly orbits?: SeenDoubling | undefined;
  }[];
  readonly seen: readonly SeenDoubling[];
  /** Where orbits leave the cell of the minimum, if on the axis; not known with momentum. */
  readonly crisis?: Crisis | undefined;
  /** How long they stay just beyond it: steps on average times sqrt(K - K of the crisis). */
  readonly stay?: number | undefined;
  readonly windows: readonly Window[];
  /** Absent where no periods were measured. */
  readonly periods?: SweptPeriods | undefined;
}

/** Where along an axis of learning rates cycles double, chaos begins, windows open and orbits escape. */
export function thresholdsOf(
  study: Study,
  theoryOf: (column: number) => ColumnTheory,
): Thresholds | undefined {
  const { spec } = study;
  const [axis] = spec.axes;
  const isSweep = spec.axes.length === 1 && axis?.parameter === 'eta';
  if (!isSweep || !hasCycles(spec)) return undefined;
  const { objective, setting, momentum, K } = theoryOf(study.columns - 1);
  const last = ifKnown(K);
  const unit = last === undefined ? undefined : setting.eta / last;
  const [start = Number.NaN] = startsOf(spec, 0).middle;
  const cascade = cascadeOf(objective, momentum, start, DOUBLINGS);
  const found = ifKnown(cascade);
  const periods = periodsOf(study);
  const minimum = found?.minimum ?? start;
  const seen = periods ? seenDoublings(objective, periods, minimum, momentum !== undefined) : [];
  const told = (found?.thresholds ?? []).filter(({ eta }) => eta >= axis.from && eta < axis.to);
  const onlySeen = seen.flatMap((orbits) => {
    const threshold = ifKnown(orbits.refined);
    return !threshold || told.some((each) => isOf(each)(orbits)) ? [] : [{ threshold, orbits }];
  });
  const least = Math.max(chaosOf(found) ?? axis.from, axis.from);
  const crisis = momentum ? undefined : ifKnown(crisisOf(objective, start, [least, axis.to]));
  const chaos = found?.accumulation?.eta ?? Number.POSITIVE_INFINITY;
  return {
    cascade,
    unit,
    told,
    rows: [
      ...told.map((threshold) => ({ threshold, orbits: seen.find(isOf(threshold)) })),
      ...onlySeen,
    ],
    seen,
    crisis,
    stay: crisis && unit !== undefined ? stayBeyond(objective, crisis.eta / unit) : undefined,
    windows: periods && !momentum ? windowsOf(objective, periods, minimum, chaos) : [],
    periods,
  };
}
