import { parseSpec } from '../../src/spec/parse.ts';
import type { SpecInput } from '../../src/spec/schema.ts';
import type { Spec } from '../../src/spec/spec.ts';

/** Steps alone, or steps with each state counted into a density. */
export const workloads = ['iteration', 'density'] as const;
export type Workload = (typeof workloads)[number];

/** An ensemble of orbits for each of many learning rates; axis and starts are cell-centred. */
export interface Sweep {
  readonly columns: number;
  /** Of each column. */
  readonly orbits: number;
  readonly eta: readonly [from: number, to: number];
  readonly epsilon: number;
  readonly start: readonly [from: number, to: number];
  /** Of the density, with `bins` bins. */
  readonly range: readonly [from: number, to: number];
  readonly bins: number;
}

/** Work that takes columns x orbits x steps orbit-steps. */
export interface Work {
  readonly sweep: Sweep;
  readonly workload: Workload;
  /** Steps of every orbit, at least 1 and at most `mostStepsOf` the sweep. */
  readonly steps: number;
}

/**
 * What everyone computes: x <- x - eta (x + cos(x / epsilon)), that is gradient descent on
 * x^2 / 2 + epsilon sin(x / epsilon), by columns of constant eta.
 *
 * Axis and starts are cell-centred, so that nobody needs random numbers. The orbits of a column fill 2 KiB
 * and its counts 4 KiB: first-level cache everywhere. Columns are many, so that no core waits long for the
 * last one, and a GPU has something to do.
 */
export const processorSweep: Sweep = {
  columns: 128,
  orbits: 256,
  eta: [0.09, 0.11],
  epsilon: 1e-3,
  start: [-0.5, 0.5],
  range: [-0.6, 0.6],
  bins: 1080,
};

/**
 * The same for a large accelerator: a million orbits fill it, and with a workgroup for each column of four
 * orbits an invocation, an H100 holds all of them at once.
 */
export const deviceSweep: Sweep = { ...processorSweep, columns: 1024, orbits: 1024 };

/** Counts of one column: below the range, its bins, above it. */
export function slotsOf({ bins }: Sweep): number {
  return bins + 2;
}

/** So many steps that every count of a column still fits 32 bits, which is what the peers count in. */
export function mostStepsOf({ orbits }: Sweep): number {
  return Math.floor((2 ** 32 - 1) / orbits);
}

/** Orbit-steps of some work. */
export function orbitStepsOf({ sweep, steps }: Work): number {
  return sweep.columns * sweep.orbits * steps;
}

/** Visits that some work counts: every state, or of `iteration` the last one of each orbit. */
export function visitsOf({ sweep, workload, steps }: Work): number {
  return sweep.columns * sweep.orbits * (workload === 'density' ? steps : 1);
}

/** The same work as a spec. */
export function specOf({ sweep, workload, steps }: Work, precision: Spec['precision']): Spec {
  const skip = workload === 'density' ? 0 : steps - 1;
  const input: SpecInput = {
    etascope: 1,
    title: `bench: ${workload}`,
    objective: { macro: 'x^2 / 2', micro: 'sin(x)', epsilon: sweep.epsilon },
    axes: [{ parameter: 'eta', from: sweep.eta[0], to: sweep.eta[1], count: sweep.columns }],
    ensemble: { orbits: sweep.orbits, initial: { x: { grid: [...sweep.start] } } },
    steps: { skip, keep: steps - skip },
    measures: [{ measure: 'density', of: 'x', range: [...sweep.range], bins: sweep.bins }],
    precision,
  };
  return parseSpec(input);
}
