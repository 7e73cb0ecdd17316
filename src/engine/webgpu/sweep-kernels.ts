import type { Compile } from './compile.ts';
import type { KernelClock } from './kernel-clock.ts';
import { packScalars, sliceLayout, type ValuesOf } from './layout.ts';
import type { Kernels, Program } from './program.ts';
import type { OrbitBuffers, SweepBuffers } from './sweep-buffers.ts';

export type KernelName = keyof Kernels;
export type SliceValues = ValuesOf<typeof sliceLayout>;

/** Bindings of each kernel: slice, columns, states, tallies, marks, followed, left, its count. */
const bindings: Readonly<Record<KernelName, readonly number[]>> = {
  settle: [0, 1, 2, 3, 4],
  observe: [0, 1, 2, 3, 4],
  record: [0, 1, 2, 3, 4],
  scout: [0, 1, 2, 4],
  compact: [0, 4, 5, 6, 7],
  period: [0, 1, 2, 4],
  cycle: [0, 1, 2, 4, 5],
};
const FOLLOWED = 5;
/** Those that also read the list of followed orbits, where there is one. */
const listed: ReadonlySet<KernelName> = new Set(['settle', 'record', 'scout']);

/** The compiled kernels of a program, bound to its buffers. */
export interface SweepKernels {
  /** Queues a dispatch of so many workgroups, and copies after it. */
  dispatch(
    kernel: KernelName,
    values: SliceValues,
    groups: readonly [number, number],
    then?: (encoder: GPUCommandEncoder) => void,
  ): void;
}

/** The pipelines of the kernels that a program has. */
export type Pipelines = Partial<Record<KernelName, GPUComputePipeline>>;

/** Compiles the kernels of a program. */
export async function compileKernels(compile: Compile, { kernels }: Program): Promise<Pipelines> {
  const entries = Object.entries(kernels) as [KernelName, string | undefined][]; // its keys
  const made = entries.map(async ([name, code]) =>
    code === undefined ? [] : [[name, await compile(name, code)] as const],
  );
  return Object.fromEntries((await Promise.all(made)).flat());
}

/**
 * Binds kernels to buffers.
 *
 * @param clock times every pass, where there is one.
 */
export function bindKernels(
  device: GPUDevice,
  pipelines: Pipelines,
  isListed: boolean,
  { slice, constants, counts }: SweepBuffers,
  { states, marks, followed, left, leftCount }: OrbitBuffers,
  clock?: KernelClock,
): SweepKernels {
  const buffers = [slice, constants, states, counts, marks, followed, left, leftCount];
  const bound = new Map<KernelName, GPUBindGroup>();
  for (const [name, pipeline] of Object.entries(pipelines) as [KernelName, GPUComputePipeline][]) {
    const used = new Set([...bindings[name], ...(isListed && listed.has(name) ? [FOLLOWED] : [])]);
    const entries = buffers.flatMap((buffer, binding) =>
      used.has(binding) ? [{ binding, resource: { buffer } }] : [],
    );
    const layout = pipeline.getBindGroupLayout(0);
    bound.set(name, device.createBindGroup({ label: name, layout, entries }));
  }
  return {
    dispatch(kernel, values, [x, y], then) {
      const pipeline = pipelines[kernel];
      const group = bound.get(kernel);
      if (!pipeline || !group) throw new Error(`the program has no kernel ${kernel}`);
      device.queue.writeBuffer(slice, 0, packScalars(sliceLayout, values));
      const encoder = device.createCommandEncoder();
      if (kernel === 'compact') encoder.clearBuffer(leftCount);
      const timestampWrites = clock?.watch();
      const pass = encoder.beginComputePass({
        label: kernel,
        ...(timestampWrites && { timestampWrites }),
      });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(x, y);
      pass.end();
      then?.(encoder);
      device.queue.submit([encoder.finish()]);
    },
  };
}
