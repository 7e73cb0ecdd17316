// The public API in Node: the same names, with Dawn as the WebGPU of this process and threads as workers.
import { chooseEngine, type EngineOptions, type Platform } from '../engine/choose-engine.ts';
import type { CpuEngine } from '../engine/cpu/cpu-engine.ts';
import type { WebGpuEngine } from '../engine/webgpu/webgpu-engine.ts';
import { holdProcess } from './hold-process.ts';
import { hardwareGpu, nodeGpu } from './node-gpu.ts';
import { surveyProcessor } from './processor.ts';
import { startThread } from './worker-thread.ts';

export * from '../index.ts';
export { type AdapterSurvey, type AdapterView, surveyAdapters } from './survey.ts';

/**
 * Makes an engine in Node; see the function of the same name for browsers.
 *
 * WebGPU that was asked for computes on the software adapter that comes with the package where there is
 * no hardware one.
 */
export async function createEngine(
  options: EngineOptions & { engine: 'webgpu' },
): Promise<WebGpuEngine>;
export async function createEngine(options: EngineOptions & { engine: 'cpu' }): Promise<CpuEngine>;
export async function createEngine(options?: EngineOptions): Promise<WebGpuEngine | CpuEngine>;
export async function createEngine(options: EngineOptions = {}): Promise<WebGpuEngine | CpuEngine> {
  const engine = await chooseEngine(options, node);
  return engine.name === 'cpu' ? holdProcess(engine) : engine;
}

const node: Platform = {
  gpu: nodeGpu,
  hardwareGpu,
  startWorker: startThread,
  get cores() {
    return surveyProcessor().cores;
  },
  get processor() {
    return surveyProcessor().model;
  },
};
