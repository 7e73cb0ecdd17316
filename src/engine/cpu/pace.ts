import { BLOCK } from './block.ts';

/** Work between two looks at the clock should take about so long, milliseconds. */
const SHORT = 1;
const LONG = 3;
/** Steps before the first look: what the browser has not optimised yet must not take long. */
const FIRST_STEPS = 8 * BLOCK;

/** How many steps to take before looking at the clock. */
export interface Pace {
  /** Steps, a whole number of blocks. */
  readonly chunk: number;
  /** Says that so many steps were taken; whether it is time to look at the clock. */
  isDue(steps: number): boolean;
  /** Begins a stretch of work; returns the time. */
  begin(): number;
}

/** @param most steps, a whole number of blocks; where one may cost far more than another, few. */
export function createPace(most = Number.POSITIVE_INFINITY): Pace {
  let chunk = Math.min(FIRST_STEPS, most);
  let taken = 0;
  let last = 0;
  return {
    get chunk() {
      return chunk;
    },
    isDue(steps) {
      taken += steps;
      if (taken < chunk) return false;
      const now = performance.now();
      if (now - last > LONG) chunk = Math.max(BLOCK, chunk / 2);
      else if (now - last < SHORT) chunk = Math.min(2 * chunk, most);
      taken = 0;
      last = now;
      return true;
    },
    begin() {
      taken = 0;
      last = performance.now();
      return last;
    },
  };
}
