import { axisValues } from '../../spec/axis.ts';
import type { Spec } from '../../spec/spec.ts';
import { valueAt } from '../../view/viewport.ts';
import type { SessionContext } from '../context.ts';
import type { Explorable } from '../explorable.ts';
import { createLawAsker } from './ask-laws.ts';
import { band, type ChartDrawing, curve, drawChart, level, upright } from './chart.ts';
import type { LawQuestion } from './laws.ts';
import { resultOf } from './place.ts';

/** Places along the window where theory is drawn. */
const PLACES = 129;

/** Where a curve of exponents is drawn, and what is said beside it. */
export interface CurvePlace {
  readonly chart: SVGSVGElement;
  room(): Pick<ChartDrawing, 'width' | 'height' | 'margins'>;
  say(words: string): void;
  /** Whether the cursor is drawn; over the plot, its own crosshair is. */
  readonly hasCursor: boolean;
}

/** Whether the exponents of a spec are over one axis, and so a curve. */
export const hasExponents = ({ axes, measures }: Spec): boolean =>
  axes.length === 1 && measures.some(({ measure }) => measure === 'lyapunov');

/** Whether that curve is all that there is to see of a request, and has the place of the picture. */
export const isExponentFigure = ({ kind, spec }: Explorable): boolean =>
  kind === 'none' && hasExponents(spec);

/**
 * The largest Lyapunov exponent over an axis, with its standard error and the theory.
 *
 * @returns draws it, now and again when theory has answered.
 */
export function createExponentCurve(
  context: SessionContext,
  { chart, room, say, hasCursor }: CurvePlace,
): () => void {
  const asker = createLawAsker(context.signal);
  let theory: readonly (readonly [number, number])[] = [];

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
      ...room(),
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
        curve(
          'measured',
          rows.map(([across, value]) => [across, value] as const),
          frame,
        ),
        curve('theory', theory, frame), // above: where both agree the dashes show it
        ...(cursor && hasCursor ? [upright('cursor', cursor.across, frame)] : []),
      ],
    });
    const known = theory.some(([, value]) => Number.isFinite(value));
    say(known ? 'line: measured; dashed: theory' : '');
  };
  return () => {
    ask();
    paint();
  };
}

/** Axis value, largest exponent and its standard error of each column of the result. */
function exponentsOf(context: SessionContext): readonly (readonly [number, number, number])[] {
  const result = resultOf(context);
  const request = result?.spec.measures.find(({ measure }) => measure === 'lyapunov');
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
