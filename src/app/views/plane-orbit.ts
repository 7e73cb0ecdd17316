import { shape } from '../../view/svg.ts';
import type { Feature } from '../context.ts';
import { type ChartFrame, createChart, curve, dots, drawChart, xOf, yOf } from './chart.ts';
import { around, here } from './here.ts';
import { createSection } from './section.ts';
import { sideRoom } from './side-room.ts';

/** Places along each side at which the macro part is computed, and lines of equal height. */
const [PLACES, LEVELS] = [49, 12];

/** The orbit at the cursor in the plane of two variables, over the level lines of the macro part. */
export const planeOrbit: Feature = (context) => {
  const { events, signal } = context;
  const chart = createChart('Orbit at the cursor over the level lines of the macro part');
  const section = createSection(
    context,
    'side',
    { name: 'plane', title: 'Orbit over the contours of f₀' },
    () => draw(),
  );
  section.body.append(chart);

  const draw = () => {
    const found = here(context);
    if (!found) return;
    const { landscape, orbit, start } = found;
    const states = [...(orbit?.first ?? [start]), ...(orbit?.settled ?? [])];
    const [left, right] = around(states.map(([x = 0]) => x));
    const [low, high] = around(states.map(([, y = 0]) => y));
    const [across = 'x', up = 'y'] = context.state.request.spec.objective.variables;
    const at = (from: number, to: number, place: number) =>
      from + (place * (to - from)) / (PLACES - 1);
    const heights = Array.from({ length: PLACES ** 2 }, (_, cell) => {
      const [row, column] = [Math.floor(cell / PLACES), cell % PLACES];
      return landscape.values([at(left, right, column), at(low, high, row)]).macro;
    });
    const point = ([x = 0, y = 0]: readonly number[]) => [x, y] as const;
    drawChart(chart, {
      ...sideRoom(section.body, 250),
      across: { from: left, to: right, scale: 'linear' },
      up: { from: low, to: high, scale: 'linear' },
      names: { across, up },
      shapes: (frame) => [
        shape('path', { class: 'contour', d: contours(heights, frame) }),
        curve('path', (orbit?.first ?? []).map(point), frame),
        ...dots('past', (orbit?.first ?? [start]).map(point), frame, 1.5),
        ...dots('orbit', (orbit?.settled ?? []).map(point), frame, 2.5),
      ],
    });
  };
  events.on(
    'request',
    ({ request }) => {
      section.offer(request.spec.objective.variables.length === 2);
      section.refresh();
    },
    signal,
  );
  for (const event of ['cursor', 'viewport'] as const) events.on(event, section.refresh, signal);
};

/** Level lines of heights on a grid over the whole frame, taken as linear in triangles; rows from below. */
function contours(heights: readonly number[], frame: ChartFrame): string {
  const finite = heights.filter(Number.isFinite).sort((a, b) => a - b);
  // Equal shares of the plane between lines: a bowl has as many near its bottom as at its rim.
  const levels = Array.from(
    { length: LEVELS },
    (_, level) => finite[Math.floor(((level + 0.5) * finite.length) / LEVELS)] ?? Number.NaN,
  );
  const { across, up } = frame;
  const xAt = (column: number) =>
    xOf(frame, across.from + (column / (PLACES - 1)) * (across.to - across.from));
  const yAt = (row: number) => yOf(frame, up.from + (row / (PLACES - 1)) * (up.to - up.from));
  const height = ([column, row]: Corner) => heights[row * PLACES + column] ?? Number.NaN;
  const crossing = (a: Corner, b: Corner, level: number): string | undefined => {
    const [ha, hb] = [height(a), height(b)];
    if (ha < level === hb < level || !Number.isFinite(ha + hb)) return undefined;
    const share = (level - ha) / (hb - ha);
    const x = xAt(a[0] + share * (b[0] - a[0]));
    const y = yAt(a[1] + share * (b[1] - a[1]));
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  let path = '';
  for (let row = 0; row + 1 < PLACES; row++) {
    for (let column = 0; column + 1 < PLACES; column++) {
      const [a, b]: [Corner, Corner] = [
        [column, row],
        [column + 1, row],
      ];
      const [c, d]: [Corner, Corner] = [
        [column, row + 1],
        [column + 1, row + 1],
      ];
      for (const [p, q, r] of [
        [a, b, c],
        [d, c, b],
      ] as const) {
        for (const level of levels) {
          const ends = [crossing(p, q, level), crossing(q, r, level), crossing(r, p, level)];
          const [from, to] = ends.filter((end) => end !== undefined);
          if (from && to) path += `M${from}L${to}`;
        }
      }
    }
  }
  return path;
}

type Corner = readonly [column: number, row: number];
