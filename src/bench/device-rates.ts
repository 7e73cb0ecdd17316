import { createCompiler } from '../engine/webgpu/compile.ts';
import { isSoftware } from '../engine/webgpu/device.ts';
import { createKernelClock } from '../engine/webgpu/kernel-clock.ts';
import { packScalars, sizeOf, type ValuesOf } from '../engine/webgpu/layout.ts';
import { linkKernel } from '../engine/webgpu/link.ts';
import { nudged } from '../engine/webgpu/nudge.ts';
import { readWords } from '../engine/webgpu/readback.ts';
import type { Rates } from './ceiling.ts';
import { WrongKernel } from './wrong-kernel.ts';

/** Mirrors `struct Load` of shaders/bench/load.wgsl, member for member. */
export const loadLayout = { turns: 'u32', factor: 'f32', shift: 'f32' } as const;

const LANES = 64; // workgroup size of the kernels
/** Workgroups that fill an accelerator, and those that share out evenly over the cores of a processor. */
const GROUPS = { hardware: 8192, software: 64 };
/** Seconds of a dispatch whose rate counts, and how often it is taken; the fastest is the ceiling. */
const TARGET = 0.05;
const TRIES = 5;
/** Turns to begin with: fewer would time the start of a dispatch and the clearing of counters. */
const FEW_TURNS = 256;
/** The solution of x = sin(x + 1), and how far WGSL lets a sine be away, twice for good measure. */
const FIXED_POINT = 0.9345632;
const SINE_ERROR = 2 ** -9;

/** A kernel that does one kind of operation, and how it is held to have done them all. */
interface Probe {
  readonly kernel: string;
  /** Operations of one invocation in a turn. */
  readonly operations: number;
  /** Turns after which its numbers are exact no longer. */
  readonly mostTurns: number;
  readonly shift: number;
  /** What an invocation must leave, or all of a workgroup together, per turn; and how far off it may be. */
  expected(turns: number): { readonly sum: number; readonly tolerance: number };
}

const multiplyAdd: Probe = {
  kernel: 'multiply-add',
  operations: 8 * 16,
  mostTurns: 2 ** 16,
  shift: 2 ** -4,
  // Eight chains from 0 to 7; the sum of eight numbers below 2^20 is rounded to at most a half.
  expected: (turns) => ({ sum: LANES * 2 ** -4 * (28 + 8 * 16 * turns), tolerance: LANES }),
};

const sine: Probe = {
  kernel: 'sine',
  operations: 8,
  mostTurns: 2 ** 12,
  shift: 1,
  // The first steps from afar sum to less than 8; rounding of the sum, 2^-12 of it.
  expected: (turns) => ({
    sum: LANES * 8 * turns * FIXED_POINT,
    tolerance: LANES * (8 * turns * SINE_ERROR + 8),
  }),
};

const increment: Probe = {
  kernel: 'increment',
  operations: 8,
  mostTurns: 2 ** 15,
  shift: 1,
  expected: (turns) => ({ sum: LANES * 8 * turns, tolerance: 0 }),
};

/**
 * Measures what a device can do, by kernels whose results are checked: the fastest of several dispatches
 * each, by the device's clock where it has one.
 *
 * @throws {WrongKernel} where a kernel did not do what it was asked.
 */
export async function measureDevice(device: GPUDevice): Promise<Rates> {
  const groups = isSoftware(device.adapterInfo) ? GROUPS.software : GROUPS.hardware;
  const compile = createCompiler(device);
  const load = device.createBuffer({
    label: 'load',
    size: sizeOf(loadLayout),
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const sums = device.createBuffer({
    label: 'sums',
    size: 4 * LANES * groups,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  const rateOf = async (probe: Probe): Promise<number> => {
    const code = await linkKernel(`bench/${probe.kernel}.wgsl`);
    const pipeline = await compile(probe.kernel, code);
    const group = device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [load, sums].map((buffer, binding) => ({ binding, resource: { buffer } })),
    });
    const secondsOf = async (turns: number): Promise<number> => {
      const values: ValuesOf<typeof loadLayout> = { turns, factor: 1, shift: probe.shift };
      device.queue.writeBuffer(load, 0, packScalars(loadLayout, values));
      await nudged(device, device.queue.onSubmittedWorkDone());
      const clock = createKernelClock(device, () => undefined);
      const timestampWrites = clock?.watch();
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass({ ...(timestampWrites && { timestampWrites }) });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(groups);
      pass.end();
      const start = performance.now();
      device.queue.submit([encoder.finish()]);
      await nudged(device, device.queue.onSubmittedWorkDone());
      const wall = (performance.now() - start) / 1000;
      const seconds = await clock?.seconds();
      clock?.dispose();
      return seconds || wall; // a clock that is rounded may say 0
    };
    let turns = FEW_TURNS;
    let seconds = await secondsOf(turns);
    while (seconds < TARGET / 2 && turns < probe.mostTurns) {
      const more = Math.ceil(turns * Math.min(16, TARGET / seconds));
      turns = Math.min(probe.mostTurns, more);
      seconds = await secondsOf(turns);
    }
    for (let at = 1; at < TRIES; at++) seconds = Math.min(seconds, await secondsOf(turns));
    const words = await readWords(device, sums, LANES * groups, () => undefined);
    const left = new Float32Array(words.buffer);
    const { sum, tolerance } = probe.expected(turns);
    for (let from = 0; from < left.length; from += LANES) {
      const got = left.subarray(from, from + LANES).reduce((total, each) => total + each, 0);
      if (!(Math.abs(got - sum) <= tolerance)) {
        throw new WrongKernel(`bench/${probe.kernel}.wgsl: a workgroup left ${got}, not ${sum}`);
      }
    }
    return (probe.operations * turns * LANES * groups) / seconds;
  };
  try {
    return {
      multiplyAdds: await rateOf(multiplyAdd),
      sines: await rateOf(sine),
      increments: await rateOf(increment),
    };
  } finally {
    load.destroy();
    sums.destroy();
  }
}
