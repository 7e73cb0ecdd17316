import { axisValues } from '../../spec/axis.ts';
import type { Spec } from '../../spec/spec.ts';
import { valueAt } from '../../view/viewport.ts';
import type { Feature, SessionContext } from '../context.ts';
import { createLawAsker } from './ask-laws.ts';
import { band, createChart, curve, drawChart, level, upright } from './chart.ts';
import type { LawQuestion } from './laws.ts';
import { resultOf } from './place.ts';
import { createSection } from './section.ts';
import { stripRoom } from './strip-room.ts';

const HEIGHT = 92; // px
/** Places along the window where theory is drawn. */
const PLACES = 129;

/** The largest Lyapunov exponent along the axis of the map, with its standard error and the theory. */
export const exponentStrip: Feature = (context) => {
  const { events, signal } = context;
  const asker = createLawAsker(signal);
  const chart = createChart('Largest Lyapunov exponent along the axis');
  const section = createSection(
    context,
    'strips',
    { name: 'exponent', title: 'Lyapunov exponent λ' },
    () => draw(),
  );
  section.body.append(chart);
  let theory: readonly (readonly [number, number])[] = [];

  const renew = () => {
    const { spec } = context.state.request;
    section.offer(spec.axes.length === 1 && requestOf(spec) !== undefined);
    section.refresh();
  };
  const ask = () => {
    const question = questionOf(context);
    if (!question) {
      theory = [];
      return;
    }
    const { places, ...asked } = question;
    asker.ask(asked, ({ exponents = [] }) => {
      theory = places.map((place, at) => [place, exponents[at] ?? Number.NaN] as const);
      paint();
    });
  };
  const draw = () => {
    ask();
    paint();
  };
  const paint = () => {
    const rows = exponentsOf(context);
    const finite = [
      ...rows,
      ...theory.map(([across, value]) => [across, value, 0] as const),
    ].filter(([, value, error]) => Number.isFinite(value) && Number.isFinite(error));
    const shown = finite.flatMap(([, value, error]) => [value - error, value + error]);
    const low = shown.reduce((least, value) => Math.min(least, value), -0.1);
    const high = shown.reduce((most, value) => Math.max(most, value), 0.1);
    // A superstable cycle sends the exponent far down: what is cut off there tells little.
    const floor = Math.max(low, -3 * Math.max(1, high));
    const pad = 0.06 * (high - floor);
    const { cursor, viewport } = context;
    drawChart(chart, {
      ...stripRoom(context, chart, HEIGHT),
      across: viewport.across,
      up: { from: floor - pad, to: high + pad, scale: 'linear' },
      names: { up: 'λ' },
      shapes: (frame) => [
        level('zero', 0, frame),
        band(
          'error',
          rows.map(([across, value, error]) => [across, value - error, value + error]),
          frame,
        ),
        curve('theory', theory, frame),
        curve(
          'measured',
          rows.map(([across, value]) => [across, value] as const),
          frame,
        ),
        ...(cursor ? [upright('cursor', cursor.across, frame)] : []),
      ],
    });
    const known = theory.some(([, value]) => Number.isFinite(value));
    section.say(known ? 'line: measured; dashed: theory, ln(η/ε) + m' : '');
  };
  events.on('request', renew, signal);
  for (const event of ['result', 'viewport', 'cursor'] as const) {
    events.on(event, section.refresh, signal);
  }
};

const requestOf = (spec: Spec) => spec.measures.find(({ measure }) => measure === 'lyapunov');

/** Axis value, largest exponent and its standard error of each column of the result. */
function exponentsOf(context: SessionContext): readonly (readonly [number, number, number])[] {
  const result = resultOf(context);
  const request = result && requestOf(result.spec);
  const [axis] = result?.spec.axes ?? [];
  if (!result || !axis || request?.measure !== 'lyapunov') return [];
  const { name, exponents } = request;
  const values = result.arrays[name]?.data;
  const errors = result.arrays[`${name}_stderr`]?.data;
  return Array.from(axisValues(axis), (across, column) => {
    const [value, error] = [values, errors].map((data) => Number(data?.[column * exponents]));
    return [across, value ?? Number.NaN, error ?? Number.NaN];
  });
}

function questionOf({
  state,
  viewport,
}: SessionContext): (LawQuestion & { readonly places: readonly number[] }) | undefined {
  const { spec } = state.request;
  const [axis, ...others] = spec.axes;
  if (!axis || others.length > 0) return undefined;
  const window = { ...spec, axes: [{ ...axis, ...viewport.across, count: PLACES }] };
  const places = Array.from({ length: PLACES }, (_, place) =>
    valueAt(viewport.across, (place + 0.5) / PLACES),
  );
  return { kind: 'exponents', spec: window, places };
}
