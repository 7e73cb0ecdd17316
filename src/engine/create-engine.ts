import { RequestError } from '../spec/errors.ts';
import type { Engine } from './engine.ts';
import { describe, findAdapter, requestDevice } from './webgpu/device.ts';
import { createWebGpuEngine, type WebGpuEngine } from './webgpu/webgpu-engine.ts';

export interface EngineOptions {
  /** `auto` (default): the fastest engine of this machine. */
  readonly engine?: 'auto' | 'webgpu' | 'cpu';
  /** Computes on this device, which stays the caller's. */
  readonly device?: GPUDevice;
  /** Where adapters are looked for; default `navigator.gpu`. */
  readonly gpu?: GPU;
}

/**
 * Makes an engine; dispose of it when done.
 *
 * @throws {RequestError} `no-such-engine` for an engine this version does not have.
 * @throws {RunError} `no-adapter` where there is no WebGPU or no adapter.
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
export async function createEngine(options?: EngineOptions): Promise<Engine>;
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const { engine = 'auto', device } = options;
  if (engine !== 'auto' && engine !== 'webgpu') {
    throw new RequestError({
      code: 'no-such-engine',
      where: 'engine',
      what: 'this version has the engine webgpu alone',
      got: engine,
      cure: 'ask for "auto" or "webgpu"',
    });
  }
  if (device) {
    return createWebGpuEngine({
      device,
      description: 'a device given by the caller',
      ownsDevice: false,
    });
  }
  const adapter = await findAdapter(options.gpu ?? globalThis.navigator?.gpu);
  return createWebGpuEngine({
    device: await requestDevice(adapter),
    description: describe(adapter.info),
    ownsDevice: true,
  });
}
