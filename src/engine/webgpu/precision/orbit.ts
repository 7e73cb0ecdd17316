import type { CompiledObjective } from '../../../formula/objective.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import type { Spec } from '../../../spec/spec.ts';
import type { ColumnTable } from '../column-table.ts';

/** What a precision is given to write its orbit program. */
export interface OrbitRequest {
  readonly spec: Spec;
  readonly objective: CompiledObjective;
  /** Expressions that the measures observe. */
  readonly observed: readonly Expression[];
  /** Settings of enough columns to see what varies. */
  readonly settings: readonly ColumnSetting[];
  readonly table: ColumnTable;
}

/** WGSL that computes something of the state: statements to stand before `result` is used. */
export interface Snippet {
  readonly statements: readonly string[];
  readonly result: string;
  /** Functions of shaders/lib/math.wgsl it calls. */
  readonly functions: readonly string[];
  /** Whether it may leave the domain of one of them. */
  readonly partial: boolean;
}

/**
 * How one precision holds and moves an orbit: the generated WGSL module `orbit`, with `State`
 * (whose `isFollowed` says whether the orbit is still inside), `Column`, `loadColumn`, `loadState`,
 * `storeState` and `step`.
 */
export interface OrbitProgram {
  /** What a position is, for the provenance of a result. */
  readonly representation: string;
  readonly warnings: readonly string[];
  /** 4-byte words of state per orbit. */
  readonly stateWords: number;
  /** Text of the module; call it after the last word was added to the table. */
  wgsl(): string;
  /** The offset of `of` from `range[0]`, in bins, read off `state` and `column`. */
  offset(of: Expression, range: readonly [number, number], bins: number): Snippet;
  /**
   * Writes the words of an orbit at its start: word w to `words[place + w * stride]`.
   *
   * @param start f64 position, one entry per variable.
   * @returns whether the orbit can be followed; `false` when it starts beyond the radius.
   */
  begin(
    setting: ColumnSetting,
    start: Float64Array,
    noise: number,
    words: Uint32Array,
    place: number,
    stride: number,
  ): boolean;
}
