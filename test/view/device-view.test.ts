import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { WebGpuEngine } from '../../src/engine/webgpu/webgpu-engine.ts';
import { colormap } from '../../src/export/colormaps.ts';
import { paintDensity } from '../../src/export/picture.ts';
import { toneNames } from '../../src/export/tone.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { createDeviceView, type DeviceView } from '../../src/view/device-view.ts';
import { pixelsOf } from '../support/canvas-pixels.ts';

const WIDTH = 131; // odd: bytes per row are no multiple of anything
const HEIGHT = 97;
const whole = { offset: 0, length: 1 };

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^3 / 3 - x^2 / 2' },
  axes: [{ parameter: 'eta', from: 1.8, to: 3, count: WIDTH }],
  ensemble: { orbits: 16, initial: { x: { uniform: [0.1, 1.2] } } },
  steps: { skip: 300, keep: 300 },
  measures: [{ measure: 'density', of: 'x', range: [0, 1.4], bins: HEIGHT }],
});

let engine: WebGpuEngine;
let view: DeviceView;
const strayErrors: string[] = [];

beforeAll(async () => {
  engine = await createEngine({ engine: 'webgpu' });
  engine.device.addEventListener('uncapturederror', ({ error }) => strayErrors.push(error.message));
  view = await createDeviceView(engine.device);
  view.resize(WIDTH, HEIGHT);
  view.place(whole, whole);
});

afterAll(async () => {
  await view.dispose();
  engine.dispose();
  expect(strayErrors).toEqual([]);
});

function tonesTexture(usage: number, size: [number, number] = [WIDTH, HEIGHT]): GPUTexture {
  return engine.device.createTexture({ size, format: 'r32float', usage });
}

/** Share of pixels that are farther from those expected than the entry next to them. */
function shareBeyondOneEntry(drawn: Uint8Array, expected: Uint8Array, colours: Uint8Array) {
  const entryOf = new Map<number, number>();
  const key = (bytes: Uint8Array, pixel: number) =>
    ((bytes[3 * pixel] ?? 0) << 16) |
    ((bytes[3 * pixel + 1] ?? 0) << 8) |
    (bytes[3 * pixel + 2] ?? 0);
  for (let entry = 0; entry < 256; entry++) entryOf.set(key(colours, entry), entry);
  let beyond = 0;
  for (let pixel = 0; pixel < WIDTH * HEIGHT; pixel++) {
    const entry = entryOf.get(key(drawn, pixel)); // undefined: a colour that is not in the table
    const wanted = entryOf.get(key(expected, pixel)) ?? Number.NaN;
    if (entry === undefined || !(Math.abs(entry - wanted) <= 1)) beyond++;
  }
  return beyond / (WIDTH * HEIGHT);
}

describe('a view on a device', () => {
  test('shows every entry of a colormap as exactly its sRGB bytes', () => {
    const { TEXTURE_BINDING, COPY_DST } = GPUTextureUsage;
    const texture = tonesTexture(TEXTURE_BINDING | COPY_DST, [256, 1]);
    const ramp = Float32Array.from({ length: 256 }, (_, entry) => entry / 255);
    engine.device.queue.writeTexture({ texture }, ramp, { bytesPerRow: 1024 }, [256, 1]);
    view.resize(256, 1);
    view.show(texture);
    for (const name of ['inferno', 'viridis', 'grey_r', 'magma'] as const) {
      const { colours } = colormap(name);
      view.paint(colours);
      view.render();
      expect([...pixelsOf(view.canvas)]).toEqual([...colours]);
    }
    view.resize(WIDTH, HEIGHT);
  });

  test.each(toneNames)(
    'shows a live density in tone %s as it is painted from counts',
    async (tone) => {
      const { STORAGE_BINDING, TEXTURE_BINDING } = GPUTextureUsage;
      const texture = tonesTexture(STORAGE_BINDING | TEXTURE_BINDING);
      const live = await engine.live(spec, texture, { tone });
      for await (const _ of live.frames());
      const { colours } = colormap('inferno');
      view.paint(colours);
      view.show(texture);
      view.render();
      const drawn = pixelsOf(view.canvas);
      const picture = paintDensity(await engine.run(spec), { tone, map: 'inferno' });
      live.dispose();
      // linear and log differ by the rounding of f32 alone. In rank, a count whose level in f32 and in
      // float64 differ moves all cells of that count: few in any picture.
      const most = tone === 'rank' ? 0.005 : 0;
      expect(shareBeyondOneEntry(drawn, picture.data as Uint8Array, colours)).toBeLessThanOrEqual(
        most,
      );
      expect(new Set(drawn).size).toBeGreaterThan(10); // there is a picture
    },
  );

  test('draws the old picture where it now lies, and no visits beyond it', async () => {
    const { TEXTURE_BINDING, COPY_DST } = GPUTextureUsage;
    const texture = tonesTexture(TEXTURE_BINDING | COPY_DST, [2, 2]);
    const tones = new Float32Array(2 * 64);
    tones.set([0.2, 0.4], 0); // the lower row
    tones.set([0.6, 0.8], 64);
    engine.device.queue.writeTexture({ texture }, tones, { bytesPerRow: 256 }, [2, 2]);
    const { colours } = colormap('grey');
    view.paint(colours);
    view.resize(8, 8);
    view.show(texture);
    view.place({ offset: 0.25, length: 0.5 }, { offset: 0.5, length: 0.5 });
    view.render();
    const pixels = pixelsOf(view.canvas);
    const at = (x: number, y: number) => pixels[3 * (8 * y + x)];
    expect([at(2, 0), at(5, 0), at(2, 3), at(5, 3)]).toEqual([153, 204, 51, 102]);
    expect([at(1, 0), at(6, 0), at(2, 4), at(5, 7)]).toEqual([0, 0, 0, 0]);
    view.place(whole, whole);
    view.resize(WIDTH, HEIGHT);
  });
});
