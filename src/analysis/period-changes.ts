import type { Objective } from '../spec/spec.ts';
import { checkFinite, checkPositive, checkWhole, refuse } from './check-number.ts';
import { findCycle, followTo } from './cycle.ts';
import { descentMap, stepOn } from './descent-map.ts';
import type { Threshold } from './doublings.ts';

/** Neighbouring columns of an eta axis between which the period of the orbits doubles. */
export interface DoublingBracket {
  /** Below the doubling. */
  readonly period: number;
  /** Learning rates between which it lies. */
  readonly from: number;
  readonly to: number;
  /** The last column of the period, the first of twice that. */
  readonly columns: readonly [number, number];
}

/** Columns between chaotic ones whose orbits have a period, or periods doubled from it. */
export interface WindowColumns {
  /** That of the first column. */
  readonly period: number;
  readonly from: number;
  readonly to: number;
  /** [first, end). */
  readonly columns: readonly [number, number];
}

/** Columns without a period that may lie within a bracket: orbits come slowly to a cycle near it. */
const MOST_UNKNOWN = 4;

/**
 * The period that more than half the orbits of each column have: uint32 [columns], 0 where there is none.
 *
 * @param periods [columns, orbits], 0 where an orbit has none.
 * @throws {RequestError} `wrong-length`.
 */
export function columnPeriods(periods: ArrayLike<number>, orbits: number): Uint32Array {
  checkWhole('orbits', orbits, 1);
  if (periods.length % orbits !== 0) {
    refuse(
      'periods.length',
      'must be columns times orbits',
      periods.length,
      undefined,
      'wrong-length',
    );
  }
  return Uint32Array.from({ length: periods.length / orbits }, (_, column) => {
    const votes = new Map<number, number>();
    for (let orbit = 0; orbit < orbits; orbit++) {
      const period = periods[column * orbits + orbit] ?? 0;
      votes.set(period, (votes.get(period) ?? 0) + 1);
    }
    return [...votes].find(([, count]) => 2 * count > orbits)?.[0] ?? 0;
  });
}

/**
 * Where along a rising axis of learning rates the period of the columns doubles.
 *
 * @param etas [columns].
 * @param periods [columns], as `columnPeriods` gives them.
 * @throws {RequestError} `wrong-length`.
 */
export function bracketDoublings(
  etas: ArrayLike<number>,
  periods: ArrayLike<number>,
): readonly DoublingBracket[] {
  checkLengths(etas, periods);
  const brackets: DoublingBracket[] = [];
  let last = -1;
  for (let column = 0; column < periods.length; column++) {
    const [period = 0, before = 0] = [periods[column], periods[last]];
    if (period === 0) continue;
    if (last >= 0 && column - last <= MOST_UNKNOWN + 1 && period === 2 * before) {
      const [from = 0, to = 0] = [etas[last], etas[column]];
      brackets.push({ period: before, from, to, columns: [last, column] });
    }
    last = column;
  }
  return brackets;
}

/**
 * Runs of columns with a period in the midst of chaos: windows, and what doubles within them.
 *
 * @param etas [columns].
 * @param periods [columns], as `columnPeriods` gives them.
 * @throws {RequestError} `wrong-length`.
 */
export function findWindows(
  etas: ArrayLike<number>,
  periods: ArrayLike<number>,
): readonly WindowColumns[] {
  checkLengths(etas, periods);
  const windows: WindowColumns[] = [];
  let start = -1;
  for (let column = 0; column <= periods.length; column++) {
    const [period = 0, first = 0] = [periods[column], periods[start]];
    if (start >= 0 && (period === 0 || period % first !== 0)) {
      const [from = 0, to = 0] = [etas[start], etas[column - 1]];
      windows.push({ period: first, from, to, columns: [start, column] });
      start = -1;
    }
    if (start < 0 && period > 0 && column > 0 && (periods[column - 1] ?? 0) === 0) start = column;
  }
  return windows;
}

function checkLengths(etas: ArrayLike<number>, periods: ArrayLike<number>): void {
  if (etas.length === periods.length) return;
  refuse(
    'periods.length',
    `must be that of etas, ${etas.length}`,
    periods.length,
    undefined,
    'wrong-length',
  );
}

/** Steps after which an orbit is taken to have come to its cycle. */
const SETTLING = 20_000;

/**
 * The doubling above a learning rate at which an orbit has a known period, wherever the cycle came from:
 * the cycle is taken from the orbit and followed by Newton's method to its multiplier -1.
 *
 * @param below eta, the period there, and a place whose orbit has it.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} as `descentMap`; `out-of-range`;
 *   `no-cycle` where the orbit comes to no cycle of that period, or it ends before it doubles.
 */
export function doublingAbove(
  objective: Objective,
  below: { readonly eta: number; readonly period: number; readonly x: number },
): Threshold {
  const { eta, period, x } = below;
  checkPositive('below.eta', eta);
  checkWhole('below.period', period, 1);
  checkFinite('below.x', x);
  const map = descentMap(objective);
  const kind = { steps: period };
  const cycle = findCycle(map, kind, stepOn(map, x, eta, SETTLING * period), eta);
  const isCycle = cycle !== undefined && Math.abs(cycle.multiplier) < 1;
  const found = isCycle ? followTo(map, kind, cycle, -1, 1e-5 * eta) : undefined;
  if (!found) {
    const what = isCycle ? 'the cycle ends before it doubles' : 'the orbit comes to no such cycle';
    return refuse('below', what, `period ${period} at eta = ${eta}`, undefined, 'no-cycle');
  }
  return { kind: 'doubling', eta: found.eta, period, x: found.x };
}
