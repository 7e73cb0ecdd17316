import type { Progress } from '../engine/engine.ts';
import type { WebGpuEngine } from '../engine/webgpu/webgpu-engine.ts';
import { requestsOf } from '../spec/measures/registry.ts';
import type { Spec } from '../spec/spec.ts';
import type { DeviceView } from '../view/device-view.ts';
import { type Look, toneOf } from './look.ts';
import { whenVisible } from './map/visibility.ts';
import type { Picture } from './picture.ts';

/**
 * Prepares a picture that is computed and drawn on one device, in a texture of its own.
 *
 * @param view on the engine's device.
 * @throws {RequestError} or {RunError} as `WebGpuEngine.live`; nothing stays on the device then.
 */
export async function exposeOnDevice(
  engine: WebGpuEngine,
  view: DeviceView,
  spec: Spec,
  look: Look,
  onProgress: (progress: Progress) => void,
): Promise<Picture> {
  const [axis] = spec.axes;
  const [density] = requestsOf(spec.measures, 'density');
  const texture = engine.device.createTexture({
    label: 'tones',
    size: [axis?.count ?? 1, density?.request.bins ?? 1],
    format: 'r32float',
    usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.TEXTURE_BINDING,
  });
  const controller = new AbortController();
  const { signal } = controller;
  const live = await engine
    .live(spec, texture, { tone: toneOf(look), signal, onProgress })
    .catch((error) => {
      texture.destroy();
      throw error;
    });
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let isUnderWay = false;
  let isShown = false;
  let isWhole = false;
  return {
    provenance: live.provenance,
    view,
    async run(onFrame, from = 0) {
      isUnderWay = true;
      try {
        for await (const { share } of live.frames()) {
          signal.throwIfAborted(); // what was shown before may be shown still
          if (document.hidden) await whenVisible(); // no slice begins meanwhile
          if (share < from) continue;
          if (!isShown) view.show(texture);
          isShown = true;
          onFrame();
        }
        isWhole = true;
      } finally {
        isUnderWay = false;
        end();
      }
    },
    stop: () => controller.abort(),
    async repaint(next) {
      live.retone(toneOf(next));
    },
    async result() {
      await ended;
      if (!isWhole) throw new DOMException('the picture was not finished', 'AbortError');
      return live.result();
    },
    async dispose() {
      controller.abort();
      // Its buffers may not go before its last slice has been submitted.
      if (isUnderWay) await ended;
      else end();
      live.dispose();
      texture.destroy();
    },
  };
}
