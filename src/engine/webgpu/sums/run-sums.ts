import { type CompiledObjective, usesSlow } from '../../../formula/objective.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { ObservedFormulas, RecordLayout } from '../../../measure/layout.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import { RequestError } from '../../../spec/errors.ts';
import type { ColumnTable } from '../column-table.ts';
import { momentumWord } from '../precision/momentum.ts';
import type { OrbitProgram } from '../precision/orbit.ts';
import type { Matrix, OrbitRule } from '../rules/orbit-rule.ts';
import { extentSums } from './extent.ts';
import { momentSums } from './moments.ts';
import type { OrbitSums } from './orbit-sums.ts';
import { periodSums } from './period.ts';
import { type JacobianText, tangentSums } from './tangents.ts';

/**
 * The second derivatives that the measures of a run use: macro and micro parts, in the pool. Phases that
 * are drawn do not depend on the state.
 *
 * @throws {RequestError} `no-tangent` where phases are drawn and the micro-structure depends on the position
 *   besides: its derivative is not read at the phases of the step here.
 */
export function curvaturesOf(
  objective: CompiledObjective,
  record: RecordLayout,
  { drawsPhases }: OrbitRule,
): Expression[] {
  if (!record.tangents) return [];
  if (drawsPhases && usesSlow(objective)) {
    throw new RequestError({
      code: 'no-tangent',
      where: 'measures',
      what: 'on WebGPU the stochastic map has no exponents where micro uses a macro position',
      cure: 'ask for precision float64, or the engine cpu',
    });
  }
  const { variables } = objective;
  return variables.flatMap((_, i) =>
    variables.flatMap((_, j) => {
      const { macro, micro } = objective.curvature(i, j);
      return [macro, drawsPhases ? objective.pool.number(0) : micro];
    }),
  );
}

/** The sums of all measures of a run. */
export interface RunSums {
  readonly all: readonly OrbitSums[];
  /** Which of them waits for the period; -1 where none does. */
  readonly period: number;
}

/** How the orbits of a run move. */
interface Moved {
  readonly orbit: OrbitProgram;
  readonly rule: OrbitRule;
  readonly table: ColumnTable;
}

/** What the layout of a record asks to be summed. */
export function sumsOf(
  record: RecordLayout,
  objective: CompiledObjective,
  { moments }: ObservedFormulas,
  { orbit, ...moved }: Moved,
): RunSums {
  const all: OrbitSums[] = moments.flatMap((of, order) => {
    const layout = record.moments[order];
    return layout ? [momentSums(orbit.variate(of), layout, order, record.batches)] : [];
  });
  if (record.tangents) {
    all.push(tangentSums(jacobian(objective, record, { orbit, ...moved }), record.tangents));
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

/** The derivative of a step at a state. */
function jacobian(
  objective: CompiledObjective,
  record: RecordLayout,
  { orbit, rule, table }: Moved,
): JacobianText {
  const parts = curvaturesOf(objective, record, rule);
  const { statements, results, functions, partial } = orbit.emit(parts);
  const scales = [
    table.word('eta', 'f32', ({ eta }) => eta),
    table.word('eta / epsilon', 'f32', ({ eta, epsilon = 1 }) => eta / epsilon),
  ];
  const isZero = (part: Expression | undefined) => part?.kind === 'number' && part.value === 0;
  const { length } = objective.variables;
  const bends = Array.from({ length }, (_, i) =>
    Array.from({ length }, (_, j) => {
      const at = 2 * (i * length + j);
      const summands = scales.flatMap((scale, k) =>
        isZero(parts[at + k]) ? [] : [` - ${scale} * ${results[at + k]}`],
      );
      return summands.length > 0 ? `0f${summands.join('')}` : undefined;
    }),
  );
  const bend = nameEntries('bend', bends);
  const momentum = rule.keepsMove ? momentumWord(table) : '0f';
  const { entries, determinant } = rule.derivative(bend.names, momentum);
  const named = nameEntries('jacobian', entries);
  return {
    statements: [
      ...(rule.looksAhead ? ['let state = ahead(state, column);'] : []),
      ...statements,
      ...bend.statements,
      ...named.statements,
    ],
    functions,
    partial,
    entries: named.names,
    determinant,
    imports: rule.looksAhead ? ['orbit::ahead'] : [],
  };
}

/** Names for the entries of a matrix, and the statements that give them. */
function nameEntries(prefix: string, matrix: Matrix) {
  return {
    names: matrix.map((row, i) => row.map((entry, j) => entry && `${prefix}${i}_${j}`)),
    statements: matrix.flatMap((row, i) =>
      row.flatMap((entry, j) => (entry ? [`let ${prefix}${i}_${j} = ${entry};`] : [])),
    ),
  };
}
