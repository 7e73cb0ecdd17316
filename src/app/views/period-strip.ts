import type { PeriodRequest } from '../../spec/measures/period.ts';
import type { Spec } from '../../spec/spec.ts';
import { shape } from '../../view/svg.ts';
import { valueAt } from '../../view/viewport.ts';
import type { Feature, SessionContext } from '../context.ts';
import { createChart, drawChart, upright, xOf } from './chart.ts';
import { resultOf } from './place.ts';
import { createSection } from './section.ts';
import { stripRoom } from './strip-room.ts';

const HEIGHT = 26; // px
/** Longest legend. */
const MOST_NAMED = 8;

/** The period that most orbits of each column have come to, in colours with their names. */
export const periodStrip: Feature = (context) => {
  const { events, signal } = context;
  const chart = createChart('Period that most orbits come to, along the axis');
  const section = createSection(context, 'strips', { name: 'periods', title: 'Period' }, () =>
    draw(),
  );
  const legend = document.createElement('p');
  legend.className = 'period-legend';
  section.body.append(chart, legend);

  const draw = () => {
    const runs = runsOf(context);
    const { cursor, viewport } = context;
    drawChart(chart, {
      ...stripRoom(context, chart, HEIGHT),
      across: viewport.across,
      up: { from: 0, to: 1, scale: 'linear' },
      names: {},
      shapes: (frame) => [
        ...runs.map(({ period, from, to }) => {
          const [x, end] = [xOf(frame, from), xOf(frame, to)];
          const size = { x, y: 0, width: Math.max(0.5, end - x), height: frame.height };
          return shape('rect', { ...size, fill: colourOf(period), 'data-period': period });
        }),
        ...(cursor ? [upright('cursor', cursor.across, frame)] : []),
      ],
    });
    const request = requestOf(context.state.request.spec);
    const periods = [...new Set(runs.map(({ period }) => period))].sort((a, b) => a - b);
    const cycles = periods.filter((period) => period > 0);
    legend.replaceChildren(
      ...cycles.slice(0, MOST_NAMED).map((period) => entry(period, `period ${period}`)),
      ...(cycles.length > MOST_NAMED ? [`and ${cycles.length - MOST_NAMED} more`] : []),
      ...(periods.includes(0) ? [entry(0, `none up to ${request?.max}`)] : []),
    );
  };
  events.on(
    'request',
    ({ request: { spec } }) => {
      section.offer(spec.axes.length === 1 && requestOf(spec) !== undefined);
      section.refresh();
    },
    signal,
  );
  for (const event of ['result', 'viewport', 'cursor'] as const) {
    events.on(event, section.refresh, signal);
  }
};

const requestOf = ({ measures }: Spec): PeriodRequest | undefined =>
  measures.find((request): request is PeriodRequest => request.measure === 'period');

/** The period of most orbits, the shorter of two as frequent. */
export function usualPeriod(periods: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const period of periods) counts.set(period, (counts.get(period) ?? 0) + 1);
  const [usual] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  return usual?.[0] ?? 0;
}

interface Run {
  readonly period: number;
  readonly from: number;
  readonly to: number;
}

/** Neighbouring columns of equal period, with the axis values where they begin and end. */
function runsOf(context: SessionContext): readonly Run[] {
  const result = resultOf(context);
  const request = result && requestOf(result.spec);
  const [axis] = result?.spec.axes ?? [];
  if (!result || !axis || !request) return [];
  const { orbits } = result.spec.ensemble;
  const data = result.arrays[request.name]?.data;
  if (!data) return [];
  const runs: Run[] = [];
  for (let column = 0; column < axis.count; column++) {
    const all = Array.from(data.subarray(column * orbits, (column + 1) * orbits), Number);
    const period = usualPeriod(all);
    const last = runs.at(-1);
    const from = last?.to ?? axis.from;
    const to = valueAt(axis, (column + 1) / axis.count);
    if (last?.period === period) runs.splice(-1, 1, { ...last, to });
    else runs.push({ period, from, to });
  }
  return runs;
}

/** A colour for each period: along a cascade of doublings the hue turns, from another place for each odd factor. */
function colourOf(period: number): string {
  if (period === 0) return 'var(--view-none)';
  const doublings = Math.log2(period & -period);
  const odd = period / 2 ** doublings;
  if (odd === 1) return `hsl(${(572 - 43 * doublings) % 360} 62% 56%)`;
  return `hsl(${(310 + 23 * (odd - 3) + 14 * doublings) % 360} 50% 70%)`;
}

function entry(period: number, words: string): HTMLElement {
  const element = document.createElement('span');
  const swatch = document.createElement('i');
  swatch.style.background = colourOf(period);
  element.append(swatch, words);
  return element;
}
