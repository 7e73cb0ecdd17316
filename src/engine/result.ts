import type { ResultArrays } from '../measure/array.ts';
import type { Spec } from '../spec/spec.ts';
import type { Collapses } from './collapse.ts';

export type { ElementType, ResultArray, ResultArrays } from '../measure/array.ts';

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
  /** Orbit-steps asked for: columns x orbits x steps of an orbit that stays. */
  readonly orbitSteps: number;
  /** SHA-256 of the canonical spec, hexadecimal. */
  readonly specHash: string;
  /** What a reader should know before trusting the numbers; empty when there is nothing. */
  readonly warnings: readonly string[];
}

/** The part of a run that a result is of. */
export interface ResultStrip {
  /** Places [from, to) of the first axis. */
  readonly from: number;
  readonly to: number;
  /** What its warning of collapsed orbits counts: strips of a run add up to the warning of the whole. */
  readonly collapses: Collapses;
}

/** What a run gives: arrays under the names of the documentation, with what made them. */
export interface Result {
  readonly spec: Spec;
  readonly provenance: Provenance;
  readonly arrays: ResultArrays;
  /** Where some places of the first axis were run alone: the arrays are of these, the spec is of all. */
  readonly strip?: ResultStrip;
}
