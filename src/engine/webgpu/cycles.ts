import { type Cycle, isSampled } from '../collapse.ts';
import type { Tile } from '../plan.ts';
import type { SweepContext } from './sweep-context.ts';
import type { SliceValues } from './sweep-kernels.ts';

/** The exact cycles on which the sampled orbits of a finished tile are; none where noise forbids them. */
export async function findCycles(
  { program, device, buffers, kernels, read }: SweepContext,
  tile: Tile,
  slice: SliceValues,
): Promise<readonly Cycle[]> {
  if (!program.kernels.cycle || tile.orbitFrom > 0) return [];
  const columns = Array.from({ length: tile.columns }, (_, at) => at).filter((at) =>
    isSampled(tile.columnFrom + at, program.columns),
  );
  if (columns.length === 0) return [];
  const places = Uint32Array.from(columns, (at) => at * tile.orbits);
  device.queue.writeBuffer(buffers.followed, 0, places);
  kernels.dispatch('cycle', { ...slice, itemEnd: columns.length }, [1, 1]);
  const lengths = await read(buffers.followed, columns.length);
  return columns.map((at, index) => ({
    column: tile.columnFrom + at,
    length: lengths[index] ?? 0,
  }));
}
