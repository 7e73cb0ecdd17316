import { createCompiler } from '../../../src/engine/webgpu/compile.ts';
import { writeProgram } from '../../../src/engine/webgpu/program.ts';
import { prepareSweep, type SweepOptions } from '../../../src/engine/webgpu/sweep.ts';
import type { Spec } from '../../../src/spec/spec.ts';

/** Runs specs on a device with the work cut as a test says, and gives their counts and records. */
export function createSweeper(device: GPUDevice) {
  const compile = createCompiler(device); // pipelines take longer than these runs
  return async (spec: Spec, cut: Partial<SweepOptions> = {}, workgroupBytes = 16_384) => {
    const program = await writeProgram(spec, workgroupBytes);
    const sweep = await prepareSweep(device, compile, program, {
      sliceMilliseconds: 20,
      fewestSteps: 16,
      enoughGroups: 64,
      ...cut,
    });
    try {
      while (await sweep.next());
      const snapshot = await sweep.snapshot();
      return { ...snapshot, done: sweep.done, total: sweep.total };
    } finally {
      sweep.dispose();
    }
  };
}
