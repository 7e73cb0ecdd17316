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
/** Steps that kernels take without a branch: what a slice leaves of them takes longer. */
const BLOCK = 64;
/** Orbit-steps per millisecond that any device reaches: the first slices are small. */
const FIRST_RATE = 2000;
/** Share of what another run of the same kernels reached that this one begins with: the device may be busier. */
const TRUST = 0.5;

/**
 * Share of the expected time of a slice that is slept before the device is asked whether it is done:
 * Dawn in Node asks in a loop that keeps a core busy, which a software GPU could use.
 */
const PATIENCE = 0.8;
/** Shorter sleeps are not worth a timer, milliseconds. */
const SHORTEST_REST = 16;
/** A slice that takes less than this many times the sleep may have been done long before. */
const OVERSLEPT = 1.1;
/** A rate that was met within this factor is known well enough to sleep by. */
const STEADY = 1.5;

/** `settle` takes steps, `record` sums what is reached as well, `observe` counts it in workgroup memory. */
export const works = ['settle', 'record', 'observe'] as const;
/** One kind of it. */
export type Work = (typeof works)[number];

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
  /** Milliseconds to sleep before asking for a slice of `orbitSteps`: 0 while the rate is being found. */
  rest(work: Work, orbitSteps: number): number;
  /** Orbit-steps per millisecond, as far as they are known. */
  rate(work: Work): number;
  /** Learns from a slice of `orbitSteps` that took `elapsed` milliseconds, of which `rested` were slept. */
  learn(work: Work, orbitSteps: number, elapsed: number, rested: number): void;
}

/** So many steps, less those beyond whole blocks. */
function wholeBlocks(steps: number): number {
  return steps < BLOCK ? Math.floor(steps) : BLOCK * Math.floor(steps / BLOCK);
}

/** @param known rates that another run of the same kernels reached. */
export function createPace(options: PaceOptions, known: Partial<Record<Work, number>> = {}): Pace {
  const { sliceMilliseconds, fewestSteps, slice: fixed } = options;
  const first = (work: Work) => Math.max(FIRST_RATE, TRUST * (known[work] ?? 0));
  const rates = { settle: first('settle'), record: first('record'), observe: first('observe') };
  const isSteady = { settle: false, record: false, observe: false };
  return {
    choose(work, { columns, orbits }, orbitsPerLane, stepsLeft) {
      if (fixed) {
        const steps = Math.min(fixed.steps, stepsLeft);
        return { steps, columns: Math.min(fixed.columns, columns) };
      }
      const affordable = Math.max(1, Math.floor((rates[work] * sliceMilliseconds) / orbits));
      const steps = wholeBlocks(affordable / columns);
      const ofLane = work === 'observe' ? fewestSteps : FEWEST_SETTLING;
      const fewest = Math.min(Math.ceil(ofLane / orbitsPerLane), stepsLeft);
      if (steps >= fewest) return { steps: Math.min(steps, stepsLeft), columns };
      return { steps: fewest, columns: Math.min(columns, Math.ceil(affordable / fewest)) };
    },
    rest(work, orbitSteps) {
      const rest = (PATIENCE * orbitSteps) / rates[work];
      return isSteady[work] && rest >= SHORTEST_REST ? rest : 0;
    },
    rate: (work) => rates[work],
    learn(work, orbitSteps, elapsed, rested) {
      const measured = orbitSteps / Math.max(elapsed, 0.05);
      const before = rates[work];
      rates[work] = Math.min(4 * before, Math.max(before / 4, measured));
      // A device that was done while we slept is faster than it seems: the next slice says how much.
      const wasDone = rested > 0 && elapsed < OVERSLEPT * rested;
      const isMet = measured < STEADY * before && before < STEADY * measured;
      isSteady[work] = isMet && !wasDone;
    },
  };
}
