import * as v from 'valibot';
import { checkFormula } from '../check-formula.ts';
import { count, formulaText, measureName, pair } from '../fields.ts';
import { limits } from '../limits.ts';
import { checkRange } from '../range.ts';
import type { MeasureKind } from './kind.ts';

/** How often orbits visit each cell of a range: one histogram per column. */
export interface DensityRequest {
  readonly measure: 'density';
  /** Prefix of its arrays. */
  readonly name: string;
  /** Formula of the variables; `f` is the objective. */
  readonly of: string;
  /** Half open [lo, hi), in the unit of `of`. */
  readonly range: readonly [number, number];
  readonly bins: number;
}

const schema = v.pipe(
  v.strictObject({
    measure: v.literal('density'),
    name: measureName('density'),
    of: formulaText('What is observed: a formula of the variables; f is the objective.'),
    range: pair('Half open [lo, hi), in the unit of what is observed.'),
    bins: count(limits.bins, 'Cells of equal width in the range.'),
  }),
  v.description('How often orbits visit each cell of a range: one histogram per column.'),
);

export const density = {
  measure: 'density',
  schema,
  isSingle: false,
  complete({ measure, name, of, range, bins }, where): DensityRequest {
    checkFormula(of, `${where}.of`);
    checkRange(range, bins, `${where}.range`);
    return { measure, name, of, range, bins };
  },
  cells: ({ bins }) => bins,
  arrays: ({ name }) => [name, `${name}_edges`, `${name}_outside`, `${name}_lost`],
} as const satisfies MeasureKind<v.InferOutput<typeof schema>, DensityRequest>;
