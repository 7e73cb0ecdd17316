import type { WgslText } from '../../../formula/emit-wgsl.ts';
import type { CompiledObjective } from '../../../formula/objective.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import type { Spec } from '../../../spec/spec.ts';
import type { ColumnTable } from '../column-table.ts';
import type { OrbitRule } from '../rules/orbit-rule.ts';
import type { Snippet } from './snippet.ts';
import type { Variate } from './variate.ts';

/** What a precision is given to write its orbit program. */
export interface OrbitRequest {
  readonly spec: Spec;
  readonly objective: CompiledObjective;
  /** Expressions that the measures observe. */
  readonly observed: readonly Expression[];
  /** Settings of enough columns to see what varies. */
  readonly settings: readonly ColumnSetting[];
  readonly table: ColumnTable;
  readonly rule: OrbitRule;
}

/** What tells an orbit from the others: its random numbers come of it. */
export interface OrbitName {
  readonly column: number;
  readonly orbit: number;
  /** First word of its noise. */
  readonly noise: number;
}

/**
 * How one precision holds and moves an orbit: the generated WGSL module `orbit`, with `State`
 * (whose `isInside` says whether it is within the radius and the domain), `Column`, `loadColumn`,
 * `loadState`, `storeState`, `step`, `isSame` of two states, and `apart`, their distance relative to
 * a period of the micro-structure or, where there is none, to max(1, |x|), moves included; `ahead`,
 * where the gradient is taken, if the rule looks ahead.
 */
export interface OrbitProgram {
  /** What a position is, for the provenance of a result. */
  readonly representation: string;
  readonly warnings: readonly string[];
  /** Whether most steps are such as `quickStep` takes, so that kernels try it first. */
  readonly isQuick: boolean;
  /** Whether orbits that fall on exact cycles must be watched for. */
  readonly canCollapse: boolean;
  /** 4-byte words of state per orbit. */
  readonly stateWords: number;
  /** Text of the module; call it after the last word was added to the table. */
  wgsl(): string;
  /** Values of expressions in f32, read off `state` and `column`. */
  emit(roots: readonly Expression[]): WgslText;
  /** The offset of `of` from `range[0]`, in bins, read off `state` and `column`. */
  offset(of: Expression, range: readonly [number, number], bins: number): Snippet;
  /** The value of `of`, for differences of it. */
  variate(of: Expression): Variate;
  /** Whether the micro-structure has a period along a variable. */
  hasPeriod(variable: number): boolean;
  /** Length of that period, in the unit of the variable. */
  period(variable: number, setting: ColumnSetting): number;
  /**
   * Writes the words of an orbit at its start: word w to `words[place + w * stride]`.
   *
   * @param start f64 position, one entry per variable.
   * @returns whether the orbit can be followed; `false` when it starts beyond the radius.
   */
  begin(
    setting: ColumnSetting,
    start: Float64Array,
    name: OrbitName,
    words: Uint32Array,
    place: number,
    stride: number,
  ): boolean;
  /** The unit in which positions along a variable are held, in that of the variable. */
  unit(variable: number, setting: ColumnSetting): number;
  /** The position along a variable that the words of an orbit hold, f64, in `unit`. */
  position(variable: number, words: Uint32Array, place: number, stride: number): number;
  /** The last move along a variable, likewise; where the rule keeps it and orbits are watched for cycles. */
  readonly move?: OrbitProgram['position'];
}
