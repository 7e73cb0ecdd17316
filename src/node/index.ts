// The public API in Node: the same names, with Dawn as the WebGPU of this process.
import {
  createEngine as createEngineAnywhere,
  type EngineOptions,
} from '../engine/create-engine.ts';
import type { Engine } from '../engine/engine.ts';
import type { WebGpuEngine } from '../engine/webgpu/webgpu-engine.ts';
import { nodeGpu } from './node-gpu.ts';

export * from '../index.ts';
export { type AdapterSurvey, type AdapterView, surveyAdapters } from './survey.ts';

/**
 * Makes an engine in Node: on a hardware adapter where there is one, else on the software adapter that
 * comes with the package; see the function of the same name for browsers.
 */
export async function createEngine(
  options: EngineOptions & { engine: 'webgpu' },
): Promise<WebGpuEngine>;
export async function createEngine(options?: EngineOptions): Promise<Engine>;
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  if (options.device || options.gpu || (options.engine ?? 'auto') === 'cpu') {
    return createEngineAnywhere(options);
  }
  return createEngineAnywhere({ ...options, gpu: await nodeGpu() });
}
