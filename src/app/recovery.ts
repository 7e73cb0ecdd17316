import { RunError } from '../engine/errors.ts';
import type { Feature } from './context.ts';

/** How often something may be begun anew by itself. */
export interface Allowance {
  /** Takes one, where there is one left. */
  take(): boolean;
}

/** Times in each `PERIOD` that a run begins anew by itself: a device that is lost more often stays lost. */
const TIMES = 3;
/** Milliseconds. */
const PERIOD = 60_000;

export function createAllowance(): Allowance {
  let taken: readonly number[] = [];
  return {
    take() {
      const now = performance.now();
      taken = taken.filter((time) => now - time < PERIOD);
      if (taken.length >= TIMES) return false;
      taken = [...taken, now];
      return true;
    },
  };
}

/** Begins a run anew that lost a device of its own, which the studio's device does not tell of. */
export const recovery: Feature = ({ page, compute, events, signal }) => {
  const allowance = createAllowance();
  events.on(
    'fail',
    (error) => {
      const isLost = error instanceof RunError && error.code === 'device-lost';
      if (!isLost || !allowance.take()) return;
      // After the failure has been shown: it is over then.
      setTimeout(() => {
        if (signal.aborted) return;
        page.notice();
        compute();
      });
    },
    signal,
  );
};
