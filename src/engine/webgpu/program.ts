import { compileObjective } from '../../formula/objective.ts';
import { compileObserved, layRun, type RunLayout } from '../../measure/layout.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { columnSetting, longestOrbit } from '../../spec/columns.ts';
import { RequestError } from '../../spec/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { requireEpsilon, sampleSettings } from '../settings.ts';
import { type ColumnSpan, spanOf } from '../strip.ts';
import { type ColumnTable, createColumnTable } from './column-table.ts';
import { type Condition, startCondition } from './condition.ts';
import { linkKernel } from './link.ts';
import { writeObservation, writePlaces } from './observation.ts';
import type { OrbitProgram } from './precision/orbit.ts';
import { precisions } from './precision/registry.ts';
import { orbitRules } from './rules/registry.ts';
import { curvaturesOf, type RunSums, sumsOf } from './sums/run-sums.ts';
import { layMarks, type MarkWords, writeSums } from './sums/sums-module.ts';

/** Variables up to which kernels have steps written out several times: of more a driver compiles for seconds. */
const QUICK_VARIABLES = 4;

/** The kernels of a program as WGSL; those that its measures do not need are absent. */
export interface Kernels {
  /** Advances orbits without looking at them, where there are such steps. */
  readonly settle: string | undefined;
  /** Advances orbits and counts, where there is a density. */
  readonly observe: string | undefined;
  /** Advances orbits and sums, where there is none. */
  readonly record: string | undefined;
  /** Looks at the first states of a batch, where their values are summed. */
  readonly scout: string | undefined;
  /** Lists which orbits are left, where they escape. */
  readonly compact: string | undefined;
  /** Looks for the periods of orbits at their ends, where the rule lets them have any. */
  readonly period: string | undefined;
  /** Looks for exact cycles, in a precision that falls on them. */
  readonly cycle: string | undefined;
}

/** A spec as compute shaders and the tables they read. */
export interface Program {
  readonly spec: Spec;
  readonly kernels: Kernels;
  /** Columns that are run. Tiles count them from 0; in the spec they are those from `columnFrom` on. */
  readonly columns: number;
  readonly columnFrom: number;
  readonly orbit: OrbitProgram;
  readonly table: ColumnTable;
  readonly layout: RunLayout;
  /** What is summed of every orbit, and where its words stand. */
  readonly sums: RunSums;
  readonly marks: MarkWords;
  /** Whether an orbit has escaped at its start. */
  readonly escapesAt: Condition | undefined;
  /** Slots of densities counted in one repetition of a slice. */
  readonly rowCapacity: number;
  /** Counters per column: the row, lost, diverged. */
  readonly tallyStride: number;
  settingOf(column: number): ColumnSetting;
}

/**
 * Compiles a spec to WGSL, the same for all its columns.
 *
 * @param workgroupBytes of memory a workgroup may use.
 * @param span the columns to run; default all.
 * @param takesBack whether visits are counted before it is known that they are, and taken off again where
 *   they are not. That is quicker where branches are dear, and wrong where a driver makes two sequences of
 *   operations of one text: for software devices only.
 * @throws {RequestError} where a formula is wrong or the precision is not this engine's.
 */
export async function writeProgram(
  spec: Spec,
  workgroupBytes: number,
  { columnFrom, columns }: ColumnSpan = spanOf(spec),
  takesBack = false,
): Promise<Program> {
  const createOrbit = precisions[spec.precision];
  if (!createOrbit) {
    throw new RequestError({
      code: 'engine-precision',
      where: 'precision',
      what: `the WebGPU engine computes ${Object.keys(precisions).join(' and ')}`,
      got: spec.precision,
      cure: 'ask for the engine cpu, or for "statistics", which gives the statistics of float64 orbits',
    });
  }
  const rule = orbitRules[spec.optimizer.rule];
  if (!rule) {
    throw new RequestError({
      code: 'engine-rule',
      where: 'optimizer.rule',
      what: `the WebGPU engine follows ${Object.keys(orbitRules).join(', ')}`,
      got: spec.optimizer.rule,
      cure: 'ask for the engine cpu',
    });
  }
  const settings = sampleSettings(spec);
  const objective = compileObjective(spec.objective);
  const layout = layRun(spec, columns);
  const { row, denseRow, record } = layout;
  const formulas = compileObserved(layout, objective);
  const slopes = objective.gradient.flatMap(({ macro, micro }) => [macro, micro]);
  const observed = [
    ...formulas.densities,
    ...formulas.planes.flat(),
    ...formulas.moments,
    ...(formulas.escape ? [formulas.escape] : []),
    ...curvaturesOf(objective, record, rule),
  ];
  requireEpsilon([...slopes, ...observed], settings);
  const table = createColumnTable();
  const orbit = createOrbit({ spec, objective, observed, settings, table, rule });
  const sums = sumsOf(record, objective, formulas, { orbit, rule, table });
  const marks = layMarks(sums.all);

  const rowCapacity = Math.max(1, Math.min(denseRow, Math.floor(workgroupBytes / 4)));
  const { period } = record;
  const { skip, keep } = spec.steps;
  const modules = {
    observation: writeObservation(layout, formulas, orbit),
    sums: writeSums(sums.all, marks),
    sizes: `const ROW = ${row}u;
const HELD_ROW = ${denseRow}u;
const ROW_CAPACITY = ${rowCapacity}u;
const PERIOD_WORD = ${marks.places[sums.period]?.tile ?? 0}u;
const LONGEST_PERIOD = ${period?.max ?? 0}u;
const TOLERANCE = ${Math.fround(period?.tolerance ?? 0)}f;`,
    places: writePlaces(record.escape !== undefined),
    orbit: orbit.wgsl(),
  };
  const isQuick = spec.objective.variables.length <= QUICK_VARIABLES && orbit.isQuick;
  const isSummed = record.extent !== undefined || sums.all.some(({ words }) => words.piece > 0);
  const conditions = { quick: isQuick, back: takesBack && !isSummed };
  const linked = (name: string, isNeeded = true) =>
    isNeeded ? linkKernel(`kernels/${name}.wgsl`, modules, conditions) : undefined;
  return {
    spec,
    kernels: {
      // Of many variables a kernel takes a driver seconds.
      settle: await linked('settle', skip > 0 || longestOrbit(spec) > skip + keep),
      observe: await linked('observe', row > 0),
      record: await linked('record', row === 0),
      scout: await linked('scout', record.moments.length > 0),
      compact: await linked('compact', record.escape !== undefined),
      period: await linked('period', period !== undefined && !rule.drawsPhases),
      cycle: await linked('cycle', orbit.canCollapse),
    },
    columns,
    columnFrom,
    orbit,
    table,
    layout,
    sums,
    marks,
    escapesAt: formulas.escape && startCondition(formulas.escape, objective),
    rowCapacity,
    tallyStride: row + 2,
    settingOf: (column) => columnSetting(spec, columnFrom + column),
  };
}
