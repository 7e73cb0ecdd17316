import { columnCount } from '../../spec/columns.ts';
import { type Cycle, isSampled } from '../collapse.ts';
import type { Tile } from '../plan.ts';
import type { OrbitProgram } from './precision/orbit.ts';
import type { Program } from './program.ts';
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
    isSampled(program.columnFrom + tile.columnFrom + at, columnCount(program.spec)),
  );
  if (columns.length === 0) return [];
  const places = Uint32Array.from(columns, (at) => at * tile.orbits);
  device.queue.writeBuffer(buffers.followed, 0, places);
  kernels.dispatch('cycle', { ...slice, itemEnd: columns.length }, [1, 1]);
  const lengths = await read(buffers.followed, columns.length);
  const stride = tile.columns * tile.orbits;
  const words = await read(buffers.states, program.orbit.stateWords * stride);
  return columns.map((at, index) => {
    const column = tile.columnFrom + at;
    const state = stateOf(program, column, words, at * tile.orbits, stride);
    return { column: program.columnFrom + column, length: lengths[index] ?? 0, states: state };
  });
}

/** What a cycle goes on from: positions and, where the rule keeps them, moves. */
function stateOf(
  { orbit, spec, settingOf }: Program,
  column: number,
  words: Uint32Array,
  place: number,
  stride: number,
): Float64Array {
  const setting = settingOf(column);
  const { variables } = spec.objective;
  const along = (read: OrbitProgram['position']) =>
    variables.map((_, at) => read(at, words, place, stride) * orbit.unit(at, setting));
  return Float64Array.from([...along(orbit.position), ...(orbit.move ? along(orbit.move) : [])]);
}
