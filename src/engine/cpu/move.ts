import { affineForm, evaluateConstant } from '../../formula/affine.ts';
import type { CompiledObjective } from '../../formula/objective.ts';
import type { SimdValue } from '../../formula/simd/graph.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { parameterValues } from '../waves.ts';
import type { LaneFormulas } from './lane-formulas.ts';

/**
 * New positions, in turns: s - (eta / unit) f'.
 *
 * Where the macro part is quadratic, its share of the step is a linear map of the positions, which is one
 * product per coefficient: c s - (eta / unit) f1', with c = 1 - eta f0'' on the diagonal.
 */
export function moveOrbits(
  { gradient, pool, variables }: CompiledObjective,
  { graph, position, unit, word, emit }: LaneFormulas,
): readonly SimdValue[] {
  const { apply } = graph;
  const forms = gradient.map(({ macro }) => affineForm(macro));
  const rests = gradient.map(({ macro, micro }, at) => {
    const form = forms[at];
    return pool.apply('add', form ? form.constant : macro, micro);
  });
  const { results, outOfDomain } = emit(rests);
  return variables.map((_, at) => {
    const terms = forms[at]?.terms ?? [];
    const coefficient = (of: number) => (setting: ColumnSetting) => {
      const term = terms.find(({ variable }) => variables.indexOf(variable.name) === of);
      const slope = term ? evaluateConstant(term.coefficient, parameterValues(setting)) : 0;
      const part = (setting.eta * slope * unit(of, setting)) / unit(at, setting);
      return (of === at ? 1 : 0) - part;
    };
    const share = (of: number) =>
      apply('f64x2.mul', position(of), word(`step ${at} ${of}`, coefficient(of)));
    const hasTerm = (name: string | undefined) =>
      terms.some(({ variable }) => variable.name === name);
    const own = hasTerm(variables[at]) ? share(at) : position(at);
    const linear = variables.reduce(
      (sum, name, of) => (of !== at && hasTerm(name) ? apply('f64x2.add', sum, share(of)) : sum),
      own,
    );
    const rest = rests[at];
    const isZero = rest?.kind === 'number' && rest.value === 0;
    const kick = apply(
      'f64x2.mul',
      results[at] as SimdValue, // one per variable
      word(`eta / unit ${at}`, (setting) => setting.eta / unit(at, setting)),
    );
    const moved = isZero ? linear : apply('f64x2.sub', linear, kick);
    // All bits set is NaN, which is beyond any radius.
    return outOfDomain ? apply('v128.or', moved, outOfDomain) : moved;
  });
}
