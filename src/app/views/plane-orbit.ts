import { contourPath } from '../../figure/contour-path.ts';
import type { ContourMark } from '../../figure/figure.ts';
import { levelsOf } from '../../study/macro-plane.ts';
import { shape } from '../../view/svg.ts';
import type { Feature } from '../context.ts';
import { createChart, curve, dots, drawChart } from './chart.ts';
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
      from + ((place + 0.5) * (to - from)) / PLACES;
    const heights = Array.from({ length: PLACES ** 2 }, (_, cell) => {
      const [row, column] = [Math.floor(cell / PLACES), cell % PLACES];
      return landscape.values([at(left, right, column), at(low, high, row)]).macro;
    });
    const lines: Omit<ContourMark, 'mark'> = {
      ...{ columns: PLACES, rows: PLACES, values: heights, levels: levelsOf(heights, LEVELS) },
      ...{ x: [left, right], y: [low, high] },
    };
    const point = ([x = 0, y = 0]: readonly number[]) => [x, y] as const;
    drawChart(chart, {
      ...sideRoom(section.body, 250),
      across: { from: left, to: right, scale: 'linear' },
      up: { from: low, to: high, scale: 'linear' },
      names: { across, up },
      shapes: (frame) => [
        shape('path', {
          class: 'contour',
          d: contourPath(lines, { ...frame, x: frame.across, y: frame.up }),
        }),
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
