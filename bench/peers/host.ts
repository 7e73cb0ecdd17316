import { slotsOf, type Work } from './workload.ts';

/** Orbits `first`, `first + every`, ... of each column. */
export interface Sample {
  readonly first: number;
  readonly every: number;
}

/**
 * Does the work, or a sample of it, in this process: a float64 loop that shares nothing with any
 * contestant.
 *
 * @returns visits, row-major [columns, slots].
 */
export function hostCounts(
  { sweep, workload, steps }: Work,
  { first, every }: Sample = { first: 0, every: 1 },
): Float64Array {
  const { columns, orbits, eta, epsilon, start, range, bins } = sweep;
  const slots = slotsOf(sweep);
  const counts = new Float64Array(columns * slots);
  for (let column = 0; column < columns; column++) {
    const rate = centre(eta, column, columns);
    const count = (x: number) => {
      const bin = Math.floor(((x - range[0]) / (range[1] - range[0])) * bins);
      const at = column * slots + Math.min(bins + 1, Math.max(0, bin + 1));
      counts[at] = (counts[at] ?? 0) + 1;
    };
    for (let orbit = first; orbit < orbits; orbit += every) {
      let x = centre(start, orbit, orbits);
      for (let n = 0; n < steps; n++) {
        x -= rate * (x + Math.cos(x / epsilon));
        if (workload === 'density') count(x);
      }
      if (workload === 'iteration') count(x);
    }
  }
  return counts;
}

function centre([from, to]: readonly [number, number], index: number, count: number): number {
  return from + ((index + 0.5) * (to - from)) / count;
}
