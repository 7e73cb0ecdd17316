/** What one slice does of a tile: some steps of some columns. */
export interface SliceSize {
  readonly steps: number;
  readonly columns: number;
}

/** Steps of a slice below which starting it and adding up its counts costs more than the steps. */
const FEWEST_STEPS = { settle: 64, observe: 512 } as const;
/** Orbit-steps per millisecond that any device reaches: the first slices are small. */
const FIRST_RATE = 2000;

export type Work = keyof typeof FEWEST_STEPS;

/**
 * Chooses how large slices are, so that each takes about `milliseconds`.
 *
 * A slow device gets fewer columns at a time rather than very few steps.
 */
export interface Pace {
  choose(work: Work, columns: number, orbits: number, stepsLeft: number): SliceSize;
  /** Learns from a slice of `orbitSteps` that took `elapsed` milliseconds. */
  learn(work: Work, orbitSteps: number, elapsed: number): void;
}

export function createPace(milliseconds: number, fixed?: SliceSize): Pace {
  const rates = { settle: FIRST_RATE, observe: FIRST_RATE };
  return {
    choose(work, columns, orbits, stepsLeft) {
      if (fixed) {
        const steps = Math.min(fixed.steps, stepsLeft);
        return { steps, columns: Math.min(fixed.columns, columns) };
      }
      const affordable = Math.max(1, Math.floor((rates[work] * milliseconds) / orbits));
      const steps = Math.floor(affordable / columns);
      const fewest = Math.min(FEWEST_STEPS[work], stepsLeft);
      if (steps >= fewest) return { steps: Math.min(steps, stepsLeft), columns };
      return { steps: fewest, columns: Math.min(columns, Math.ceil(affordable / fewest)) };
    },
    learn(work, orbitSteps, elapsed) {
      const measured = orbitSteps / Math.max(elapsed, 0.05);
      const known = rates[work];
      rates[work] = Math.min(4 * known, Math.max(known / 4, measured));
    },
  };
}
