import type { ColumnSetting } from '../../../spec/columns.ts';

/** How long words of an orbit are kept: for all its steps, for a batch, or until they were read. */
export type Lifetime = 'tile' | 'batch' | 'piece';

/** WGSL that a measure adds to the generated module `sums`. */
export interface SumsText {
  /** Paths of what it uses, but for `State`, `Column` and positions. */
  readonly imports: readonly string[];
  /** Module variables, one of each per invocation. */
  readonly declarations: readonly string[];
  /** Statements of `place` and `stride` that load the variables. */
  readonly load: readonly string[];
  /** Statements of `state` and `column` for an observed state; best without branches. */
  readonly add: readonly string[];
  /** Statements of `state` and `row` at a checkpoint: whether it is the last of a row of them. */
  readonly check: readonly string[];
  /** Statements of `place`, `stride` and `states`, how many were added, that store the variables. */
  readonly store: readonly string[];
  /** Statements of `state` and `column` that look at the first states of a batch, and what they store. */
  readonly look: readonly string[];
  readonly storeLook: readonly string[];
}

/** The text of a measure that sums nothing. */
export const noText: SumsText = {
  imports: [],
  declarations: [],
  load: [],
  add: [],
  check: [],
  store: [],
  look: [],
  storeLook: [],
};

/** Words of all orbits of a tile, read back, [word][column][orbit], for one measure. */
export interface TileWords {
  readonly columns: number;
  readonly orbits: number;
  /** The words, in three views. */
  readonly words: Uint32Array;
  readonly ints: Int32Array;
  readonly floats: Float32Array;
  /** Where a word of the first orbit stands; those of the others follow. */
  at(lifetime: Lifetime, index: number): number;
  settingOf(column: number): ColumnSetting;
}

/** Records of all orbits of a tile, f64 [columns, orbits, width]. */
export interface TileData {
  readonly width: number;
  readonly data: Float64Array;
}

/** Between two readings of sums, an orbit was observed for a piece of one batch. */
export interface Piece {
  readonly batch: number;
  /** Whether tangent vectors were still finding their directions. */
  readonly isWarmUp: boolean;
}

/**
 * What one measure sums over the observed states of an orbit: words on the device, which start at 0,
 * and how they become values of its record.
 */
export interface OrbitSums {
  readonly words: Readonly<Record<Lifetime, number>>;
  /** @param word WGSL of a word of the orbit. */
  write(word: (lifetime: Lifetime, index: number) => string): SumsText;
  /** Words of the tile that start other than 0: [index, word]. */
  readonly initial?: readonly (readonly [index: number, word: number])[];
  /** Prepares the host for a tile of so many orbits. */
  begin?(orbits: number): void;
  /** Adds what a piece gave to the records. */
  take?(words: TileWords, records: TileData, piece: Piece): void;
  /** Completes the records at the end of their orbits. */
  finish?(words: TileWords, records: TileData): void;
}
