import * as v from 'valibot';
import { count, measureName } from '../fields.ts';
import { limits } from '../limits.ts';
import type { MeasureKind } from './kind.ts';

/** The period of the cycle that an orbit has come to, if it has. */
export interface PeriodRequest {
  readonly measure: 'period';
  /** Name of its array. */
  readonly name: string;
  /** Longest period that is looked for. */
  readonly max: number;
  /**
   * How far apart two states may be to count as one, per coordinate: relative to a period of the
   * micro-structure or, where there is none, to max(1, |x|).
   */
  readonly tolerance: number;
}

/** What is looked for where nobody says it. */
export const defaultPeriod = { max: 64, tolerance: 1e-5 } as const;

const schema = v.pipe(
  v.strictObject({
    measure: v.literal('period'),
    name: measureName('period'),
    max: v.optional(count(limits.period, 'Longest period that is looked for.'), defaultPeriod.max),
    tolerance: v.optional(
      v.pipe(
        v.number(),
        v.gtValue(0),
        v.maxValue(0.1, 'a tenth of a period of the micro-structure is no resolution'),
        v.description(
          'How far apart states may be to count as one, relative to a period of the micro-structure or, where there is none, to max(1, |x|).',
        ),
      ),
      defaultPeriod.tolerance,
    ),
  }),
  v.description('The period of the cycle that each orbit has come to, 0 where there is none.'),
);

export const period = {
  measure: 'period',
  schema,
  isSingle: true,
  complete: ({ measure, name, max, tolerance }): PeriodRequest => ({
    measure,
    name,
    max,
    tolerance,
  }),
  cells: () => 0,
  arrays: ({ name }) => [name],
} as const satisfies MeasureKind<v.InferOutput<typeof schema>, PeriodRequest>;
