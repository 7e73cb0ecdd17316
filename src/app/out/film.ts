import {
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_HIGH,
  WebMOutputFormat,
} from 'mediabunny';
import type { Engine } from '../../engine/engine.ts';
import { paintResult } from '../../export/paint-result.ts';
import type { Painting } from '../../export/picture.ts';
import type { Size } from '../../export/resample.ts';
import { orbitStepCount } from '../../spec/columns.ts';
import { parseSpec } from '../../spec/parse.ts';
import type { Spec } from '../../spec/spec.ts';
import { parseExplorable, withWindow } from '../explorable.ts';
import type { FileTask } from './file-messages.ts';
import type { MadeFile } from './make-file.ts';

/** Frames a second. */
export const FRAME_RATE = 30;
/** Steps that are observed at least, and orbits followed: fewer say nothing. */
const [LEAST_STEPS, LEAST_ORBITS] = [64, 4];

/**
 * Computes, paints and encodes a picture for each window.
 *
 * @param onShare told the share of frames that are done.
 * @throws {Error} where this browser encodes no video.
 */
export async function film(
  engine: Engine,
  { spec, options, windows, orbitSteps }: FileTask & { readonly kind: 'film' },
  onShare: (share: number) => void,
): Promise<MadeFile> {
  const { width = 1280, height = 720 } = options.size ?? {};
  const codec = await codecFor({ width, height });
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('this browser gives a worker no canvas to draw on');
  const target = new BufferTarget();
  const format = codec === 'avc' ? new Mp4OutputFormat() : new WebMOutputFormat();
  const output = new Output({ format, target });
  const source = new CanvasSource(canvas, { codec, quality: QUALITY_HIGH });
  output.addVideoTrack(source, { frameRate: FRAME_RATE });
  await output.start();
  const request = parseExplorable(spec);
  for (const [index, window] of windows.entries()) {
    const frame = withWindow(request, window, { columns: width, bins: height }).spec;
    const result = await engine.run(affordable(frame, orbitSteps));
    context.putImageData(imageOf(paintResult(result, options)), 0, 0);
    await source.add(index / FRAME_RATE, 1 / FRAME_RATE);
    onShare((index + 1) / windows.length);
  }
  await output.finalize();
  if (!target.buffer) throw new Error('the video was not written');
  return { type: format.mimeType, bytes: new Uint8Array(target.buffer) };
}

async function codecFor(size: Size) {
  const isThere = typeof VideoEncoder !== 'undefined';
  const codec = isThere ? await getFirstEncodableVideoCodec(['vp9', 'vp8', 'avc'], size) : null;
  if (codec === 'vp9' || codec === 'vp8' || codec === 'avc') return codec;
  throw new Error(
    'this browser encodes no video (WebCodecs); Chrome, Edge and recent versions of Safari and Firefox do',
  );
}

/** The same spec with fewer orbits, and then fewer steps, until it takes no more orbit-steps than that. */
export function affordable(spec: Spec, orbitSteps: number): Spec {
  const over = orbitStepCount(spec) / orbitSteps;
  if (over <= 1) return spec;
  const { orbits } = spec.ensemble;
  const fewer = Math.max(Math.min(orbits, LEAST_ORBITS), Math.floor(orbits / over));
  const rest = (over * fewer) / orbits;
  const { skip, keep } = spec.steps;
  const cut = (steps: number) => Math.max(Math.min(steps, LEAST_STEPS), Math.floor(steps / rest));
  return parseSpec({
    ...spec,
    ensemble: { ...spec.ensemble, orbits: fewer },
    steps: rest > 1 ? { skip: cut(skip), keep: cut(keep) } : spec.steps,
  });
}

function imageOf({ width, height, channels, data }: Painting): ImageData {
  const image = new ImageData(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const at = channels === 1 ? pixel : 3 * pixel + channel;
      image.data[4 * pixel + channel] = data[at] ?? 0;
    }
    image.data[4 * pixel + 3] = 255;
  }
  return image;
}
