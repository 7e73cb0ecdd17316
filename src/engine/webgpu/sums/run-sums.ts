import type { CompiledObjective } from '../../../formula/objective.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { ObservedFormulas, RecordLayout } from '../../../measure/layout.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import type { ColumnTable } from '../column-table.ts';
import type { OrbitProgram } from '../precision/orbit.ts';
import { extentSums } from './extent.ts';
import { momentSums } from './moments.ts';
import type { OrbitSums } from './orbit-sums.ts';
import { periodSums } from './period.ts';
import { type JacobianText, tangentSums } from './tangents.ts';

/** The second derivatives that the measures of a run use: macro and micro parts, in the pool. */
export function curvaturesOf(objective: CompiledObjective, record: RecordLayout): Expression[] {
  if (!record.tangents) return [];
  const { variables } = objective;
  return variables.flatMap((_, i) =>
    variables.flatMap((_, j) => {
      const { macro, micro } = objective.curvature(i, j);
      return [macro, micro];
    }),
  );
}

/** The sums of all measures of a run. */
export interface RunSums {
  readonly all: readonly OrbitSums[];
  /** Which of them waits for the period; -1 where none does. */
  readonly period: number;
}

/** What the layout of a record asks to be summed. */
export function sumsOf(
  record: RecordLayout,
  objective: CompiledObjective,
  { moments }: ObservedFormulas,
  orbit: OrbitProgram,
  table: ColumnTable,
): RunSums {
  const all: OrbitSums[] = moments.flatMap((of, order) => {
    const layout = record.moments[order];
    return layout ? [momentSums(orbit.variate(of), layout, order, record.batches)] : [];
  });
  if (record.tangents) {
    all.push(tangentSums(jacobian(objective, record, orbit, table), record.tangents));
  }
  if (record.extent !== undefined) {
    const coordinates = objective.variables.flatMap((name, at) => {
      if (!orbit.hasPeriod(at)) return [];
      const variate = orbit.variate(objective.pool.variable(name, 'macro'));
      return [{ variate, period: (setting: ColumnSetting) => orbit.period(at, setting) }];
    });
    all.push(extentSums(coordinates, record.extent));
  }
  const period = record.period ? all.push(periodSums(record.period)) - 1 : -1;
  return { all, period };
}

/** I − eta Hess f at a state: the derivative of a step of gradient descent. */
function jacobian(
  objective: CompiledObjective,
  record: RecordLayout,
  orbit: OrbitProgram,
  table: ColumnTable,
): JacobianText {
  const parts = curvaturesOf(objective, record);
  const { statements, results, functions, partial } = orbit.emit(parts);
  const scales = [
    table.word('eta', 'f32', ({ eta }) => eta),
    table.word('eta / epsilon', 'f32', ({ eta, epsilon = 1 }) => eta / epsilon),
  ];
  const isZero = (part: Expression | undefined) => part?.kind === 'number' && part.value === 0;
  const { length } = objective.variables;
  const entries = Array.from({ length }, (_, i) =>
    Array.from({ length }, (_, j) => {
      const at = 2 * (i * length + j);
      const summands = scales.flatMap((scale, k) =>
        isZero(parts[at + k]) ? [] : [` - ${scale} * ${results[at + k]}`],
      );
      if (summands.length === 0) return i === j ? '1f' : undefined;
      return `(${i === j ? '1f' : '0f'}${summands.join('')})`;
    }),
  );
  const names = entries.map((row, i) => row.map((entry, j) => entry && `jacobian${i}_${j}`));
  const bindings = entries.flatMap((row, i) =>
    row.flatMap((entry, j) => (entry ? [`let jacobian${i}_${j} = ${entry};`] : [])),
  );
  return { statements: [...statements, ...bindings], functions, partial, entries: names };
}
