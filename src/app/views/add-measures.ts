import type { Feature } from '../context.ts';
import { parseExplorable } from '../explorable.ts';
import { createToolButton } from '../map/tool-button.ts';

const additions = [
  {
    measure: 'lyapunov',
    words: 'add λ',
    title: 'Measure the Lyapunov exponent as well, and draw it under the map',
  },
  {
    measure: 'period',
    words: 'add periods',
    title: 'Look for the period of every orbit as well, and draw it under the map',
  },
] as const;

/** Tools to add to the request what the strips under the map show. */
export const addMeasures: Feature = (context) => {
  const { page, events, signal } = context;
  for (const { measure, words, title } of additions) {
    const { element } = createToolButton({ words, title }, () => {
      const { spec } = context.state.request;
      try {
        const measures = [...spec.measures, { measure }];
        context.request(parseExplorable({ ...spec, measures }));
      } catch (error) {
        context.complain(error);
      }
    });
    element.hidden = true;
    page.tools.append(element);
    events.on(
      'request',
      ({ request: { spec } }) => {
        const isThere = spec.measures.some((each) => each.measure === measure);
        element.hidden = isThere || spec.axes.length !== 1;
      },
      signal,
    );
  }
};
