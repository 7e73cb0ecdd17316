import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Result } from '../../src/engine/result.ts';
import { colormap } from '../../src/export/colormaps.ts';
import { findDensity } from '../../src/export/find-density.ts';
import { paintDensity } from '../../src/export/picture.ts';
import { toneNames } from '../../src/export/tone.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import {
  type CountsSource,
  type CountsView,
  createCountsView,
} from '../../src/view/counts-view.ts';
import { shows } from '../support/canvas-pixels.ts';
import { leastHeld } from '../support/long-tasks.ts';

const WIDTH = 131; // odd: no multiple of anything
const HEIGHT = 97;
const whole = { offset: 0, length: 1 };
const { signal } = new AbortController();

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^3 / 3 - x^2 / 2' },
  axes: [{ parameter: 'eta', from: 1.8, to: 3, count: WIDTH }],
  ensemble: { orbits: 16, initial: { x: { uniform: [0.1, 1.2] } } },
  steps: { skip: 300, keep: 300 },
  measures: [{ measure: 'density', of: 'x', range: [0, 1.4], bins: HEIGHT }],
});

let result: Result;
let view: CountsView;

beforeAll(async () => {
  const engine = await createEngine({ engine: 'cpu', workers: 1 });
  result = await engine.run(spec);
  engine.dispose();
  view = createCountsView();
  document.body.replaceChildren(view.canvas); // a canvas that is nowhere may wait to be drawn
  view.resize(WIDTH, HEIGHT);
  view.place(whole, whole);
});

afterAll(() => view.dispose());

/** Counts as the engine keeps them: with other numbers around each column. */
function sourceOf({ data, shape }: ReturnType<typeof findDensity>, isWide: boolean): CountsSource {
  const [columns = 0, bins = 0] = shape;
  const stride = bins + 5;
  const start = 2;
  const numbers = new Array<number>(columns * stride).fill(99);
  for (let column = 0; column < columns; column++) {
    for (let bin = 0; bin < bins; bin++) {
      numbers[start + column * stride + bin] = Number(data[column * bins + bin]);
    }
  }
  const counts = isWide ? BigUint64Array.from(numbers, BigInt) : Uint32Array.from(numbers);
  return { columns, bins, stride, start, counts };
}

/** Draws, and waits until the worker has. */
async function drawnAs(expected: ArrayLike<number>): Promise<void> {
  view.render();
  await shows(view.canvas, expected);
}

describe('a view of counts', () => {
  test.each(
    toneNames.flatMap((tone) => [[tone, 'u32', false] as const, [tone, 'u64', true] as const]),
  )(
    'shows, pixel for pixel, what is painted in tone %s from %s counts',
    async (tone, _, isWide) => {
      view.paint(colormap('viridis').colours);
      await view.show(sourceOf(findDensity(result), isWide), tone, signal);
      const { data } = paintDensity(result, { tone, map: 'viridis' });
      expect(new Set(data).size).toBeGreaterThan(10); // there is a picture
      await drawnAs(data);
    },
  );

  test('changes colours of the picture that is there, each to exactly its sRGB bytes', async () => {
    await view.show(sourceOf(findDensity(result), false), 'rank', signal);
    for (const map of ['inferno', 'viridis_r', 'magma']) {
      view.paint(colormap(map).colours);
      await drawnAs(paintDensity(result, { map }).data);
    }
  });

  test('draws the old picture where it now lies, and no visits beyond it', async () => {
    const counts = Uint32Array.of(1, 3, 2, 4); // [columns, bins]
    view.paint(colormap('grey').colours);
    view.resize(8, 8);
    await view.show({ columns: 2, bins: 2, stride: 2, start: 0, counts }, 'linear', signal);
    view.place({ offset: 0.25, length: 0.5 }, { offset: 0.5, length: 0.5 });
    const grey = (x: number, y: number) => {
      if (x < 2 || x > 5 || y > 3) return 0;
      return [64, 128, 191, 255][(x < 4 ? 0 : 1) + (y < 2 ? 2 : 0)] ?? 0; // round(255 n / 4)
    };
    const expected = Array.from({ length: 192 }, (_, i) =>
      grey(Math.floor(i / 3) % 8, Math.floor(i / 24)),
    );
    await drawnAs(expected);

    // So near that half a cell fills the canvas, as between two pictures of a zoom.
    view.place({ offset: -2.5e6, length: 1e7 }, { offset: -7.5e6, length: 1e7 });
    await drawnAs(new Uint8Array(192).fill(191));
    view.place(whole, whole);
    view.resize(WIDTH, HEIGHT);
  });

  test('keeps what it shows while a picture is prepared, and when that is given up', async () => {
    view.paint(colormap('inferno').colours);
    const source = sourceOf(findDensity(result), false);
    await view.show(source, 'rank', signal);
    const { data } = paintDensity(result, { tone: 'rank' });
    const controller = new AbortController();
    const other = view.show(source, 'linear', controller.signal);
    view.render();
    controller.abort();
    await expect(other).rejects.toThrow(controller.signal.reason);
    await drawnAs(data);
    await view.show(source, 'linear', signal); // and is not worse for it
    await drawnAs(paintDensity(result, { tone: 'linear' }).data);
  });

  test('shows more cells than any screen has coarser', async () => {
    const columns = 4001;
    const bins = 3;
    const counts = new Uint32Array(columns * bins).map((_, i) => (i % bins === 1 ? 7 : 0));
    view.paint(colormap('grey').colours);
    view.resize(1, 3);
    await view.show({ columns, bins, stride: bins, start: 0, counts }, 'rank', signal);
    await drawnAs([0, 0, 0, 128, 128, 128, 0, 0, 0]);
    view.resize(WIDTH, HEIGHT);
  });

  test('never holds the page up for 50 ms, at the largest size there is', async () => {
    const columns = 3840;
    const bins = 2160;
    const stride = bins + 4;
    const counts = new Uint32Array(columns * stride);
    for (let i = 0; i < counts.length; i++) counts[i] = (i * 2654435761) >>> (16 + (i % 16));
    const source = { columns, bins, stride, start: 1, counts };
    view.resize(columns, bins);
    const held = await leastHeld(3, async () => {
      for (const tone of ['rank', 'log'] as const) {
        await view.show(source, tone, signal);
        view.render();
      }
    });
    expect(held).toEqual([]);
    view.resize(WIDTH, HEIGHT);
  });
});
