import type { SweepContext } from './sweep-context.ts';
import type { SliceValues } from './sweep-kernels.ts';

const LANES = 64; // workgroup size of the kernels

/** Kernels that visit every orbit once, beside the steps. */
const works = { scout: 'record', period: 'settle' } as const;

/** A visit to all orbits, in slices of bounded time. */
export interface Pass {
  readonly isDone: boolean;
  /** Visits some more. */
  advance(slice: SliceValues): Promise<void>;
}

/**
 * Begins a visit to `count` orbits.
 *
 * @param steps that the kernel takes with each of them.
 */
export function beginPass(
  { kernels, pace, wait }: SweepContext,
  kernel: keyof typeof works,
  steps: number,
  count: number,
): Pass {
  const work = works[kernel];
  let done = 0;
  return {
    get isDone() {
      return done === count;
    },
    async advance(slice) {
      const size = pace.choose(work, { columns: count - done, orbits: 1 }, 1, steps);
      const orbits = Math.max(LANES, Math.floor((size.columns * size.steps) / steps));
      const values = { ...slice, steps, itemFrom: done, itemEnd: Math.min(done + orbits, count) };
      const items = values.itemEnd - done;
      const before = performance.now();
      kernels.dispatch(kernel, values, [Math.ceil(items / LANES), 1]);
      await wait(work, items * steps, before);
      done = values.itemEnd;
    },
  };
}
