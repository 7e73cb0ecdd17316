import { evaluateConstant } from '../../formula/affine.ts';
import { differentiate } from '../../formula/differentiate.ts';
import type { CompiledObjective } from '../../formula/objective.ts';
import type { SimdValue } from '../../formula/simd/graph.ts';
import { containsVariable, type Expression } from '../../formula/tree.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { parameterValues } from '../waves.ts';
import type { LaneFormulas } from './lane-formulas.ts';
import type { Jacobian } from './rules/rule.ts';

/**
 * Derivative of a step of gradient descent in the unit of the variables, 1 - eta f'', by row and column:
 * what is 0 in all columns is left out. Where f has no curvature, a step counts as a shift.
 *
 * @param diagonal 0 for -eta f'' alone.
 */
export function deriveStep(
  { curvature, variables }: Pick<CompiledObjective, 'curvature' | 'variables'>,
  { graph, word, emit }: LaneFormulas,
  diagonal: 0 | 1 = 1,
): Jacobian {
  const { apply, number } = graph;
  const isZero = (part: Expression) => part.kind === 'number' && part.value === 0;
  const at = (part: Expression, setting: ColumnSetting) =>
    evaluateConstant(part, parameterValues(setting));
  const entry = (i: number, j: number): SimdValue | undefined => {
    const { macro, micro } = curvature(i, j);
    const own = i === j ? diagonal : 0;
    if (isZero(macro) && isZero(micro)) return own ? number(own) : undefined;
    const parts = [
      { part: macro, scale: ({ eta }: ColumnSetting) => eta, name: 'eta' },
      {
        part: micro,
        scale: ({ eta, epsilon = 1 }: ColumnSetting) => eta / epsilon,
        name: 'eta / epsilon',
      },
    ];
    const fixed = parts.filter(({ part }) => !containsVariable(part));
    const moving = parts.filter(({ part }) => containsVariable(part));
    const constant = fixed.every(({ part }) => isZero(part))
      ? number(own)
      : word(`derivative ${i} ${j} ${own}`, (setting) =>
          fixed.reduce<number>(
            (sum, { part, scale }) => sum - scale(setting) * at(part, setting),
            own,
          ),
        );
    if (moving.length === 0) return constant;
    const { results, outOfDomain } = emit(moving.map(({ part }) => part));
    const value = moving.reduce((sum, { scale, name }, index) => {
      const product = apply('f64x2.mul', results[index] as SimdValue, word(name, scale)); // one per root
      return apply('f64x2.sub', sum, product);
    }, constant);
    return outOfDomain ? apply('v128.bitselect', number(own), value, outOfDomain) : value;
  };
  return variables.map((_, i) => variables.map((_, j) => entry(i, j)));
}

/** The same by macro positions alone: what is read at a phase that does not depend on the state stays. */
export function deriveMacro(
  { curvature, gradient, pool, variables }: CompiledObjective,
  lanes: LaneFormulas,
): Jacobian {
  const none = pool.number(0);
  const held = (i: number, j: number): Expression => {
    const x = pool.variable(variables[j] ?? '', 'macro');
    return pool.add(curvature(i, j).macro, differentiate(gradient[i]?.micro ?? none, x));
  };
  return deriveStep(
    { variables, curvature: (i, j) => ({ macro: held(i, j), micro: none }) },
    lanes,
  );
}

/** The expressions that `deriveStep` computes. */
export function derivativeParts({
  curvature,
  variables,
}: CompiledObjective): readonly Expression[] {
  return variables.flatMap((_, i) =>
    variables.flatMap((_, j) => {
      const { macro, micro } = curvature(i, j);
      return [macro, micro];
    }),
  );
}
