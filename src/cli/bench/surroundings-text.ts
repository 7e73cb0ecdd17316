import type { BenchReport } from '../../bench/report.ts';

/** Where and when a bench was made, a sentence. */
export function surroundingsText({
  surroundings,
  lanes,
}: Pick<BenchReport, 'surroundings' | 'lanes'>): string {
  const { date, processor, cores, runtime, dawn, commit, load } = surroundings;
  const devices = lanes.flatMap(({ adapter, device }) => (adapter ? [device] : []));
  return [
    `${processor}, ${cores} cores`,
    ...new Set(devices),
    runtime,
    ...(dawn === null ? [] : [`Dawn of webgpu ${dawn}`]),
    `commit ${commit === null ? 'unknown' : commit.slice(0, 8) + (commit.endsWith('+') ? ' and changes' : '')}`,
    date.slice(0, 10),
    ...(load === null ? [] : [`load ${load} when it began`]),
  ].join('; ');
}
