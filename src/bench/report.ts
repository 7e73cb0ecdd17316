import * as v from 'valibot';
import { RequestError } from '../spec/errors.ts';
import { ceilingOf, type Rates } from './ceiling.ts';
import type { Measurement, Round } from './measure.ts';
import { median } from './median.ts';
import { workloads } from './workloads.ts';

/** Where, when and with what a bench was made. */
export interface Surroundings {
  /** ISO 8601. */
  readonly date: string;
  readonly etascope: string;
  /** Of the sources, with a + where tracked files differ from it; null where nobody knows. */
  readonly commit: string | null;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  /** Node and its version, or the browser as it calls itself. */
  readonly runtime: string;
  /** Version of the npm package `webgpu`, which is Dawn; null in a browser, whose version is its own. */
  readonly dawn: string | null;
  /** Processes that wanted a core when the bench began, mean of a minute; null where nobody knows. */
  readonly load: number | null;
}

/** What one engine did in one precision. */
export interface LaneReport {
  readonly engine: 'webgpu' | 'cpu';
  readonly precision: 'statistics' | 'float32' | 'float64';
  /** Adapter or processor, for people. */
  readonly device: string;
  /** What WebGPU says of the adapter and its driver; absent of the processor. */
  readonly adapter?: Readonly<Record<string, string | boolean>>;
  readonly rates: Rates;
  readonly measurements: readonly Measurement[];
}

/** An engine that was not measured. */
export interface Missing {
  readonly engine: string;
  readonly reason: string;
}

/** All that a bench found; what it writes as JSON. */
export interface BenchReport {
  /** Version of this form. */
  readonly etascopeBench: 1;
  readonly surroundings: Surroundings;
  readonly lanes: readonly LaneReport[];
  readonly missing: readonly Missing[];
}

/** The three ways in which a round is timed. */
export const clocks = {
  kernel: (round: Round) => round.kernelSeconds,
  wall: (round: Round) => round.wallSeconds,
  endToEnd: (round: Round) => round.endToEndSeconds,
} as const;
export type Clock = keyof typeof clocks;

/** Orbit-steps per second of each round by a clock; empty where a round was not timed by it. */
export function speedsOf({ rounds }: Measurement, clock: Clock): readonly number[] {
  const times = rounds.map(clocks[clock]);
  if (times.some((time) => time === undefined || !(time > 0))) return [];
  return rounds.map(({ orbitSteps }, at) => orbitSteps / (times[at] ?? Number.NaN));
}

/** The clock that says most of a kernel: its own, or where there is none that on the wall. */
export function bestClock(measurement: Measurement): Clock {
  return speedsOf(measurement, 'kernel').length > 0 ? 'kernel' : 'wall';
}

/**
 * Share of the device's ceiling that a workload reached, the median of the rounds (`ceilingOf`).
 *
 * @returns NaN for a workload that this version does not know.
 */
export function shareOfCeiling(measurement: Measurement, rates: Rates): number {
  const workload = workloads.find(({ name }) => name === measurement.workload);
  if (!workload) return Number.NaN;
  const speed = median(speedsOf(measurement, bestClock(measurement)));
  return speed / ceilingOf(workload.operations, rates);
}

/** What makes a report worthless, in words, if anything: nothing was measured, or a result was wrong. */
export function complaintOf({ lanes }: BenchReport): string | undefined {
  const measured = lanes.flatMap(({ engine, precision, measurements }) =>
    measurements.map(({ workload, isRight }) => ({
      name: `${engine} ${precision} ${workload}`,
      isRight,
    })),
  );
  const wrong = measured.filter(({ isRight }) => !isRight).map(({ name }) => name);
  if (measured.length === 0) return 'nothing was measured';
  if (wrong.length === 0) return undefined;
  return `${wrong.length} of ${measured.length} results are wrong: ${wrong.join(', ')}`;
}

/**
 * Reads what a bench wrote.
 *
 * @param where the file, for messages.
 * @throws {RequestError} `not-json`; `not-a-bench` for a file of another kind or version, or a damaged one.
 */
export function readReport(text: string, where: string): BenchReport {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const what = `is not JSON (${error instanceof Error ? error.message : String(error)})`;
    throw new RequestError({ code: 'not-json', where, what, cure });
  }
  const refuse = (what: string) => new RequestError({ code: 'not-a-bench', where, what, cure });
  if (typeof value !== 'object' || value === null || !('etascopeBench' in value)) {
    throw refuse('is JSON, but not of `etascope bench`');
  }
  if (value.etascopeBench !== 1) throw refuse('is of another version of `etascope bench`');
  const { success, issues } = v.safeParse(reportSchema, value);
  if (success) return value as BenchReport; // of that shape
  const [issue] = issues;
  const fault = `${v.getDotPath(issue)}: ${issue.message}`;
  throw refuse(`is a damaged report of \`etascope bench\` (${fault})`);
}

const time = v.pipe(v.number(), v.gtValue(0));
const texts = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, v.string()]));

/** What a report must have so that it can be shown and compared; it may have more. */
const reportSchema = v.object({
  surroundings: v.object({
    ...texts('date', 'etascope', 'platform', 'processor', 'runtime'),
    commit: v.nullable(v.string()),
    dawn: v.nullable(v.string()),
    cores: v.number(),
    load: v.nullable(v.number()),
  }),
  lanes: v.array(
    v.object({
      ...texts('engine', 'precision', 'device'),
      rates: v.record(v.string(), v.number()),
      measurements: v.array(
        v.object({
          workload: v.string(),
          rounds: v.pipe(
            v.array(v.object({ wallSeconds: time, endToEndSeconds: time, orbitSteps: v.number() })),
            v.minLength(1),
          ),
          findings: v.array(v.object(texts('what'))),
          isRight: v.boolean(),
        }),
      ),
    }),
  ),
  missing: v.array(v.object(texts('engine', 'reason'))),
});

const cure = 'name a file that `etascope bench --json > FILE` wrote';
