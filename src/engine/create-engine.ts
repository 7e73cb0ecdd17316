import { chooseEngine, type EngineOptions, type Platform } from './choose-engine.ts';
import type { CpuEngine } from './cpu/cpu-engine.ts';
import { startWebWorker } from './cpu/web-worker.ts';
import type { WebGpuEngine } from './webgpu/webgpu-engine.ts';

/**
 * Makes an engine; dispose of it when done.
 *
 * @throws {RequestError} `bad-workers`.
 * @throws {RunError} `no-adapter` where WebGPU was asked for, and there is none or it has no adapter.
 *
 * @example
 * ```ts
 * const engine = await createEngine();
 * const { arrays } = await engine.run(parseSpec(presets['period-doubling'].spec));
 * engine.dispose();
 * ```
 */
export async function createEngine(
  options: EngineOptions & { engine: 'webgpu' },
): Promise<WebGpuEngine>;
export async function createEngine(options: EngineOptions & { engine: 'cpu' }): Promise<CpuEngine>;
export async function createEngine(options?: EngineOptions): Promise<WebGpuEngine | CpuEngine>;
export async function createEngine(options: EngineOptions = {}): Promise<WebGpuEngine | CpuEngine> {
  return chooseEngine(options, page);
}

const page: Platform = {
  gpu: async () => globalThis.navigator?.gpu,
  hardwareGpu: () => page.gpu(),
  startWorker: startWebWorker,
  get cores() {
    return globalThis.navigator?.hardwareConcurrency ?? 1;
  },
  processor: 'the processor',
};
