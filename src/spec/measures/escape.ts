import * as v from 'valibot';
import { checkFormula } from '../check-formula.ts';
import { count, formulaText, measureName } from '../fields.ts';
import { limits } from '../limits.ts';
import type { MeasureKind } from './kind.ts';

/** The number of steps to the first state that satisfies a condition, counted from the start. */
export interface EscapeRequest {
  readonly measure: 'escape';
  /** Prefix of its arrays. */
  readonly name: string;
  /** A comparison of formulas, such as `x > 0`. */
  readonly when: string;
  /** Steps after which an orbit that stayed is given up. */
  readonly horizon: number;
  /** Cells of the histogram of times, of equal ratio. */
  readonly bins: number;
  /** Whether the time of every orbit is kept. */
  readonly times: boolean;
}

const schema = v.pipe(
  v.strictObject({
    measure: v.literal('escape'),
    name: measureName('escape'),
    when: formulaText('When an orbit has escaped: a comparison, such as x > 0 or abs(x) > 2.'),
    horizon: v.optional(
      count(
        limits.steps,
        'Steps from the start after which an orbit has stayed; default skip + keep.',
      ),
    ),
    bins: v.optional(count(limits.bins, 'Cells of the histogram of times, of equal ratio.'), 64),
    times: v.optional(
      v.pipe(v.boolean(), v.description('Whether the time of every orbit is an array of its own.')),
      false,
    ),
  }),
  v.description('Steps from the start to the first state that satisfies a condition.'),
);

export const escapes = {
  measure: 'escape',
  schema,
  isSingle: true,
  complete({ measure, name, when, horizon, bins, times }, where, { steps }): EscapeRequest {
    checkFormula(when, `${where}.when`);
    return { measure, name, when, horizon: horizon ?? steps, bins, times };
  },
  cells: ({ bins }) => bins,
  arrays: ({ name, times }) => [
    ...['count', 'censored', 'mean', 'stderr', 'histogram', 'edges'].map((of) => `${name}_${of}`),
    ...(times ? [`${name}_times`] : []),
  ],
} as const satisfies MeasureKind<v.InferOutput<typeof schema>, EscapeRequest>;
