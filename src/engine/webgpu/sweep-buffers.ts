import { RunError } from '../errors.ts';
import { sizeOf, sliceLayout } from './layout.ts';
import type { Program } from './program.ts';

/** Workgroups per dispatch and dimension that every device allows. */
const LARGEST_DISPATCH = 65_535;
/** Most orbits that a workgroup of 64 each can follow in one dispatch. */
const LARGEST_TILE = 64 * LARGEST_DISPATCH;

/** The buffers of a sweep; the sweep owns them. */
export interface SweepBuffers {
  /** Columns whose constants and counts they hold. */
  readonly columnsAtOnce: number;
  readonly slice: GPUBuffer;
  readonly constants: GPUBuffer;
  /** Counts, zero at first: shape [columns at once, stride]. */
  readonly counts: GPUBuffer;
  /** Most orbits whose states and marks fit a buffer each. */
  readonly orbitsAtOnce: number;
  /** Makes the buffers of so many orbits. */
  ofOrbits(orbits: number): Promise<OrbitBuffers>;
  dispose(): void;
}

/** The buffers of the orbits of a tile. */
export interface OrbitBuffers {
  /** Shape [words of a state, columns, orbits]. */
  readonly states: GPUBuffer;
  /** Shape [words of marks, columns, orbits]: see shaders/kernels/marks.wgsl. */
  readonly marks: GPUBuffer;
  /** A list of places of orbits, a second one, and its length. */
  readonly followed: GPUBuffer;
  readonly left: GPUBuffer;
  readonly leftCount: GPUBuffer;
}

/** Orbits looked at for cycles, whose places are listed in `followed`. */
export const SAMPLED_ORBITS = 64;

/**
 * Makes the buffers for as many columns of a program as the device can count at once.
 *
 * @param needsAllColumns refuses to make them for fewer than all.
 * @throws {RunError} `out-of-memory`.
 */
export async function allocate(
  device: GPUDevice,
  program: Program,
  needsAllColumns: boolean,
): Promise<SweepBuffers> {
  const { columns, tallyStride, table, orbit, marks, layout } = program;
  const isListed = layout.record.escape !== undefined;
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  const largest = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  const fitting = Math.min(
    Math.floor(largest / (4 * tallyStride)),
    Math.floor(largest / (4 * table.width)),
    layout.row > 0 ? LARGEST_DISPATCH : LARGEST_TILE, // where there are densities, a workgroup each
  );
  const needed = needsAllColumns ? columns : 1;
  if (fitting < needed) {
    throw new RunError(
      'out-of-memory',
      `the counts of ${needed} columns of ${tallyStride} need ${4 * tallyStride * needed} bytes and ${needed} workgroups at once, this device has room for ${fitting} columns; ask for fewer bins or columns`,
    );
  }
  const columnsAtOnce = Math.min(columns, fitting);
  const made: GPUBuffer[] = [];
  const make = async (label: string, size: number, usage: number): Promise<GPUBuffer> => {
    device.pushErrorScope('out-of-memory');
    const buffer = device.createBuffer({ label, size: Math.max(16, size), usage });
    made.push(buffer);
    const error = await device.popErrorScope();
    if (!error) return buffer;
    throw new RunError(
      'out-of-memory',
      `the device has no ${size} bytes for the ${label}: ${error.message}`,
    );
  };
  const dispose = () => {
    for (const buffer of made) buffer.destroy();
  };
  const { COPY_DST, COPY_SRC, STORAGE, UNIFORM } = GPUBufferUsage;
  try {
    return {
      columnsAtOnce,
      slice: await make('slice', sizeOf(sliceLayout), UNIFORM | COPY_DST),
      constants: await make('columns', 4 * table.width * columnsAtOnce, STORAGE | COPY_DST),
      counts: await make('counts', 4 * tallyStride * columnsAtOnce, STORAGE | COPY_DST | COPY_SRC),
      orbitsAtOnce: Math.min(
        LARGEST_TILE,
        Math.floor(largest / (4 * Math.max(orbit.stateWords, marks.width))),
      ),
      ofOrbits: async (orbits) => {
        const usage = STORAGE | COPY_DST | COPY_SRC;
        const listed = 4 * (isListed ? orbits : 0);
        return {
          states: await make('states', 4 * orbit.stateWords * orbits, usage),
          marks: await make('marks', 4 * marks.width * orbits, usage),
          followed: await make('followed', Math.max(4 * SAMPLED_ORBITS, listed), usage),
          left: await make('left', listed, usage),
          leftCount: await make('left count', 4, usage),
        };
      },
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}
