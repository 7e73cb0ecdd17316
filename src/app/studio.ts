import type { CpuEngine } from '../engine/cpu/cpu-engine.ts';
import type { Engine, Progress } from '../engine/engine.ts';
import type { WebGpuEngine } from '../engine/webgpu/webgpu-engine.ts';
import type { CountsView } from '../view/counts-view.ts';
import { pictureOfCounts } from './counts-picture.ts';
import { exposeOnDevice } from './device-picture.ts';
import type { Explorable } from './explorable.ts';
import type { Look } from './look.ts';
import { whenVisible } from './map/visibility.ts';
import type { Picture } from './picture.ts';

/** Where pictures are made: an engine, and the views that draw what it computes. */
export interface Studio {
  /** What it computes on, for people. */
  readonly description: string;
  /**
   * Prepares the picture of a request.
   *
   * @throws {RequestError} or {RunError} as the engine; nothing stays behind then.
   */
  expose(
    request: Explorable,
    look: Look,
    onProgress: (progress: Progress) => void,
  ): Promise<Picture>;
  /** Frees the engine and the view, after all pictures. */
  dispose(): Promise<void>;
}

/** Prepares the picture of a request that an engine of this name runs in a worker. */
export type ExposeRun = (
  engine: Engine['name'],
  request: Explorable,
  look: Look,
  onProgress: (progress: Progress) => void,
) => Picture;

export interface DeviceHandlers {
  /** The device is gone, and all that was on it. */
  lost(reason: string): void;
  /** The device complains of something that nobody waited for. */
  stray(error: GPUError): void;
}

/**
 * A studio on a device: densities over one axis are computed and drawn there, and never read back; all
 * else is made by `exposeRun`.
 */
export async function createDeviceStudio(
  engine: WebGpuEngine,
  handlers: DeviceHandlers,
  exposeRun: ExposeRun,
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
    async expose(request, look, onProgress) {
      if (request.kind !== 'density') return exposeRun('webgpu', request, look, onProgress);
      return exposeOnDevice(engine, view, request.spec, look, onProgress);
    },
    async dispose() {
      controller.abort();
      await view.dispose();
      engine.dispose();
    },
  };
}

/**
 * A studio on the processor: densities over one axis grow in memory, and `view`, which stays the caller's,
 * draws them; all else is made by `exposeRun`.
 */
export function createCountsStudio(
  engine: CpuEngine,
  view: CountsView,
  exposeRun: ExposeRun,
): Studio {
  return {
    description: `CPU: ${engine.description}`,
    async expose(request, look, onProgress) {
      const { kind, spec } = request;
      if (kind !== 'density') return exposeRun('cpu', request, look, onProgress);
      const controller = new AbortController();
      const { signal } = controller;
      const pause = () => (document.hidden ? whenVisible() : undefined);
      const growing = await engine.grow(spec, { signal, onProgress, pause });
      return pictureOfCounts(view, growing, look, () => controller.abort());
    },
    async dispose() {
      engine.dispose();
    },
  };
}
