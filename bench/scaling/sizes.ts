import type { SpecInput } from '../../src/spec/schema.ts';

/** How much work a point is. */
export interface Size {
  readonly columns: number;
  /** Of each column. */
  readonly orbits: number;
  readonly steps: number;
  readonly bins: number;
}

/** The direction in which a curve grows. */
export const directions = ['columns', 'orbits', 'steps', 'bins'] as const;
export type Direction = (typeof directions)[number];

/** Where curves begin; the last steps of all are 10^9 orbit-steps. */
const base: Size = { columns: 64, orbits: 64, steps: 1024, bins: 256 };

const powers = (from: number, to: number, by: number): readonly number[] =>
  Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, at) => 2 ** (from + by * at));

/** Sizes along each direction, from tiny to 2^30 orbit-steps or more. */
export const curveSizes: Readonly<Record<Direction, readonly Size[]>> = {
  columns: powers(0, 14, 2).map((columns) => ({ ...base, columns })),
  orbits: powers(0, 14, 2).map((orbits) => ({ ...base, orbits })),
  steps: powers(0, 18, 2).map((steps) => ({ ...base, steps })),
  bins: powers(2, 16, 2).map((bins) => ({ ...base, bins })),
};

/** Sizes whose memory is looked at: more orbits, then more steps. */
export const memorySizes = {
  orbits: powers(4, 16, 4).map((orbits) => ({ ...base, orbits, steps: 64 })),
  steps: powers(6, 14, 4).map((steps) => ({ ...base, steps })),
} as const;

/** Orbit-steps of a size. */
export function orbitStepsOf({ columns, orbits, steps }: Size): number {
  return columns * orbits * steps;
}

/** A size as a spec: every step counted into a density. */
export function specOf({ columns, orbits, steps, bins }: Size, precision: string): SpecInput {
  return {
    etascope: 1,
    title: 'bench: scaling',
    objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
    axes: [{ parameter: 'eta', from: 0.09, to: 0.11, count: columns }],
    ensemble: { orbits, initial: { x: { normal: [0, 0.162] } }, seed: 1 },
    steps: { skip: 0, keep: steps },
    measures: [{ measure: 'density', of: 'x', range: [-0.75, 0.75], bins }],
    precision: precision as SpecInput['precision'], // of a lane
  };
}
