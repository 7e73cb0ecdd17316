import type { Comparison } from '../../bench/compare.ts';
import type { BenchReport } from '../../bench/report.ts';

/** A comparison of two benches as a table for people. */
export function comparisonTable(
  comparisons: readonly Comparison[],
  reports: readonly [BenchReport, BenchReport],
  names: readonly [string, string],
): string {
  const lines = reports.map(({ surroundings, lanes }, at) => {
    const { date, commit, runtime, processor } = surroundings;
    const devices = [...new Set(lanes.map(({ device }) => device))].join('; ');
    return `${'AB'[at]} ${names[at]}: ${date}, commit ${commit ?? 'unknown'}, ${runtime}, ${processor}; ${devices}`;
  });
  lines.push('', `${'B over A'.padEnd(44)}${'ratio'.padStart(8)}${'spread'.padStart(16)}`);
  for (const { engine, precision, workload, clock, ratio, spread, verdict } of comparisons) {
    const name = `${engine} ${precision} ${workload} (${clock})`.padEnd(44);
    const range = spread.map((value) => value.toFixed(2)).join(' to ');
    lines.push(`${name}${ratio.toFixed(3).padStart(8)}${range.padStart(16)}  ${verdict}`);
  }
  const others = comparisons.filter(({ devices: [first, second] }) => first !== second);
  for (const engine of new Set(others.map((one) => one.engine))) {
    lines.push(`${engine}: not the same device in both: the ratio is of devices, not of programs`);
  }
  return `${lines.join('\n')}\n`;
}
