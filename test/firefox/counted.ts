import { parseSpec } from '../../src/spec/parse.ts';
import { createSweeper } from '../engine/webgpu/swept.ts';

/** What the kernels gave for a requested spec, as numbers that go from one process to another. */
export interface Counted {
  /** [columns, slots of all densities, lost, diverged]. */
  readonly counts: readonly number[];
  /** [columns, orbits, values]: final states, sums and more; each f64 as its two words, so that NaN lives. */
  readonly records: readonly number[];
}

export type Count = (request: object) => Promise<Counted>;

/** Runs requested specs on a device. */
export function createCount(device: GPUDevice): Count {
  const sweep = createSweeper(device);
  return async (request) => {
    const { tallies, records } = await sweep(parseSpec(request));
    return {
      counts: Array.from(tallies.rows, Number),
      records: Array.from(new Uint32Array(new Float64Array(records.data).buffer)),
    };
  };
}
