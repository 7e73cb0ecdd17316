import { RequestError } from '../spec/errors.ts';
import { median } from './median.ts';
import { type BenchReport, bestClock, type Clock, speedsOf } from './report.ts';

/** How a workload of one engine did in two benches. */
export interface Comparison {
  readonly engine: string;
  readonly precision: string;
  readonly workload: string;
  /** What both were timed by. */
  readonly clock: Clock;
  /** Speed of the second over that of the first, of the medians. */
  readonly ratio: number;
  /** The same of its slowest round to the fastest of the other, and the other way round. */
  readonly spread: readonly [least: number, most: number];
  /**
   * Beyond noise, `faster` or `slower`, where the rounds lie apart as they would by chance less than one time in
   * twenty; `too few rounds` where they lie apart and that is not enough; `wrong result` where one of them computed
   * something else, however fast.
   */
  readonly verdict: 'faster' | 'slower' | 'within noise' | 'too few rounds' | 'wrong result';
  /** What each ran on; a ratio between different ones compares these, not programs. */
  readonly devices: readonly [first: string, second: string];
}

/** Rounds that lie apart by chance alone, as a share of pairs of equal benches, at most. */
const CHANCE = 0.05;
/** Differences that are none, even where rounds hardly scatter: clocks of processors change by as much. */
const NOTHING = 0.02;

/**
 * Sets two benches side by side, workload by workload.
 *
 * With m and n rounds of equal speed, all of one lie above all of the other in 2 of the ways, (m + n)
 * choose m, to order them: five rounds each in 0.8 % of pairs, three in 10 %, which says nothing. What
 * befell one of the benches as a whole, such as another program on the machine, no rounds can tell.
 *
 * @param names what the reports are called in messages.
 * @throws {RequestError} `nothing-common` where no engine did the same workload in both.
 */
export function compareReports(
  first: BenchReport,
  second: BenchReport,
  names: readonly [string, string],
): readonly Comparison[] {
  const comparisons: Comparison[] = [];
  for (const { engine, precision, device, measurements } of first.lanes) {
    const other = second.lanes.find(
      (lane) => lane.engine === engine && lane.precision === precision,
    );
    for (const before of measurements) {
      const after = other?.measurements.find(({ workload }) => workload === before.workload);
      if (!other || !after) continue;
      const clocks = [before, after].map(bestClock);
      const clock = clocks.every((each) => each === 'kernel') ? 'kernel' : 'wall';
      const [slow, fast] = [speedsOf(before, clock), speedsOf(after, clock)];
      const ratio = median(fast) / median(slow);
      const spread = [
        Math.min(...fast) / Math.max(...slow),
        Math.max(...fast) / Math.min(...slow),
      ] as const;
      const isApart = (spread[0] > 1 || spread[1] < 1) && Math.abs(Math.log(ratio)) > NOTHING;
      const isRare = 2 / choose(slow.length + fast.length, slow.length) <= CHANCE;
      const direction = ratio > 1 ? 'faster' : 'slower';
      const isSound = before.isRight && after.isRight;
      const told = !isApart ? 'within noise' : isRare ? direction : 'too few rounds';
      const verdict = isSound ? told : 'wrong result';
      const { workload } = before;
      const devices = [device, other.device] as const;
      comparisons.push({ engine, precision, workload, clock, ratio, spread, verdict, devices });
    }
  }
  if (comparisons.length > 0) return comparisons;
  throw new RequestError({
    code: 'nothing-common',
    where: names.join(' and '),
    what: 'have no workload of the same engine and precision in common',
    cure: 'compare benches of the same engines',
  });
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= k; i++) ways *= (n - k + i) / i;
  return ways;
}
