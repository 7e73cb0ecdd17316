import { quantity } from '../../src/cli/progress-line.ts';
import type { Machine } from '../peers/machine.ts';
import { ratioText } from '../peers/report.ts';
import { type Workload, workloads } from '../peers/workload.ts';
import { markdownTable } from './markdown.ts';

/** The part of what `npm run bench:peers -- --json` writes that is shown. */
export interface PeersReport {
  readonly machine: Machine;
  readonly contestants: readonly { readonly name: string; readonly precision: string }[];
  readonly measurements: readonly {
    readonly contestant: string;
    readonly workload: Workload;
    readonly orbitStepsPerSecond: number;
    /** Speed of each engine of etascope over this one's. */
    readonly ratios: Readonly<Record<string, number>>;
  }[];
}

/** A race as a table: speeds, and in brackets how many times as fast `ours` was in the same rounds. */
export function peersTable({ contestants, measurements }: PeersReport, ours: string): string {
  const rows = contestants.map(({ name, precision }) => [
    `${name} (${precision})`,
    ...workloads.map((workload) => {
      const found = measurements.find(
        (each) => each.contestant === name && each.workload === workload,
      );
      if (!found) return '';
      const ratio = found.ratios[ours];
      const times = name === ours || ratio === undefined ? '' : ` (${ratioText(ratio)})`;
      return `${quantity(found.orbitStepsPerSecond)}${times}`;
    }),
  ]);
  return markdownTable([['orbit-steps/s', ...workloads], ...rows]);
}

/** Where and when a race was held, a sentence. */
export function raceText({ machine }: PeersReport): string {
  const { processor, cores, node, compiler, devices, date, load } = machine;
  const where = [`${processor}, ${cores} cores`, ...devices, `Node ${node}`];
  return [
    ...where,
    ...(compiler === null ? [] : [compiler]),
    date.slice(0, 10),
    `load ${load[0]?.toFixed(2)} when it began`,
  ].join('; ');
}
