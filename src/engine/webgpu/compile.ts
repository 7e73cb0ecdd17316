import { RunError } from '../errors.ts';
import { braked } from './brake.ts';

/** Compiles `code` into the pipeline of its entry point; needs no name where there is one alone. */
export type Compile = (
  label: string,
  code: string,
  entryPoint?: string,
) => Promise<GPUComputePipeline>;

/**
 * A compiler on `device` that keeps what it made, so that the same code is compiled once.
 *
 * The returned function throws a `RunError` `shader-refused` that quotes the line the driver refused.
 */
export function createCompiler(device: GPUDevice): Compile {
  const made = new Map<string, Promise<GPUComputePipeline>>();
  return (label, code, entryPoint) => {
    const key = `${entryPoint ?? ''}\n${code}`;
    const known = made.get(key);
    if (known) return known;
    const pipeline = compile(device, label, code, entryPoint);
    made.set(key, pipeline);
    pipeline.catch(() => made.delete(key));
    return pipeline;
  };
}

async function compile(
  device: GPUDevice,
  label: string,
  code: string,
  entryPoint: string | undefined,
): Promise<GPUComputePipeline> {
  device.pushErrorScope('validation'); // the failure is reported once, by us
  const module = device.createShaderModule({ label, code });
  const [{ messages }] = await Promise.all([module.getCompilationInfo(), device.popErrorScope()]);
  const fault = messages.find(({ type }) => type === 'error');
  if (fault) {
    const line = code.split('\n')[fault.lineNum - 1]?.trim() ?? '';
    throw new RunError('shader-refused', `${label}:${fault.lineNum}: ${fault.message}\n  ${line}`);
  }
  try {
    return await braked(
      device.createComputePipelineAsync({
        label,
        layout: 'auto',
        compute: entryPoint ? { module, entryPoint } : { module },
      }),
    );
  } catch (error) {
    throw new RunError('shader-refused', `${label}: ${String(error)}`, { cause: error });
  }
}
