import { abouts, workloadNames } from '../../src/bench/abouts.ts';
import { median } from '../../src/bench/median.ts';
import {
  type BenchReport,
  bestClock,
  type LaneReport,
  shareOfCeiling,
  speedsOf,
} from '../../src/bench/report.ts';
import { surroundingsText } from '../../src/cli/bench/surroundings-text.ts';
import { quantity } from '../../src/cli/progress-line.ts';
import { markdownTable } from './markdown.ts';

/** Who a lane is, e.g. `CPU, float64` or `WebGPU, float32, software`. */
export function laneName({ engine, precision, adapter }: LaneReport): string {
  const isSoftware = adapter?.isFallbackAdapter === true;
  return `${engine === 'cpu' ? 'CPU' : 'WebGPU'}, ${precision}${isSoftware ? ', software' : ''}`;
}

/** A bench in all its numbers: a table for each clock, and the share of the ceiling. */
export function benchTables(report: BenchReport): string {
  const { lanes } = report;
  const heads = ['orbit-steps/s', ...lanes.map(laneName)];
  const rowsOf = (cellOf: (lane: LaneReport, name: string) => string) =>
    workloadNames.map((name) => [`\`${name}\``, ...lanes.map((lane) => cellOf(lane, name))]);
  const speeds = rowsOf((lane, name) => speedCell(lane, name));
  const shares = rowsOf((lane, name) => shareCell(lane, name));
  const rates = [
    ['per second', ...lanes.map(laneName)],
    ['multiply-adds', ...lanes.map(({ rates: { multiplyAdds } }) => quantity(multiplyAdds))],
    ['sines', ...lanes.map(({ rates: { sines } }) => (sines ? quantity(sines) : ''))],
    [
      'increments',
      ...lanes.map(({ rates: { increments } }) => (increments ? quantity(increments) : '')),
    ],
  ];
  return `${surroundingsText(report)}.

Speed: by the time in which kernels ran, on the wall, and from the text of a spec to the bytes of its NPZ; in
brackets the slowest and the fastest round by the first.

${markdownTable([heads, ...speeds])}

What the devices do at most of each operation, by kernels that do nothing else:

${markdownTable(rates)}

Share of the ceiling that follows (\`src/bench/ceiling.ts\`), and whether every result of every round was right:

${markdownTable([['of the ceiling', ...lanes.map(laneName)], ...shares])}`;
}

/** One line for each lane of all reports, one column for each workload; for who wants to know roughly. */
export function benchSummary(reports: readonly BenchReport[]): string {
  const rows = reports.flatMap(({ surroundings, lanes }) =>
    lanes.map((lane) => [
      `${lane.engine === 'cpu' ? `${surroundings.processor}, ${surroundings.cores} cores` : lane.device}: ${laneName(lane)}`,
      ...workloadNames.map((name) => middle(lane, name)),
    ]),
  );
  return markdownTable([['orbit-steps/s', ...workloadNames.map((name) => `\`${name}\``)], ...rows]);
}

/** What the workloads are, a list. */
export function workloadList(): string {
  return workloadNames.map((name) => `- \`${name}\`: ${abouts[name]}`).join('\n');
}

function measurementOf({ measurements }: LaneReport, name: string) {
  return measurements.find(({ workload }) => workload === name);
}

function middle(lane: LaneReport, name: string): string {
  const measurement = measurementOf(lane, name);
  return measurement ? quantity(median(speedsOf(measurement, 'wall'))) : '';
}

function speedCell(lane: LaneReport, name: string): string {
  const measurement = measurementOf(lane, name);
  if (!measurement) return '';
  const speeds = speedsOf(measurement, bestClock(measurement));
  const range = [Math.min(...speeds), Math.max(...speeds)].map(quantity).join(' to ');
  const middles = (['kernel', 'wall', 'endToEnd'] as const).map((clock) => {
    const all = speedsOf(measurement, clock);
    return all.length > 0 ? quantity(median(all)) : 'none';
  });
  return `${middles.join(', ')} (${range})`;
}

function shareCell(lane: LaneReport, name: string): string {
  const measurement = measurementOf(lane, name);
  if (!measurement) return '';
  const share = `${(100 * shareOfCeiling(measurement, lane.rates)).toFixed(1)} %`;
  return `${share}${measurement.isRight ? ', right' : ', WRONG'}`;
}
