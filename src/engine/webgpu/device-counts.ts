import type { Tile } from '../plan.ts';
import { addCounts, copyTallies, type Tallies } from '../tallies.ts';

/** The counters on the device, and what was drained from them to the host before they could overflow. */
export interface DeviceCounts {
  /** What the host has. */
  readonly tallies: Tallies;
  /** Goes on to the columns of a tile. */
  begin(tile: Tile): Promise<void>;
  /** Makes room for a cell to be counted up to `most` times more. */
  reserve(most: number): Promise<void>;
  /** A copy of all counts so far. */
  copy(): Promise<Tallies>;
}

/** @param read reads words from the beginning of `counts`. */
export function createDeviceCounts(
  device: GPUDevice,
  counts: GPUBuffer,
  tallies: Tallies,
  largest: number,
  read: (buffer: GPUBuffer, words: number) => Promise<Uint32Array>,
): DeviceCounts {
  let [columnFrom, columns] = [0, 0];
  let pending = 0; // largest count a cell on the device can have
  const readInto = async (into: Tallies): Promise<void> => {
    if (pending === 0) return;
    addCounts(into, columnFrom * tallies.stride, await read(counts, columns * tallies.stride));
  };
  const drain = async (): Promise<void> => {
    if (pending === 0) return;
    await readInto(tallies);
    const encoder = device.createCommandEncoder();
    encoder.clearBuffer(counts);
    device.queue.submit([encoder.finish()]);
    pending = 0;
  };
  return {
    tallies,
    async begin(tile) {
      if (tile.columnFrom !== columnFrom) await drain();
      ({ columnFrom, columns } = tile);
    },
    async reserve(most) {
      if (pending + most > largest) await drain();
      pending += most;
    },
    async copy() {
      const copy = copyTallies(tallies);
      await readInto(copy);
      return copy;
    },
  };
}
