import type { SweepContext } from './sweep-context.ts';
import type { SliceValues } from './sweep-kernels.ts';

const LANES = 64; // workgroup size of the kernels
/** Steps of the first slice in which orbits may escape. */
const FIRST_CAP = 64;
/** Share of orbits that may escape in a slice, and that should: their lanes wait for its end. */
const MANY = 0.25;
const FEW = 0.1;

/** The orbits of a tile that are still followed, listed on the device. */
export interface Followed {
  readonly count: number;
  /** Steps in which not too many of them escape. */
  readonly cap: number;
  /** Lists anew which are left; call it when all have taken the steps of a slice. */
  renew(slice: SliceValues): Promise<void>;
}

/**
 * Lists all orbits of a tile.
 *
 * @param followed how many of them are followed from the start.
 */
export function createFollowed(
  { device, buffers, kernels, read }: SweepContext,
  orbits: number,
  followed: number,
): Followed {
  device.queue.writeBuffer(
    buffers.followed,
    0,
    Uint32Array.from({ length: orbits }, (_, i) => i),
  );
  let count = followed === 0 ? 0 : orbits;
  let cap = FIRST_CAP;
  return {
    get count() {
      return count;
    },
    get cap() {
      return cap;
    },
    async renew(slice) {
      const groups = Math.ceil(count / LANES);
      kernels.dispatch('compact', { ...slice, itemEnd: count }, [groups, 1], (encoder) => {
        encoder.copyBufferToBuffer(buffers.left, 0, buffers.followed, 0, 4 * count);
      });
      const [left = 0] = await read(buffers.leftCount, 1);
      const gone = (count - left) / count;
      if (gone > MANY) cap = Math.max(1, Math.floor(cap / 2));
      else if (gone < FEW) cap *= 2;
      count = left;
    },
  };
}
