import * as v from 'valibot';
import { checkFormula } from '../check-formula.ts';
import { formulaText, measureName } from '../fields.ts';
import type { MeasureKind } from './kind.ts';

/** Mean, variance, skewness and excess kurtosis of a formula over all observed states of a column. */
export interface MomentsRequest {
  readonly measure: 'moments';
  /** Prefix of its arrays. */
  readonly name: string;
  /** Formula of the variables; `f` is the objective. */
  readonly of: string;
}

const schema = v.pipe(
  v.strictObject({
    measure: v.literal('moments'),
    name: measureName('moments'),
    of: formulaText('What is observed: a formula of the variables; f is the objective.'),
  }),
  v.description('Mean, variance, skewness and excess kurtosis, each with its standard error.'),
);

export const moments = {
  measure: 'moments',
  schema,
  isSingle: false,
  complete({ measure, name, of }, where): MomentsRequest {
    checkFormula(of, `${where}.of`);
    return { measure, name, of };
  },
  cells: () => 0,
  arrays: ({ name }) => [
    `${name}_count`,
    ...['mean', 'variance', 'skewness', 'kurtosis'].flatMap((moment) => [
      `${name}_${moment}`,
      `${name}_${moment}_stderr`,
    ]),
  ],
} as const satisfies MeasureKind<v.InferOutput<typeof schema>, MomentsRequest>;
