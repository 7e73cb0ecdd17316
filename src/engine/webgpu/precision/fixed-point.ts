import type { Expression } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import type { ColumnTable } from '../column-table.ts';
import type { Snippet } from './snippet.ts';
import type { Variate } from './variate.ts';

/** Cells stay below this, so that a position and a kick together cannot overflow 32 bits. */
export const FARTHEST_CELL = 2 ** 30;

/** Positions in 32.32 fixed point, and what is read off them without rounding them first. */
export interface FixedPoint {
  readonly variables: readonly string[];
  readonly settings: readonly ColumnSetting[];
  readonly table: ColumnTable;
  /** Length of one turn of a coordinate, in the unit of the variable. */
  unit(variable: number, setting: ColumnSetting): number;
}

/** The variable that an expression is, if it is one. */
function variableOf({ variables }: FixedPoint, of: Expression): number | undefined {
  if (of.kind !== 'variable' || of.scale !== 'macro') return undefined;
  return variables.indexOf(of.name);
}

/** The offset in bins of a variable, subtracted exactly; undefined for another formula. */
export function fixedOffset(
  fixed: FixedPoint,
  of: Expression,
  [lo, hi]: readonly [number, number],
  bins: number,
): Snippet | undefined {
  const { table, settings, unit } = fixed;
  const at = variableOf(fixed, of);
  if (at === undefined) return undefined;
  const isNear = settings.every(
    (setting) => Math.abs(lo) < 0.5 * FARTHEST_CELL * unit(at, setting),
  );
  if (!isNear) return undefined;
  const turns = (setting: ColumnSetting) => split(lo / unit(at, setting));
  const cell = table.word(`low cell ${at} ${lo}`, 'i32', (setting) => turns(setting).cell);
  const phase = table.word(`low phase ${at} ${lo}`, 'u32', (setting) => turns(setting).phase);
  const scale = table.word(
    `bins per turn ${at} ${lo} ${hi} ${bins}`,
    'f32',
    (setting) => (bins * unit(at, setting)) / (hi - lo),
  );
  return {
    statements: [],
    result: `turnsAbove(state.at${at}, Coordinate(${cell}, ${phase})) * ${scale}`,
    functions: [],
    partial: false,
  };
}

/** A variable whose differences are exact; undefined for another formula. */
export function fixedVariate(fixed: FixedPoint, of: Expression): Variate | undefined {
  const at = variableOf(fixed, of);
  if (at === undefined) return undefined;
  return {
    statements: [],
    result: `state.at${at}`,
    functions: [],
    partial: false,
    type: 'Coordinate',
    words: 2,
    load: (word) => `Coordinate(bitcast<i32>(${word(0)}), ${word(1)})`,
    store: (value) => [`bitcast<u32>(${value}.cell)`, `${value}.phase`],
    minus: (value, origin) => `turnsOf(between(${value}, ${origin}))`,
    resolution: () => '0x1p-32f',
    unit: (setting) => fixed.unit(at, setting),
    value: (words, [cell = 0, phase = 0], place) =>
      joined(words[cell + place] ?? 0, words[phase + place] ?? 0),
  };
}

/** A number of turns as cell and phase, rounded to the nearest 2^-32 turn. */
export function split(turns: number): { cell: number; phase: number } {
  const cell = Math.floor(turns);
  const phase = Math.round((turns - cell) * 2 ** 32);
  return phase < 2 ** 32 ? { cell, phase } : { cell: cell + 1, phase: 0 };
}

/** The number of turns of a cell, as an unsigned word, and a phase. */
export function joined(cell: number, phase: number): number {
  return (cell | 0) + phase * 2 ** -32;
}
