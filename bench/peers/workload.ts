import { parseSpec } from '../../src/spec/parse.ts';
import type { SpecInput } from '../../src/spec/schema.ts';
import type { Spec } from '../../src/spec/spec.ts';

/** Steps alone, or steps with each state counted into a density. */
export const workloads = ['iteration', 'density'] as const;
export type Workload = (typeof workloads)[number];

/** Work that takes columns x orbits x steps orbit-steps. */
export interface Work {
  readonly workload: Workload;
  /** Steps of every orbit, at least 1 and at most `MOST_STEPS`. */
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
export const sweep = {
  columns: 128,
  orbits: 256,
  eta: [0.09, 0.11],
  epsilon: 1e-3,
  start: [-0.5, 0.5],
  range: [-0.6, 0.6],
  bins: 1080,
} as const;

/** Counts of one column: below the range, its bins, above it. */
export const SLOTS = sweep.bins + 2;

/** Every count of a column still fits 32 bits, which is what the peers count in. */
export const MOST_STEPS = 2 ** 24 - 1;

/** Orbit-steps of some work. */
export function orbitStepsOf({ steps }: Work): number {
  return sweep.columns * sweep.orbits * steps;
}

/** Visits that some work counts: every state, or of `iteration` the last one of each orbit. */
export function visitsOf({ workload, steps }: Work): number {
  return sweep.columns * sweep.orbits * (workload === 'density' ? steps : 1);
}

/** The same work as a spec. */
export function specOf({ workload, steps }: Work, precision: 'statistics' | 'float64'): Spec {
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
