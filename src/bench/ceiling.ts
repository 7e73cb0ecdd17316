import type { Operations } from './workload.ts';

/** What a device can do at most of each kind of operation, by kernels that do nothing else; per second. */
export interface Rates {
  /** Multiplications followed by an addition: of f32 on a device, of f64 on the processor. */
  readonly multiplyAdds: number;
  /** Sines by the device's own instruction; absent of the processor, whose WebAssembly has none. */
  readonly sines?: number;
  /** Additions to one of 1024 counters that a workgroup shares; absent of the processor. */
  readonly increments?: number;
}

/**
 * Multiplications followed by an addition that a cosine of float64 takes without an instruction for it: the
 * square, seven of a polynomial good to 2^-51, the last product, and three to reduce the argument.
 */
export const COSINE = 12;

/**
 * Orbit-steps per second that a device cannot exceed in some work.
 *
 * Each kind of operation has units of its own, which work side by side: a step takes at least as long as
 * the busiest of them, max(sines / their rate, multiply-adds / their rate, increments / their rate). Where
 * there is no instruction for a sine, it is `COSINE` multiply-adds. `Operations` are the least a step can
 * do, not what a kernel does: how a position is held, range checks and loops are what the share that is
 * reached pays for. A polynomial in place of some of the sines lifts the ceiling: a share may pass 1.
 */
export function ceilingOf(operations: Operations, rates: Rates): number {
  const { sines, multiplyAdds, increments } = operations;
  const arithmetic = multiplyAdds + (rates.sines === undefined ? COSINE * sines : 0);
  const seconds = [
    arithmetic / rates.multiplyAdds,
    sines / (rates.sines ?? Number.POSITIVE_INFINITY),
    increments / (rates.increments ?? Number.POSITIVE_INFINITY),
  ];
  return 1 / Math.max(...seconds);
}
