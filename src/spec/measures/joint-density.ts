import * as v from 'valibot';
import { checkFormula } from '../check-formula.ts';
import { RequestError } from '../errors.ts';
import { count, formulaText, measureName, pair, two } from '../fields.ts';
import { limits } from '../limits.ts';
import { checkRange } from '../range.ts';
import type { MeasureKind } from './kind.ts';

/** How often orbits visit each cell of a plane of two values: a histogram in two dimensions per column. */
export interface JointDensityRequest {
  readonly measure: 'joint-density';
  /** Prefix of its arrays. */
  readonly name: string;
  /** Formulas of the variables, across and up; `f` is the objective. */
  readonly of: readonly [string, string];
  /** Half open [lo, hi) of each, in the unit of its formula. */
  readonly range: readonly [readonly [number, number], readonly [number, number]];
  /** Cells of equal width in each range. */
  readonly bins: readonly [number, number];
}

const schema = v.pipe(
  v.strictObject({
    measure: v.literal('joint-density'),
    name: measureName('joint_density'),
    of: two(
      () => formulaText('A formula of the variables; f is the objective.'),
      'What is observed together: two formulas of the variables.',
    ),
    range: two(
      () => pair('Half open [lo, hi), in the unit of the formula.'),
      'The range of each formula.',
    ),
    bins: two(
      () => count(limits.bins, 'Cells of equal width in the range.'),
      'Cells in each range.',
    ),
  }),
  v.description('How often orbits visit each cell of a plane of two values.'),
);

export const jointDensity = {
  measure: 'joint-density',
  schema,
  isSingle: false,
  complete({ measure, name, of, range, bins }, where): JointDensityRequest {
    of.forEach((formula, at) => {
      checkFormula(formula, `${where}.of[${at}]`);
    });
    const [across, up] = bins;
    const { most, cure } = limits.plane;
    if (across * up > most) {
      throw new RequestError({
        code: 'limit',
        where: `${where}.bins`,
        what: `asks for more cells of a plane than the limit of ${most}`,
        got: `${across} x ${up}`,
        cure,
      });
    }
    checkRange(range[0], across, `${where}.range[0]`);
    checkRange(range[1], up, `${where}.range[1]`);
    return { measure, name, of, range, bins };
  },
  cells: ({ bins: [across, up] }) => across * up,
  arrays: ({ name }) => [
    name,
    ...['x_edges', 'y_edges', 'outside', 'lost'].map((of) => `${name}_${of}`),
  ],
} as const satisfies MeasureKind<v.InferOutput<typeof schema>, JointDensityRequest>;
