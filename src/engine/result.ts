import type { Spec } from '../spec/spec.ts';

/** The element types a result array can have, named as NumPy names them. */
export type ElementType = 'uint32' | 'uint64' | 'float64';

/** One array of a result: flat, row-major, with its shape; leading dimensions are the axes. */
export type ResultArray =
  | { readonly type: 'uint32'; readonly shape: readonly number[]; readonly data: Uint32Array }
  | { readonly type: 'uint64'; readonly shape: readonly number[]; readonly data: BigUint64Array }
  | { readonly type: 'float64'; readonly shape: readonly number[]; readonly data: Float64Array };

/**
 * How a result was made. It depends on the spec and the engine alone, never on the clock or on how
 * the work was split, so that equal requests give equal files.
 */
export interface Provenance {
  readonly etascope: string;
  readonly engine: 'webgpu' | 'cpu';
  readonly precision: 'statistics' | 'float32' | 'float64';
  /** How a position is held, e.g. `cell + 32-bit phase of 2 pi epsilon, dithered`. */
  readonly representation: string;
  readonly seed: number;
  /** Orbit-steps asked for: columns x orbits x (skip + keep). */
  readonly orbitSteps: number;
  /** SHA-256 of the canonical spec, hexadecimal. */
  readonly specHash: string;
  /** What a reader should know before trusting the numbers; empty when there is nothing. */
  readonly warnings: readonly string[];
}

/** What a run gives: arrays under the names of the documentation, with what made them. */
export interface Result {
  readonly spec: Spec;
  readonly provenance: Provenance;
  readonly arrays: Readonly<Record<string, ResultArray>>;
}
