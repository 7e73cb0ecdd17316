import type { Progress } from '../engine/engine.ts';
import type { Provenance, Result } from '../engine/result.ts';
import type { WebGpuEngine } from '../engine/webgpu/webgpu-engine.ts';
import type { ToneName } from '../export/tone.ts';
import type { Spec } from '../spec/spec.ts';
import { uploadTones } from '../view/result-tones.ts';

/** A density that can be shown: computed here, or opened from a file. */
export interface Picture {
  readonly spec: Spec;
  readonly provenance: Provenance;
  /** Its tones, `r32float`; row 0 is the lowest bin. */
  readonly texture: GPUTexture;
  retone(tone: ToneName): void;
  /** The whole result, once it is computed. */
  result(): Promise<Result>;
  /** Stops what is under way and frees all it holds on the device. */
  dispose(): Promise<void>;
}

/** A picture that is being computed. */
export interface Exposure extends Picture {
  /** Computes to the end; see `LiveDensity.frames`. To be called once. */
  frames(): AsyncIterable<Progress>;
  /** Computes no further; what it has so far can still be shown. */
  stop(): void;
}

/**
 * Prepares the computation of a picture, in a texture of its own.
 *
 * @throws {RequestError} or {RunError} as `WebGpuEngine.live`; nothing stays on the device then.
 */
export async function expose(
  engine: WebGpuEngine,
  spec: Spec,
  tone: ToneName,
  onProgress: (progress: Progress) => void,
): Promise<Exposure> {
  const [axis] = spec.axes;
  const [density] = spec.measures;
  const texture = engine.device.createTexture({
    label: 'tones',
    size: [axis?.count ?? 1, density?.bins ?? 1],
    format: 'r32float',
    usage: GPUTextureUsage.STORAGE_BINDING | GPUTextureUsage.TEXTURE_BINDING,
  });
  const controller = new AbortController();
  const { signal } = controller;
  const live = await engine.live(spec, texture, { tone, signal, onProgress }).catch((error) => {
    texture.destroy();
    throw error;
  });
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let isUnderWay = false;
  let isWhole = false;
  return {
    spec,
    texture,
    provenance: live.provenance,
    retone: live.retone,
    async *frames() {
      isUnderWay = true;
      try {
        yield* live.frames();
        isWhole = true;
      } finally {
        isUnderWay = false;
        end();
      }
    },
    stop: () => controller.abort(),
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

/** A picture of a result that was computed before. */
export function pictureOf(device: GPUDevice, result: Result, tone: ToneName): Picture {
  const side = device.limits.maxTextureDimension2D;
  const tones = uploadTones(device, result, tone, { width: side, height: side });
  return {
    spec: result.spec,
    provenance: result.provenance,
    texture: tones.texture,
    retone: tones.retone,
    result: async () => result,
    dispose: async () => tones.dispose(),
  };
}
