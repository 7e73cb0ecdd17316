import type { Momentum } from '../analysis/kick-weights.ts';
import type { ColumnSetting } from '../spec/columns.ts';
import type { RuleName } from '../spec/rules.ts';
import type { Spec } from '../spec/spec.ts';

/** The momentum of a column, where its rule has one. */
export function momentumOf(
  rule: RuleName,
  { momentum = 0 }: Pick<ColumnSetting, 'momentum'>,
): Momentum | undefined {
  return rule === 'heavy-ball' || rule === 'nesterov' ? { rule, momentum } : undefined;
}

/** Whether a spec is of orbits whose cycles can be followed: of a map of the position, in one variable. */
export function hasCycles({
  objective,
  optimizer,
}: Pick<Spec, 'objective' | 'optimizer'>): boolean {
  const { rule } = optimizer;
  const isMap = rule !== 'stochastic-map' && rule !== 'gradient-flow';
  return isMap && objective.variables.length === 1;
}
