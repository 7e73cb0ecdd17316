import type { Feature } from '../context.ts';
import { createChart } from './chart.ts';
import { createExponentCurve, hasExponents, isExponentFigure } from './exponent-curve.ts';
import { createSection } from './section.ts';
import { stripRoom } from './strip-room.ts';

const HEIGHT = 92; // px

/** The largest Lyapunov exponent along the axis of the map; alone it has the place of the picture. */
export const exponentStrip: Feature = (context) => {
  const { events, signal } = context;
  const chart = createChart('Largest Lyapunov exponent along the axis');
  const section = createSection(
    context,
    'strips',
    { name: 'exponent', title: 'Lyapunov exponent λ' },
    () => draw(),
  );
  section.body.append(chart);
  const draw = createExponentCurve(context, {
    chart,
    room: () => stripRoom(context, chart, HEIGHT),
    say: section.say,
    hasCursor: true,
  });
  events.on(
    'request',
    ({ request }) => {
      section.offer(hasExponents(request.spec) && !isExponentFigure(request));
      section.refresh();
    },
    signal,
  );
  for (const event of ['result', 'viewport', 'cursor'] as const) {
    events.on(event, section.refresh, signal);
  }
};
