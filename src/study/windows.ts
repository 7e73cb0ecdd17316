import { findWindows } from '../analysis/period-changes.ts';
import { periodicWindow } from '../analysis/windows.ts';
import type { Objective } from '../spec/spec.ts';
import { attempt, ifKnown } from './known.ts';
import { besideMinimum, type SweptPeriods } from './swept-periods.ts';

/** A window of a period in the midst of chaos. */
export interface Window {
  readonly period: number;
  readonly from: number;
  readonly to: number;
  /** Whether its cycle is its own mirror image, so that at the end the symmetry breaks. */
  readonly isMirrored: boolean;
}

/** Most windows that are told. */
const MOST_WINDOWS = 8;

/** The edges of the widest windows that the orbits show beyond the first chaos, in the order of eta. */
export function windowsOf(
  objective: Objective,
  { etas, byColumn }: SweptPeriods,
  minimum: number,
  chaos: number,
): readonly Window[] {
  return findWindows(etas, byColumn)
    .filter(({ from }) => from > chaos)
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MOST_WINDOWS)
    .sort((a, b) => a.from - b.from)
    .flatMap(({ period, from }) => {
      const inside = { eta: from, x: besideMinimum(minimum, from) };
      return windowAt(objective, inside, period, minimum) ?? [];
    });
}

/** The window about a place, of the cycle that it was born with, if the orbits there have doubled. */
function windowAt(
  objective: Objective,
  inside: { readonly eta: number; readonly x: number },
  period: number,
  minimum: number,
): Window | undefined {
  const ask = (centre?: number) =>
    ifKnown(attempt(() => periodicWindow(objective, inside, period, centre)));
  const plain = ask();
  const mirrored = plain === undefined && period % 2 === 0 ? ask(minimum) : undefined;
  const found = plain ?? mirrored;
  if (!found) return undefined;
  const { from, to, points } = found;
  if (period % 2 === 0 && plain) {
    const early = { eta: from + 0.05 * (to - from), x: points[0] };
    const born = windowAt(objective, early, period / 2, minimum);
    if (born && Math.abs(born.from / from - 1) < 1e-9) return born;
  }
  return { period, from, to, isMirrored: mirrored !== undefined };
}
