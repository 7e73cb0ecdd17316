import type { Result } from '../../engine/result.ts';
import { requestsOf } from '../../spec/measures/registry.ts';
import type { Cursor, Feature, SessionContext } from '../context.ts';
import { parameterLabel } from '../explorable.ts';
import { usualPeriod } from './period-strip.ts';
import { columnAt, numbersAt, resultOf } from './place.ts';

/** Least time between two sentences, milliseconds: who listens hears the last to its end. */
const PAUSE = 600;

/** Says in a sentence what the run found at the cursor, to those who do not see the picture. */
export const spokenCursor: Feature = (context) => {
  const { page, events, signal } = context;
  const sentence = document.createElement('p');
  sentence.className = 'spoken';
  sentence.setAttribute('role', 'status');
  page.side.append(sentence);
  let timer = 0;
  const say = () => {
    timer = 0;
    const words = sentenceOf(context);
    if (sentence.textContent !== words) sentence.textContent = words;
  };
  const plan = () => {
    if (timer === 0) timer = window.setTimeout(say, PAUSE);
  };
  events.on('cursor', plan, signal);
  events.on('result', plan, signal);
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
};

/** E.g. `η = 0.0032, period 4, λ = −0.21` or `x = 0.5, y = 1, 12 visits`; empty without a cursor. */
export function sentenceOf(context: SessionContext): string {
  const { cursor, state } = context;
  const result = resultOf(context);
  if (cursor && result && state.request.kind === 'joint') return visitsAt(result, cursor);
  if (!cursor || !result || result.spec.axes.length !== 1) return '';
  const { spec } = result;
  const [axis] = spec.axes;
  if (!axis) return '';
  const { column } = columnAt(context, spec);
  const parts = [`${parameterLabel(axis.parameter)} = ${brief(cursor.across)}`];
  for (const request of spec.measures) {
    if (request.measure === 'period') {
      const period = usualPeriod(numbersAt(result, request.name, column, spec.ensemble.orbits));
      parts.push(period === 0 ? `no period up to ${request.max}` : `period ${period}`);
    }
    if (request.measure === 'lyapunov') {
      const [value = Number.NaN] = numbersAt(result, request.name, column, request.exponents);
      parts.push(`λ = ${value.toFixed(2).replace('-', '−')}`);
    }
  }
  return parts.join(', ');
}

/** How often the cell of a joint density was visited that is at the cursor. */
function visitsAt({ spec, arrays }: Result, { across, up }: Cursor): string {
  const [first] = requestsOf(spec.measures, 'joint-density');
  if (!first) return '';
  const { name, of, range, bins } = first.request;
  const cells = [across, up].map((value, side) => {
    const [lo = 0, hi = 1] = range[side] ?? [];
    return Math.floor(((value - lo) / (hi - lo)) * (bins[side] ?? 1));
  });
  const [column = -1, row = -1] = cells;
  const isInside = column >= 0 && column < bins[0] && row >= 0 && row < bins[1];
  const visits = isInside ? arrays[name]?.data[column * bins[1] + row] : undefined;
  const place = `${of[0]} = ${brief(across)}, ${of[1]} = ${brief(up)}`;
  return visits === undefined
    ? place
    : `${place}, ${visits} ${Number(visits) === 1 ? 'visit' : 'visits'}`;
}

const brief = (value: number) => String(Number(value.toPrecision(4))).replace('-', '−');
