/** What one slice does of a tile: some steps of some columns. */
export interface SliceSize {
  readonly steps: number;
  readonly columns: number;
}

export interface PaceOptions {
  /** Wall time a slice should take, milliseconds. */
  readonly sliceMilliseconds: number;
  /**
   * Steps of each invocation, over all its orbits, below which zeroing the counters of an observed slice
   * and adding them up would cost too much beside them.
   */
  readonly fewestSteps: number;
  /** Slices of this size instead of adapted ones. */
  readonly slice?: SliceSize;
}

/** The same for slices without counters: loading and storing the states. */
const FEWEST_SETTLING = 64;
/** Orbit-steps per millisecond that any device reaches: the first slices are small. */
const FIRST_RATE = 2000;

export type Work = 'settle' | 'observe';

/**
 * Chooses how large slices are, so that each takes about the time asked for.
 *
 * A slow device gets fewer columns at a time rather than very few steps.
 */
export interface Pace {
  /**
   * @param tile its columns, and its orbits per column.
   * @param orbitsPerLane orbits that one invocation follows in turn.
   */
  choose(
    work: Work,
    tile: { readonly columns: number; readonly orbits: number },
    orbitsPerLane: number,
    stepsLeft: number,
  ): SliceSize;
  /** Milliseconds that `orbitSteps` should take. */
  expect(work: Work, orbitSteps: number): number;
  /** Learns from a slice of `orbitSteps` that took `elapsed` milliseconds. */
  learn(work: Work, orbitSteps: number, elapsed: number): void;
}

export function createPace(options: PaceOptions): Pace {
  const { sliceMilliseconds, fewestSteps, slice: fixed } = options;
  const rates = { settle: FIRST_RATE, observe: FIRST_RATE };
  return {
    choose(work, { columns, orbits }, orbitsPerLane, stepsLeft) {
      if (fixed) {
        const steps = Math.min(fixed.steps, stepsLeft);
        return { steps, columns: Math.min(fixed.columns, columns) };
      }
      const affordable = Math.max(1, Math.floor((rates[work] * sliceMilliseconds) / orbits));
      const steps = Math.floor(affordable / columns);
      const ofLane = work === 'settle' ? FEWEST_SETTLING : fewestSteps;
      const fewest = Math.min(Math.ceil(ofLane / orbitsPerLane), stepsLeft);
      if (steps >= fewest) return { steps: Math.min(steps, stepsLeft), columns };
      return { steps: fewest, columns: Math.min(columns, Math.ceil(affordable / fewest)) };
    },
    expect: (work, orbitSteps) => orbitSteps / rates[work],
    learn(work, orbitSteps, elapsed) {
      const measured = orbitSteps / Math.max(elapsed, 0.05);
      const known = rates[work];
      rates[work] = Math.min(4 * known, Math.max(known / 4, measured));
    },
  };
}
