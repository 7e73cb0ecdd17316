import { readWords } from './readback.ts';

/** Passes that are timed between two readings. */
const PASSES = 256;
const NANOSECOND = 1e-9;

/** The device's own clock, around every pass of a run. */
export interface KernelClock {
  /** What a pass is begun with, so that it is timed; nothing where a slice has more passes than there is room for. */
  watch(): GPUComputePassTimestampWrites | undefined;
  /** Reads what has been timed, where there is little room for more; between slices, never within one. */
  makeRoom(): Promise<void>;
  /** Seconds of all passes so far; undefined where one was not timed. */
  seconds(): Promise<number | undefined>;
  dispose(): void;
}

/**
 * A clock, where the device has one.
 *
 * Browsers round its times, Chrome to a tenth of a millisecond: what a pass takes is then unsure by as much.
 *
 * @param lostReason tells why the device was lost, if it was.
 */
export function createKernelClock(
  device: GPUDevice,
  lostReason: () => string | undefined,
): KernelClock | undefined {
  if (!device.features.has('timestamp-query')) return undefined;
  const querySet = device.createQuerySet({
    label: 'kernel clock',
    type: 'timestamp',
    count: 2 * PASSES,
  });
  const times = device.createBuffer({
    label: 'kernel times',
    size: 2 * PASSES * 8,
    usage: GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC,
  });
  let watched = 0;
  let sum = 0;
  let isWhole = true;
  const take = async (): Promise<void> => {
    if (watched === 0) return;
    const encoder = device.createCommandEncoder();
    encoder.resolveQuerySet(querySet, 0, 2 * watched, times, 0);
    device.queue.submit([encoder.finish()]);
    const words = await readWords(device, times, 4 * watched, lostReason);
    const stamps = new BigUint64Array(words.buffer, 0, 2 * watched);
    for (let pass = 0; pass < watched; pass++) {
      const took = Number((stamps[2 * pass + 1] ?? 0n) - (stamps[2 * pass] ?? 0n));
      sum += Math.max(0, took) * NANOSECOND; // a rounded or reset clock may go back
    }
    watched = 0;
  };
  return {
    watch() {
      if (watched === PASSES) {
        isWhole = false;
        return undefined;
      }
      const pass = watched++;
      return {
        querySet,
        beginningOfPassWriteIndex: 2 * pass,
        endOfPassWriteIndex: 2 * pass + 1,
      };
    },
    async makeRoom() {
      if (watched > PASSES / 2) await take();
    },
    async seconds() {
      await take();
      return isWhole ? sum : undefined;
    },
    dispose() {
      querySet.destroy();
      times.destroy();
    },
  };
}
