import { median } from '../../src/bench/median.ts';
import { paragraph } from '../../src/cli/paragraph.ts';
import { quantity } from '../../src/cli/progress-line.ts';
import { type Lane, ratiosOf, speedsOf } from '../peers/race.ts';
import {
  cell,
  densityOfIteration,
  entry,
  machineText,
  type Outcome,
  oursBeside,
  ratioText,
} from '../peers/report.ts';
import { orbitStepsOf, workloads } from '../peers/workload.ts';

/** The outcome as a table for people: like is compared with like, so the precision stands beside the name. */
export function tableOf(outcome: Outcome): string {
  const { machine, sweep, contestants, missing, laws, lanes } = outcome;
  const ours = contestants.filter(({ isOurs }) => isOurs);
  const lines: string[] = [
    machineText(machine),
    entry(`${sweep.columns} columns of ${sweep.orbits} orbits, ${sweep.bins} bins`),
    '',
  ];
  for (const workload of workloads) {
    const heads = ours.map(({ precision }) => `${precision}÷`);
    lines.push(
      [
        workload.padEnd(22),
        'precision '.padEnd(11),
        ...['steps/s', 'slowest', 'fastest', 'kernel', 'law', ...heads].map(cell),
      ].join(''),
    );
    for (const lane of lanes.filter(({ work }) => work.workload === workload)) {
      const { name } = lane.contestant;
      const law = laws.find((at) => at.contestant === name && at.workload === workload);
      const shown = law ? `${law.distance.toFixed(4)}` : '';
      lines.push(rowOf(lane, shown, oursBeside(lane, lanes)));
    }
    lines.push('');
  }
  lines.push('density as a share of iteration, which is all it could be:');
  for (const contestant of contestants) {
    const share = densityOfIteration(contestant, lanes).toFixed(2);
    lines.push(`${contestant.name.padEnd(22)}${cell(share)}`);
  }
  lines.push('');
  for (const { name, about } of contestants) lines.push(entry(`${name}: ${about}`));
  for (const reason of new Set(missing.map((one) => one.reason))) {
    const names = missing.filter((one) => one.reason === reason).map(({ name }) => name);
    lines.push(entry(`${names.join(', ')}: not measured: ${reason}`));
  }
  const rounds = lanes[0]?.seconds.length ?? 0;
  lines.push(
    '',
    paragraph(
      `Medians of ${rounds} rounds; every ratio is the median of the ratios within one round; statistics÷, float32÷: how many times as fast etascope's engine of that precision is. steps/s: orbit-steps per second on the wall, all counts in the host's memory. kernel: of the time that the device's clock gives the kernels, where a contestant has it. law: total variation from float64 on the host.`,
      { width: 100 },
    ),
  );
  return `${lines.join('\n')}\n`;
}

function rowOf(lane: Lane, law: string, ours: readonly Lane[]): string {
  const { contestant, kernelSeconds, work } = lane;
  const speeds = speedsOf(lane);
  const kernelSpeeds = kernelSeconds.map((time) => orbitStepsOf(work) / time);
  const cells = [
    quantity(median(speeds)),
    quantity(Math.min(...speeds)),
    quantity(Math.max(...speeds)),
    kernelSpeeds.length > 0 ? quantity(median(kernelSpeeds)) : '',
    law,
    ...ours.map((other) => (other === lane ? '' : ratioText(median(ratiosOf(other, lane))))),
  ];
  return [contestant.name.padEnd(22), contestant.precision.padEnd(11), ...cells.map(cell)]
    .join('')
    .trimEnd();
}
