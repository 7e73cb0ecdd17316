import type { Result } from '../engine/result.ts';
import { findDensity } from '../export/find-density.ts';
import { resample, type Size } from '../export/resample.ts';
import { type ToneName, toneMap } from '../export/tone.ts';

/** The tones of a result that was computed elsewhere, as a texture. */
export interface ResultTones {
  /** `r32float` [columns, bins], or fewer where the result is finer than `most`; row 0 lowest. */
  readonly texture: GPUTexture;
  retone(tone: ToneName): void;
  dispose(): void;
}

/**
 * Uploads the first density of `result`, which is over one axis.
 *
 * @param most cells in each direction of the texture.
 * @throws {RequestError} the codes of `findDensity`.
 */
export function uploadTones(
  device: GPUDevice,
  result: Result,
  tone: ToneName,
  most: Size,
): ResultTones {
  const { shape, data } = findDensity(result);
  const [columns = 0, bins = 0] = shape;
  const counts = new Float64Array(columns * bins);
  for (let column = 0; column < columns; column++) {
    for (let bin = 0; bin < bins; bin++) {
      counts[bin * columns + column] = Number(data[column * bins + bin] ?? 0);
    }
  }
  const width = Math.min(columns, most.width);
  const height = Math.min(bins, most.height);
  const image = resample({ width: columns, height: bins, counts }, { width, height });
  const texture = device.createTexture({
    label: 'tones of a result',
    size: [width, height],
    format: 'r32float',
    usage: GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST,
  });
  const retone = (next: ToneName) => {
    const tones = Float32Array.from(toneMap(image.counts, next));
    device.queue.writeTexture({ texture }, tones, { bytesPerRow: 4 * width }, [width, height]);
  };
  retone(tone);
  return { texture, retone, dispose: () => texture.destroy() };
}
