import { RequestError } from '../spec/errors.ts';
import { cpuRules } from '../spec/rules.ts';
import type { RuleName, Spec } from '../spec/spec.ts';
import type { CpuEngine } from './cpu/cpu-engine.ts';
import type { StartWorker } from './cpu/worker-port.ts';
import { describe, findAdapter, isSoftware, requestDevice } from './webgpu/device.ts';
import type { WebGpuEngine } from './webgpu/webgpu-engine.ts';

export interface EngineOptions {
  /**
   * `auto` (default): WebGPU on a hardware adapter, else the processor. A software adapter is slower
   * than the processor's own engine: it is there for tests, and for who asks for `webgpu`.
   */
  readonly engine?: 'auto' | 'webgpu' | 'cpu';
  /** With `auto`, only an engine that computes it: `float32` is WebGPU's, `float64` the processor's. */
  readonly precision?: Spec['precision'];
  /** With `auto`, only an engine that follows it: `gradient-flow` is the processor's. */
  readonly rule?: RuleName;
  /** WebGPU computes on this device, which stays the caller's; `auto` is then WebGPU. */
  readonly device?: GPUDevice;
  /** Where adapters are looked for; default: `navigator.gpu`, in Node Dawn. */
  readonly gpu?: GPU;
  /** Workers that the processor's engine computes on; default: one per core. No result depends on it. */
  readonly workers?: number;
  /** How they are started; default: as Web Workers from Blobs, in Node as threads. */
  readonly startWorker?: StartWorker;
}

/** What engines need of where they run: a page or Node. */
export interface Platform {
  /** Its WebGPU, on a software adapter where there is no other; undefined where it has none. */
  gpu(): Promise<GPU | undefined>;
  /** Its WebGPU where that may have a hardware adapter; to say that it has none takes no time. */
  hardwareGpu(): Promise<GPU | undefined>;
  readonly startWorker: StartWorker;
  /** Threads the processor runs at once. */
  readonly cores: number;
  /** The processor, for people. */
  readonly processor: string;
}

/**
 * Makes the engine that `options` ask for, of what `platform` has. Each engine is loaded when it is
 * chosen: the other one's packages cost nothing.
 *
 * @throws see `createEngine`.
 */
export async function chooseEngine(
  options: EngineOptions,
  platform: Platform,
): Promise<WebGpuEngine | CpuEngine> {
  const { engine = 'auto', device, precision, rule } = options;
  if (engine === 'cpu') return startCpu(options, platform);
  if (device) {
    const { createWebGpuEngine } = await import('./webgpu/webgpu-engine.ts');
    return createWebGpuEngine({
      device,
      description: 'a device given by the caller',
      ownsDevice: false,
    });
  }
  if (engine === 'webgpu' || precision === 'float32') {
    return startWebGpu(await findAdapter(options.gpu ?? (await platform.gpu())));
  }
  if (precision === 'float64' || (rule && cpuRules.includes(rule)))
    return startCpu(options, platform);
  try {
    const gpu = options.gpu ?? (await platform.hardwareGpu());
    const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter && !isSoftware(adapter.info)) return await startWebGpu(adapter);
  } catch (error) {
    // A GPU that does not start is no reason to compute nothing; who wants to know is told.
    const reason = error instanceof Error ? error.message : String(error);
    return startCpu(options, platform, `, as the GPU does not start: ${reason}`);
  }
  return startCpu(options, platform);
}

async function startWebGpu(adapter: GPUAdapter): Promise<WebGpuEngine> {
  const [{ createWebGpuEngine }, device] = await Promise.all([
    import('./webgpu/webgpu-engine.ts'),
    requestDevice(adapter),
  ]);
  return createWebGpuEngine({ device, description: describe(adapter.info), ownsDevice: true });
}

async function startCpu(
  { workers: asked, startWorker }: EngineOptions,
  platform: Platform,
  note = '',
): Promise<CpuEngine> {
  const workers = asked ?? platform.cores;
  if (!Number.isInteger(workers) || workers < 1) {
    throw new RequestError({
      code: 'bad-workers',
      where: 'workers',
      what: 'must be a whole number of at least 1',
      got: String(workers),
      cure: `leave it out to compute on ${platform.cores}`,
    });
  }
  const { createCpuEngine } = await import('./cpu/create-cpu-engine.ts');
  return createCpuEngine({
    startWorker: startWorker ?? platform.startWorker,
    workers,
    description: `${platform.processor}, ${workers} ${workers === 1 ? 'worker' : 'workers'}${note}`,
  });
}
