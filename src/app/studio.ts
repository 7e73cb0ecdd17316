import type { CpuEngine } from '../engine/cpu/cpu-engine.ts';
import type { Progress } from '../engine/engine.ts';
import type { WebGpuEngine } from '../engine/webgpu/webgpu-engine.ts';
import type { ToneName } from '../export/tone.ts';
import type { Spec } from '../spec/spec.ts';
import type { CountsView } from '../view/counts-view.ts';
import { pictureOfCounts } from './counts-picture.ts';
import { exposeOnDevice } from './device-picture.ts';
import type { Picture } from './picture.ts';

/** Where pictures are made: an engine, and the view that draws what it computes. */
export interface Studio {
  /** What it computes on, for people. */
  readonly description: string;
  /**
   * Prepares the picture of a spec.
   *
   * @throws {RequestError} or {RunError} as the engine; nothing stays behind then.
   */
  expose(spec: Spec, tone: ToneName, onProgress: (progress: Progress) => void): Promise<Picture>;
  /** Frees the engine and the view, after all pictures. */
  dispose(): Promise<void>;
}

export interface DeviceHandlers {
  /** The device is gone, and all that was on it. */
  lost(reason: string): void;
  /** The device complains of something that nobody waited for. */
  stray(error: GPUError): void;
}

/** A studio on a device: pictures are computed and drawn there, and never read back. */
export async function createDeviceStudio(
  engine: WebGpuEngine,
  handlers: DeviceHandlers,
): Promise<Studio> {
  const { device, description } = engine;
  const controller = new AbortController();
  const { signal } = controller;
  const onStray = ({ error }: GPUUncapturedErrorEvent) => handlers.stray(error);
  device.addEventListener('uncapturederror', onStray, { signal });
  // Loaded here: a page that computes on the processor needs no three.js.
  const { createDeviceView } = await import('../view/device-view.ts');
  const view = await createDeviceView(device);
  void device.lost.then(({ reason, message }) => {
    if (reason !== 'destroyed' && !signal.aborted) handlers.lost(message);
  });
  return {
    description: `WebGPU: ${description}`,
    expose: (spec, tone, onProgress) => exposeOnDevice(engine, view, spec, tone, onProgress),
    async dispose() {
      controller.abort();
      await view.dispose();
      engine.dispose();
    },
  };
}

/** A studio on the processor: counts grow in memory, and `view`, which stays the caller's, draws them. */
export function createCountsStudio(engine: CpuEngine, view: CountsView): Studio {
  return {
    description: `CPU: ${engine.description}`,
    async expose(spec, tone, onProgress) {
      const controller = new AbortController();
      const { signal } = controller;
      const growing = await engine.grow(spec, { signal, onProgress });
      return pictureOfCounts(view, growing, tone, () => controller.abort());
    },
    async dispose() {
      engine.dispose();
    },
  };
}
