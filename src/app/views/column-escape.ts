import { coordinateText } from '../../export/decimal.ts';
import type { EscapeRequest } from '../../spec/spec.ts';
import { readEscapes } from '../../study/escapes.ts';
import { ifKnown } from '../../study/known.ts';
import { createStudy } from '../../study/study.ts';
import type { Feature } from '../context.ts';
import { createChart, curve, drawChart } from './chart.ts';
import { columnAt, numbersAt, resultOf } from './place.ts';
import { createSection } from './section.ts';
import { sideRoom } from './side-room.ts';

/** How long orbits of the column at the cursor stay: escapes by time, and who stays, with its fit. */
export const columnEscape: Feature = (context) => {
  const { events, signal } = context;
  const times = createChart('Escapes by time in the column at the cursor');
  const stays = createChart('Share of orbits that have stayed, in the column at the cursor');
  const section = createSection(context, 'side', { name: 'escape', title: 'Escape here' }, () =>
    draw(),
  );
  const words = document.createElement('p');
  section.body.append(times, stays, words);

  const draw = () => {
    const result = resultOf(context);
    const request = result?.spec.measures.find(
      (each): each is EscapeRequest => each.measure === 'escape',
    );
    if (!result || !request) {
      words.textContent = 'Shown when the run is done.';
      return;
    }
    const { name, bins, horizon, when } = request;
    const { column } = columnAt(context, result.spec);
    const counts = numbersAt(result, `${name}_histogram`, column, bins);
    const edges = numbersAt(result, `${name}_edges`, 0, bins + 1);
    const [censored = 0] = numbersAt(result, `${name}_censored`, column, 1);
    const escaped = counts.reduce((sum, count) => sum + count, 0);
    const total = escaped + censored;
    // Every time on its own may be a million: of the histogram the fit is as good as the curve shows.
    const escapesOf = readEscapes(createStudy(result, []), { ...request, times: false });
    const fit = ifKnown(escapesOf(column).exponential);
    const across = { from: 1, to: horizon + 1, scale: 'log' } as const;
    drawChart(times, {
      ...sideRoom(section.body, 154),
      across,
      up: { from: 0, to: 1.08 * Math.max(1, ...counts), scale: 'linear' },
      names: { across: `steps to ${when}`, up: 'escapes' },
      shapes: (frame) => [
        curve(
          'filled',
          [
            [1, 0],
            ...counts.flatMap((count, bin) => [
              [edges[bin] ?? 1, count] as const,
              [edges[bin + 1] ?? 1, count] as const,
            ]),
            [horizon + 1, 0],
          ],
          frame,
        ),
      ],
    });
    let left = total;
    const still = counts.map((count, bin) => {
      left -= count;
      return [edges[bin + 1] ?? 1, left > 0 ? left / total : Number.NaN] as const;
    });
    const longest = [...still].reverse().find(([, share]) => share > 0)?.[0] ?? horizon;
    const to = Math.max(2, Math.min(horizon, 1.05 * longest));
    drawChart(stays, {
      ...sideRoom(section.body, 164),
      across: { from: 0, to, scale: 'linear' },
      up: { from: Math.min(0.5, 0.5 / Math.max(1, total)), to: 1.2, scale: 'log' },
      names: { across: 'steps', up: 'still there' },
      shapes: (frame) => [
        ...(fit
          ? [
              curve(
                'theory',
                [
                  [0, 1],
                  [to, Math.exp(-to / fit.time)],
                ],
                frame,
              ),
            ]
          : []),
        curve('measured', [[0, 1], ...still], frame),
      ],
    });
    Object.assign(section.body.dataset, { escaped, censored, time: fit?.time ?? '' });
    words.textContent = `${escaped} of ${total} escaped${fit ? `; dashed: exponential law of ${withError(fit.time, fit.timeError)} steps, by greatest likelihood` : ''}.`;
  };
  events.on(
    'request',
    ({ request }) => {
      const { measures } = request.spec;
      section.offer(measures.some(({ measure }) => measure === 'escape'));
      section.refresh();
    },
    signal,
  );
  for (const event of ['result', 'cursor'] as const) events.on(event, section.refresh, signal);
};

/** A number to the first digit of its error. */
function withError(value: number, error: number): string {
  const digit = 10 ** Math.floor(Math.log10(error));
  return `${coordinateText(value, digit)} ± ${coordinateText(error, digit)}`;
}
