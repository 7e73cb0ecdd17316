import { affineForm, evaluateConstant } from '../../formula/affine.ts';
import { boundOf } from '../../formula/bound.ts';
import type { CompiledObjective } from '../../formula/objective.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { parameterValues } from '../waves.ts';

/** What a step may add by its roundings, as a part of the radius; they are far smaller. */
const SLACK = 2 ** -30;

/**
 * Whether no step of gradient descent leads from within the radius beyond it, in a column. It can be told
 * where the macro part is quadratic and the rest of the slope is bounded: |x'| is at most
 * |1 - eta f0''| |x| + eta |f1'|. Then nobody needs to look where the orbits are.
 *
 * @returns undefined where it cannot be told.
 */
export function confineOrbits(
  { gradient, pool, variables }: CompiledObjective,
  radius: number,
): ((setting: ColumnSetting) => boolean) | undefined {
  const rows: { readonly terms: ReadonlyMap<string, Term>; readonly rest: Term }[] = [];
  for (const { macro, micro } of gradient) {
    const form = affineForm(macro);
    if (!form) return undefined;
    const terms = new Map(
      form.terms.map(({ variable, coefficient }) => [
        variable.name,
        (values: Parameters) => evaluateConstant(coefficient, values),
      ]),
    );
    rows.push({ terms, rest: boundOf(pool.apply('add', form.constant, micro)) });
  }
  return (setting) => {
    const values = parameterValues(setting);
    return rows.every(({ terms, rest }, at) => {
      const farthest = variables.reduce((sum, name, of) => {
        const slope = terms.get(name)?.(values) ?? 0;
        return sum + Math.abs((of === at ? 1 : 0) - setting.eta * slope) * radius;
      }, setting.eta * rest(values));
      return farthest <= radius * (1 - SLACK);
    });
  };
}

type Parameters = Readonly<Record<string, number>>;
type Term = (values: Parameters) => number;
