import type { Measurement } from '../measure.ts';
import { median } from '../median.ts';
import { bestClock, type LaneReport, shareOfCeiling, speedsOf } from '../report.ts';
import { findingText, isRight } from '../workload.ts';

const heads = [
  'orbit-steps/s',
  'kernel',
  'wall',
  'end to end',
  'slowest',
  'fastest',
  'of ceiling',
  'result',
];

/** What one engine did, as a table with what its device could do at most. */
export function laneView(lane: LaneReport): HTMLElement {
  const { engine, precision, device, rates, measurements } = lane;
  const section = document.createElement('section');
  const title = document.createElement('h2');
  title.textContent = `${engine}, ${precision}, on ${device}`;
  const could = document.createElement('p');
  could.textContent = `At most per second: ${Object.entries(rates)
    .map(([name, rate]) => `${quantity(rate)} ${words[name] ?? name}`)
    .join(', ')}.`;
  const table = document.createElement('table');
  table.append(row('th', heads));
  for (const measurement of measurements) {
    const speeds = speedsOf(measurement, bestClock(measurement));
    const middles = (['kernel', 'wall', 'endToEnd'] as const).map((clock) => {
      const all = speedsOf(measurement, clock);
      return all.length > 0 ? quantity(median(all)) : '';
    });
    const share = `${(100 * shareOfCeiling(measurement, rates)).toFixed(1)} %`;
    const range = [Math.min(...speeds), Math.max(...speeds)].map(quantity);
    const verdict = measurement.isRight ? 'right' : 'WRONG';
    const made = row('td', [measurement.workload, ...middles, ...range, share, verdict]);
    made.title = measurement.findings.map(findingText).join('\n');
    made.classList.toggle('wrong', !measurement.isRight);
    table.append(made);
  }
  const frame = document.createElement('div');
  frame.className = 'frame';
  frame.tabIndex = 0; // a table that scrolls must be reachable by keys
  frame.role = 'region';
  frame.ariaLabel = title.textContent;
  frame.append(table);
  section.append(title, could, frame, ...measurements.flatMap(wrongLines));
  return section;
}

/** What was wrong in a measurement, a line each. */
function wrongLines({ workload, findings }: Measurement): readonly HTMLElement[] {
  return findings
    .filter((finding) => !isRight(finding))
    .map((finding) => {
      const line = document.createElement('p');
      line.className = 'wrong';
      line.textContent = `${workload}: ${findingText(finding)}`;
      return line;
    });
}

const words: Readonly<Record<string, string>> = { multiplyAdds: 'multiply-adds' };

function row(cell: 'th' | 'td', texts: readonly string[]): HTMLTableRowElement {
  const made = document.createElement('tr');
  for (const text of texts) {
    const one = document.createElement(cell);
    one.textContent = text;
    made.append(one);
  }
  return made;
}

/** Three digits and an SI prefix, as the language of the page writes numbers. */
function quantity(count: number): string {
  const rounded = Number(count.toPrecision(3));
  const order = Math.max(0, Math.min(5, Math.floor(Math.log10(rounded) / 3)));
  return `${(rounded / 1000 ** order).toPrecision(3)} ${['', 'k', 'M', 'G', 'T', 'P'][order]}`.trim();
}
