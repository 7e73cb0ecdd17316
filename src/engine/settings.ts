import { type Expression, parametersOf } from '../formula/tree.ts';
import { type ColumnSetting, columnCount, columnSetting } from '../spec/columns.ts';
import { RequestError } from '../spec/errors.ts';
import type { Spec } from '../spec/spec.ts';

/** Columns looked at to see which constants vary. */
const SAMPLED_COLUMNS = 4096;

/** The settings of all columns, or of so many spread over them that what varies is seen to. */
export function sampleSettings(spec: Spec): readonly ColumnSetting[] {
  const columns = columnCount(spec);
  const sampled = Math.min(columns, SAMPLED_COLUMNS);
  return Array.from({ length: sampled }, (_, i) =>
    columnSetting(spec, sampled === 1 ? 0 : Math.round((i * (columns - 1)) / (sampled - 1))),
  );
}

/**
 * Refuses formulas that use epsilon where the spec gives it no value.
 *
 * @throws {RequestError} `missing-epsilon`.
 */
export function requireEpsilon(
  expressions: readonly Expression[],
  settings: readonly ColumnSetting[],
): void {
  if (settings.every(({ epsilon }) => epsilon !== undefined)) return;
  const isUsed = expressions.some((expression) =>
    parametersOf(expression).some(({ name }) => name === 'epsilon'),
  );
  if (!isUsed) return;
  throw new RequestError({
    code: 'missing-epsilon',
    where: 'objective.epsilon',
    what: 'a formula uses epsilon, which has no value',
    cure: 'give objective.epsilon, or put epsilon on an axis',
  });
}
