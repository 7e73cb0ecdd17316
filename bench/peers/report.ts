import { median } from '../../src/bench/median.ts';
import { paragraph } from '../../src/cli/paragraph.ts';
import { memory, quantity } from '../../src/cli/progress-line.ts';
import type { LawDistance } from './agreement.ts';
import type { Contestant } from './contestant.ts';
import type { Field } from './field.ts';
import type { Machine } from './machine.ts';
import { type Lane, ratiosOf, speedsOf } from './race.ts';
import { orbitStepsOf, type Sweep, workloads } from './workload.ts';

/** What was compared, where, and with what outcome. */
export interface Outcome extends Pick<Field, 'contestants' | 'missing'> {
  readonly machine: Machine;
  readonly sweep: Sweep;
  /** How far the law of each is from float64's. */
  readonly laws: readonly LawDistance[];
  readonly lanes: readonly Lane[];
}

/** The outcome as plain data: every round, medians, and ratios to each engine of etascope. */
export function jsonOf({ machine, sweep, contestants, missing, laws, lanes }: Outcome): unknown {
  return {
    machine,
    sweep,
    contestants: contestants.map(({ name, about, precision }) => ({ name, about, precision })),
    missing,
    laws,
    measurements: lanes.map((lane) => ({
      contestant: lane.contestant.name,
      workload: lane.work.workload,
      steps: lane.work.steps,
      orbitSteps: orbitStepsOf(lane.work),
      seconds: lane.seconds,
      processorSeconds: lane.processorSeconds,
      ...(lane.kernelSeconds.length > 0 ? { kernelSeconds: lane.kernelSeconds } : {}),
      orbitStepsPerSecond: median(speedsOf(lane)),
      orbitStepsPerProcessorSecond: median(coreSpeedsOf(lane)),
      /** Speed of each engine of etascope over this one's. */
      ratios: Object.fromEntries(
        oursBeside(lane, lanes).map((ours) => [ours.contestant.name, median(ratiosOf(ours, lane))]),
      ),
    })),
    densityOfIteration: Object.fromEntries(
      contestants.map((contestant) => [contestant.name, densityOfIteration(contestant, lanes)]),
    ),
  };
}

/** The outcome as a table for people. */
export function tableOf({ machine, contestants, missing, lanes }: Outcome): string {
  const ours = contestants.filter(({ isOurs }) => isOurs);
  const lines: string[] = [machineText(machine), ''];
  for (const workload of workloads) {
    const rows = lanes.filter(({ work }) => work.workload === workload);
    const heads = ours.map(({ name }) => `${name.replace('etascope ', '')} ÷ it`);
    lines.push(
      [
        workload.padEnd(18),
        ...['steps/s', 'slowest', 'fastest', 'a core', 'cores', ...heads].map(cell),
      ].join(''),
    );
    for (const lane of rows) lines.push(rowOf(lane, oursBeside(lane, lanes)));
    lines.push('');
  }
  lines.push('density as a share of iteration, which is all it could be:');
  for (const contestant of contestants) {
    lines.push(
      `${contestant.name.padEnd(18)}${cell(densityOfIteration(contestant, lanes).toFixed(2))}`,
    );
  }
  lines.push('');
  for (const { name, about } of contestants) lines.push(entry(`${name}: ${about}`));
  for (const { name, reason } of missing) lines.push(entry(`${name}: not measured: ${reason}`));
  const rounds = lanes[0]?.seconds.length ?? 0;
  lines.push(
    '',
    paragraph(
      `Medians of ${rounds} rounds; every ratio is the median of the ratios within one round. steps/s: orbit-steps per second on the wall, processes and engines warm, planning and merging included. a core: orbit-steps per second of processor time, which another program on the machine disturbs less. cores: processor time per second.`,
      { width: 100 },
    ),
  );
  return `${lines.join('\n')}\n`;
}

/** The machine in words. */
export function machineText(machine: Machine): string {
  const { date, processor, cores, memoryBytes, platform, load, etascope, node, compiler } = machine;
  const { dawn, devices, commit } = machine;
  return paragraph(
    `${date}: ${processor}, ${cores} cores, ${memory(memoryBytes)}, ${platform}; load ${load.map((mean) => mean.toFixed(2)).join(' ')}; etascope ${etascope}, Node ${node}, ${dawn === null ? 'no Dawn' : `Dawn of webgpu ${dawn}`}, ${compiler ?? 'no C compiler'}${devices.map((device) => `; ${device}`).join('')}${commit === null ? '' : `; commit ${commit}`}`,
    { width: 100 },
  );
}

function rowOf(lane: Lane, ours: readonly Lane[]): string {
  const speeds = speedsOf(lane);
  const busy = lane.processorSeconds.map((time, round) => time / (lane.seconds[round] ?? 1));
  const ratios = ours.map((other) =>
    other === lane ? '' : ratioText(median(ratiosOf(other, lane))),
  );
  return [
    lane.contestant.name.padEnd(18),
    ...[
      quantity(median(speeds)),
      quantity(Math.min(...speeds)),
      quantity(Math.max(...speeds)),
      quantity(median(coreSpeedsOf(lane))),
      median(busy).toFixed(2),
      ...ratios,
    ].map(cell),
  ]
    .join('')
    .trimEnd();
}

/** Lanes of etascope's engines in the same workload. */
export function oursBeside({ work }: Lane, lanes: readonly Lane[]): readonly Lane[] {
  return lanes.filter((other) => other.contestant.isOurs && other.work.workload === work.workload);
}

/** Orbit-steps per second of processor time, round by round. */
function coreSpeedsOf({ work, processorSeconds }: Lane): readonly number[] {
  return processorSeconds.map((time) => orbitStepsOf(work) / time);
}

/** The density's share of the speed of iteration, the median over rounds. */
export function densityOfIteration(contestant: Contestant, lanes: readonly Lane[]): number {
  const [iteration, density] = workloads.map((workload) =>
    lanes.find((lane) => lane.contestant === contestant && lane.work.workload === workload),
  );
  return iteration && density ? median(ratiosOf(density, iteration)) : Number.NaN;
}

/** A ratio with three digits. */
export function ratioText(ratio: number): string {
  return ratio < 100 ? ratio.toPrecision(3) : ratio.toFixed(0);
}

/** A cell of a table. */
export function cell(text: string): string {
  return text.padStart(13);
}

/** A line of a list, wrapped. */
export function entry(text: string): string {
  return paragraph(text, { width: 100, indent: 2 });
}
