import { median } from '../../bench/median.ts';
import {
  type BenchReport,
  bestClock,
  type Clock,
  type LaneReport,
  shareOfCeiling,
  speedsOf,
} from '../../bench/report.ts';
import { findingText, isRight } from '../../bench/workload.ts';
import { paragraph } from '../paragraph.ts';
import { quantity } from '../progress-line.ts';
import { surroundingsText } from './surroundings-text.ts';

const heads = ['kernel', 'wall', 'end to end', 'slowest', 'fastest', 'of ceiling', 'result'];
const [NAME, CELL] = [15, 12];

/** A report as a table for people. */
export function benchTable(report: BenchReport): string {
  const { lanes, missing } = report;
  const head = `${paragraph(surroundingsText(report), { width: 100 })}\n`;
  const told = missing.map(({ engine, reason }) => `${engine}: not measured: ${reason}\n`);
  return [head, ...lanes.map(laneTable), ...told].join('\n');
}

function laneTable({ engine, precision, device, rates, measurements }: LaneReport): string {
  const could = [
    `${quantity(rates.multiplyAdds)} multiply-adds`,
    ...(rates.sines === undefined ? [] : [`${quantity(rates.sines)} sines`]),
    ...(rates.increments === undefined ? [] : [`${quantity(rates.increments)} increments`]),
  ];
  const lines = [
    `${engine}, ${precision}, on ${device}`,
    `which does at most ${could.join(', ')} per second`,
    ['orbit-steps/s'.padEnd(NAME), ...heads.map((head) => head.padStart(CELL))].join(''),
  ];
  for (const measurement of measurements) {
    const middle = (clock: Clock) => {
      const speeds = speedsOf(measurement, clock);
      return speeds.length > 0 ? quantity(median(speeds)) : '';
    };
    const speeds = speedsOf(measurement, bestClock(measurement));
    const cells = [
      ...(['kernel', 'wall', 'endToEnd'] as const).map(middle),
      quantity(Math.min(...speeds)),
      quantity(Math.max(...speeds)),
      `${(100 * shareOfCeiling(measurement, rates)).toFixed(1)} %`,
      measurement.isRight ? 'right' : 'WRONG',
    ];
    const { workload, findings } = measurement;
    lines.push(workload.padEnd(NAME) + cells.map((text) => text.padStart(CELL)).join(''));
    for (const finding of findings) if (!isRight(finding)) lines.push(`  ${findingText(finding)}`);
  }
  return `${lines.join('\n')}\n`;
}
