import { createEnsemble } from '../../engine/ensemble.ts';
import type { Result } from '../../engine/result.ts';
import { type Extent, shareAt, valueAt } from '../../export/extent.ts';
import { type ColumnSetting, columnSetting } from '../../spec/columns.ts';
import type { Axis, Spec } from '../../spec/spec.ts';
import type { SessionContext } from '../context.ts';

/** The column of a run that the cursor is over, and where an orbit starts there. */
export interface ColumnPlace {
  readonly column: number;
  readonly setting: ColumnSetting;
  /** Starting values, by variable; that of the cursor where it says one. */
  readonly start: readonly number[];
}

/** The result shown, if it is of what is asked now but for its window and resolution. */
export function resultOf({ result, state }: SessionContext): Result | undefined {
  return result && sameRun(result.spec) === sameRun(state.request.spec) ? result : undefined;
}

const sameRun = ({ title, objective, optimizer, axes, measures }: Spec) =>
  JSON.stringify([
    title,
    objective,
    optimizer,
    axes.map(({ parameter }) => parameter),
    measures.map(({ measure, name }) => [measure, name]),
  ]);

/**
 * The column of a spec at the cursor; without one, in the middle of the window.
 *
 * An orbit starts at the cursor along each direction that is a variable, else as the first orbit of the
 * ensemble does.
 */
export function columnAt({ cursor, viewport, state }: SessionContext, spec: Spec): ColumnPlace {
  const middle = { across: valueAt(viewport.across, 0.5), up: valueAt(viewport.up, 0.5) };
  const { across, up } = cursor ?? middle;
  const column = spec.axes.reduce(
    (before, axis, at) => before * axis.count + indexAt(axis, at === 0 ? across : up),
    0,
  );
  const setting = columnSetting(spec, column);
  const { kind, density, joint } = state.request;
  const ensemble = createEnsemble(spec);
  const start = spec.objective.variables.map((variable, index) => {
    const isOf = (formula: string | undefined) => formula?.trim() === variable;
    if (cursor && isOf(joint?.of[0])) return across;
    const isUp = isOf(joint?.of[1]) || (kind === 'density' && isOf(density.of));
    return cursor && isUp ? up : ensemble.start(setting, column, 0, index);
  });
  return { column, setting, start };
}

/** Index of the cell of an axis at a value: the nearest one. */
function indexAt(axis: Axis, value: number): number {
  const index = Math.floor(shareAt(extentOf(axis), value) * axis.count);
  return Math.max(0, Math.min(axis.count - 1, index || 0));
}

function extentOf({ from, to, scale }: Axis): Extent {
  return { from, to, scale };
}

/** Numbers of a column of an array of a result; none where it has no such array. */
export function numbersAt(
  { arrays }: Result,
  name: string,
  column: number,
  length: number,
): readonly number[] {
  const data = Object.hasOwn(arrays, name) ? arrays[name]?.data : undefined;
  if (!data) return [];
  return Array.from(data.subarray(column * length, (column + 1) * length), Number);
}
