import type { Spec } from '../../spec/spec.ts';
import type { Engine, Progress, RunOptions } from '../engine.ts';
import type { Provenance, Result } from '../result.ts';
import type { StartWorker } from './worker-port.ts';

/** Counts of a density, growing in place while it is computed. */
export interface GrowingCounts {
  readonly columns: number;
  readonly bins: number;
  /** Distance of one column to the next in `counts`. */
  readonly stride: number;
  /** Place of the lowest bin of column 0 in `counts`. */
  readonly start: number;
  /** u64 where a count could pass 2^32 - 1. To be read only; later frames write into it. */
  readonly counts: Uint32Array | BigUint64Array;
  /**
   * Steps that the counts of each column hold so far, of all orbits, in its range or not; they grow
   * unevenly. f64 [columns]; absent of counts that grow no more.
   */
  readonly observed?: Float64Array;
}

/** A density that is being computed and can be looked at meanwhile. */
export interface GrowingDensity {
  /** What its result says of how it was made; known before the first step. */
  readonly provenance: Provenance;
  /** The first density of the spec. */
  readonly density: GrowingCounts;
  /**
   * Runs to the end, on workers: the caller's thread only adds counts up. Each item says how far the run
   * is; the counts then hold what was done up to it. The last item has share 1. To be called once.
   */
  frames(): AsyncIterable<Progress>;
  /** The counts so far as a result. */
  result(): Result;
}

/** The engine of the processor: float64, WebAssembly SIMD, one worker per core. */
export interface CpuEngine extends Engine {
  readonly name: 'cpu';
  /** Prepares a run whose first density can be looked at while it grows, coarse first. */
  grow(spec: Spec, options?: RunOptions): Promise<GrowingDensity>;
}

export interface CpuEngineOptions {
  readonly startWorker: StartWorker;
  /** Workers to compute on, at least 1. */
  readonly workers: number;
  /** What it runs on, for people. */
  readonly description: string;
}
