import { compileHost } from '../formula/emit-host.ts';
import { compileObjective } from '../formula/objective.ts';
import { type ColumnSetting, columnSetting } from '../spec/columns.ts';
import type { JointDensityRequest, Objective, Spec } from '../spec/spec.ts';

/** A window of a plane, cut into cells. */
export interface PlaneCells {
  /** Ends of both sides, in the units of what lies along them. */
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly columns: number;
  readonly rows: number;
}

/** A function of a plane with its level lines. */
export interface LevelPlane extends PlaneCells {
  /** At the centres of the cells, f64 [rows, columns], from the lowest y on; NaN where it has no value. */
  readonly values: Float64Array;
}

/**
 * The macro part of an objective over a window of the plane of its two variables, and over one more cell on
 * every side, so that level lines reach the ends of the window.
 */
export type MacroPlane = (window: PlaneCells) => LevelPlane;

/**
 * The macro part over the plane of a joint density, at a spec's only column; undefined where the plane is not
 * that of the two variables of the objective, over which alone it is a function.
 */
export function macroPlaneOf(
  spec: Spec,
  { of }: Pick<JointDensityRequest, 'of'>,
): MacroPlane | undefined {
  const { objective, axes } = spec;
  const { variables } = objective;
  const [x, y] = of.map((formula) => variables.indexOf(formula.trim()));
  const isPlane = variables.length === 2 && axes.length === 0;
  if (!isPlane || x === undefined || y === undefined) return undefined;
  if (x < 0 || y < 0 || x === y) return undefined;
  return createMacroPlane(objective, columnSetting(spec, 0), [x, y]);
}

/** @param places of the variables across and up, of two. */
function createMacroPlane(
  objective: Objective,
  { epsilon = 1, parameters }: Pick<ColumnSetting, 'epsilon' | 'parameters'>,
  [across, up]: readonly [number, number],
): MacroPlane {
  const compiled = compileObjective(objective);
  const macro = compileHost([compiled.macro], compiled);
  const dimension = compiled.variables.length;
  const inputs = new Float64Array(2 * dimension + compiled.parameters.length);
  compiled.parameters.forEach((name, at) => {
    inputs[2 * dimension + at] = at === 0 ? epsilon : (parameters[name] ?? Number.NaN);
  });
  const output = new Float64Array(1);
  const put = (at: number, value: number) => {
    inputs[at] = value;
    inputs[dimension + at] = value / epsilon;
  };
  return (window) => {
    const [columns, rows] = [window.columns + 2, window.rows + 2];
    const [x, y] = [widened(window.x, window.columns), widened(window.y, window.rows)];
    const values = new Float64Array(columns * rows);
    for (let row = 0; row < rows; row++) {
      put(up, y[0] + ((row + 0.5) / rows) * (y[1] - y[0]));
      for (let column = 0; column < columns; column++) {
        put(across, x[0] + ((column + 0.5) / columns) * (x[1] - x[0]));
        macro(inputs, output);
        values[row * columns + column] = output[0] ?? Number.NaN;
      }
    }
    return { x, y, columns, rows, values };
  };
}

/** An interval with one cell more on each side. */
function widened([lo, hi]: readonly [number, number], cells: number): readonly [number, number] {
  const cell = (hi - lo) / cells;
  return [lo - cell, hi + cell];
}

/**
 * Levels of a function that lie so that equal shares of its cells are between their lines: a bowl has as many
 * near its bottom as at its rim.
 */
export function levelsOf(values: ArrayLike<number>, count: number): readonly number[] {
  const finite = Float64Array.from(values).filter(Number.isFinite).sort();
  if (finite.length === 0) return [];
  return Array.from(
    { length: count },
    (_, level) => finite[Math.floor(((level + 0.5) * finite.length) / count)] ?? Number.NaN,
  );
}
