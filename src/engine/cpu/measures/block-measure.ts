import type { SimdValue } from '../../../formula/simd/graph.ts';

/** A value of every step, kept until the block is done: f64 [BLOCK, lanes]. */
export interface StoredValue {
  readonly value: SimdValue;
  /** Whether it is of the state that a step starts from, or of the one that it leads to. */
  readonly of: 'start' | 'end';
  /**
   * What stands for it where a lane took no step, or must not count the state it came to: a leaf, or no
   * bit set, or all.
   */
  readonly otherwise: SimdValue | 'zero' | 'nan';
}

/**
 * A measure inside a kernel. The loop over steps stores values; when the block is done, and it is known
 * that it counts, the measure folds them into what it keeps. So the loop stays short, and a block that
 * does not count leaves no trace.
 */
export interface BlockMeasure {
  readonly stored: readonly StoredValue[];
  /** WebAssembly text that folds the stored values of a block. */
  fold(frame: FoldFrame): string;
}

/**
 * Where the text of a fold finds things. It may use v128 locals by any name, and of i32 `$at`, `$stop`
 * and `$counter`; `$end` is the size of what a step stores, times the steps of the block.
 */
export interface FoldFrame {
  readonly vectors: number;
  /** Bytes from one step to the next. */
  readonly stride: number;
  /** Whether lanes may have taken fewer steps than the block has. */
  readonly isMasked: boolean;
  /** Distinguishes its labels from those of other folds. */
  readonly label: string;
  /** Address of the first step of a stored value. */
  stored(index: number, vector: number): number;
  /** Address of a slot of the lanes, as the operand of a load or store. */
  slot(slot: number, vector: number): string;
}

/** An address that is known beforehand, as the operand of a load or store. */
export const addressOf = (address = 0): string => `offset=${address} (i32.const 0)`;

export const range = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index);

/** A loop over the steps of a block, which `$at` counts in bytes up to `$${end}`. */
export function overSteps({ label, stride }: FoldFrame, body: string, end = '$end'): string {
  return `(loop $${label}
        ${body}
        (br_if $${label} (i32.lt_u
          (local.tee $at (i32.add (local.get $at) (i32.const ${stride})))
          (local.get ${end}))))`;
}
