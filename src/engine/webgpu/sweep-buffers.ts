import { RunError } from '../errors.ts';
import { sizeOf, sliceLayout } from './layout.ts';
import type { Program } from './program.ts';

/** Workgroups per dispatch and dimension that every device allows: one column each. */
const LARGEST_DISPATCH = 65_535;

/** The buffers of a sweep; the sweep owns them. */
export interface SweepBuffers {
  /** Columns whose constants and counts they hold. */
  readonly columnsAtOnce: number;
  readonly slice: GPUBuffer;
  readonly constants: GPUBuffer;
  /** Counts, zero at first: shape [columns at once, stride]. */
  readonly counts: GPUBuffer;
  /** Makes the buffer of the states of `orbits` orbits. */
  states(orbits: number): Promise<GPUBuffer>;
  dispose(): void;
}

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
  const { columns, tallyStride, table, orbit } = program;
  const { maxBufferSize, maxStorageBufferBindingSize } = device.limits;
  const largest = Math.min(maxBufferSize, maxStorageBufferBindingSize);
  const fitting = Math.min(Math.floor(largest / (4 * tallyStride)), LARGEST_DISPATCH);
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
      states: (orbits) => make('states', 4 * orbit.stateWords * orbits, STORAGE | COPY_DST),
      dispose,
    };
  } catch (error) {
    dispose();
    throw error;
  }
}
