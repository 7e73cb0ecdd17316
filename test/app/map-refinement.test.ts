import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  parseExplorable,
  presetRequest,
  viewportOf,
  withWindow,
} from '../../src/app/explorable.ts';
import type { Look } from '../../src/app/look.ts';
import { defaultView, writeFragment } from '../../src/app/url-state.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { paintDensity } from '../../src/export/picture.ts';
import { pixelsOf, shows } from '../support/canvas-pixels.ts';
import { type Explored, explore } from './explored.ts';
import { kindSpecs } from './kind-specs.ts';

const look: Look = { tone: 'rank', map: 'grey' };

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  vi.restoreAllMocks();
  expect(complaints).toEqual([]);
});

/** The chaotic part of a preset, whose every column is bright somewhere, with so much to do. */
function chaos(orbits: number, steps: number): string {
  const request = presetRequest('period-doubling');
  const { up } = viewportOf(request);
  const across = { from: 3.6e-3, to: 4.5e-3, scale: 'linear' } as const;
  const { spec } = withWindow(request, { across, up }, { columns: 100, bins: 100 });
  const changed = {
    ...spec,
    ensemble: { ...spec.ensemble, orbits },
    steps: { skip: steps / 2, keep: steps / 2 },
  };
  return writeFragment({ request: { ...request, spec: changed }, look, view: defaultView });
}

/** Escape times to a far horizon, which no orbit reaches earlier. */
function escapes(horizon: number): string {
  const { escapes: spec } = kindSpecs;
  const [measure] = spec.measures;
  const request = parseExplorable({
    ...spec,
    axes: [{ ...spec.axes[0], to: 0.25 }],
    measures: [{ ...measure, horizon }],
  });
  return writeFragment({ request, look, view: defaultView });
}

/** A joint density with so much to do. */
function plane(orbits: number, keep: number): string {
  const { joint: spec } = kindSpecs;
  const request = parseExplorable({
    ...spec,
    ensemble: { ...spec.ensemble, orbits },
    steps: { skip: 50, keep },
  });
  return writeFragment({ request, look, view: defaultView });
}

/** What a picture holds: columns with something in them, and the mean brightness. */
function fullness(canvas: HTMLCanvasElement): { columns: number; brightness: number } {
  const pixels = pixelsOf(canvas);
  const { width, height } = canvas;
  const sums = new Float64Array(width);
  for (let pixel = 0; pixel < width * height; pixel++) {
    sums[pixel % width] = (sums[pixel % width] ?? 0) + (pixels[3 * pixel] ?? 0);
  }
  const brightness = sums.reduce((sum, each) => sum + each, 0) / (width * height);
  return { columns: sums.filter((sum) => sum > 0).length, brightness };
}

/** Looks at the picture again and again until the run is done. */
async function watch({ root, session }: Explored, pause: number) {
  const frames: { columns: number; brightness: number }[] = [];
  while (root.isConnected && root.dataset.state === 'computing') {
    const canvas = session.plot.frame.querySelector('canvas');
    session.plot.render(); // a canvas of WebGPU is read right after it was drawn
    if (canvas) frames.push(fullness(canvas));
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return frames;
}

function press({ session }: Explored, key: string): void {
  session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key }));
}

function milliseconds(name: string): number {
  const [measure] = performance.getEntriesByName(name);
  if (!measure) throw new Error(`there was no ${name}`);
  return measure.duration;
}

describe.each(['cpu', 'webgpu'] as const)('on the engine %s', (engine) => {
  // A software GPU is far slower, and drawing takes time that computing needs.
  const [orbits, steps, pause] = engine === 'cpu' ? [64, 4000, 16] : [24, 400, 250];

  test('a picture is rough at first, never emptier than before, and in the end the library’s', async () => {
    explored = await explore(chaos(orbits, steps), { engine });
    const { session } = explored;
    const frames = (await watch(explored, pause)).filter(({ columns }) => columns > 0);
    expect(performance.getEntriesByName('etascope rough picture')).toHaveLength(1);
    expect(frames.length).toBeGreaterThan(1);
    for (const { columns } of frames) expect(columns).toBe(session.plot.cells.columns);
    const last = frames.at(-1)?.brightness ?? 0;
    // By rank the mean brightness of what is visited is the same whatever its number: cells that
    // hold nothing yet are all that can darken a frame.
    for (const { brightness } of frames) expect(brightness).toBeGreaterThan(0.5 * last);
    if (engine === 'webgpu') return; // float32 tones are compared in explorer.test.ts
    const direct = await createEngine({ engine, workers: 1 });
    const picture = paintDensity(await direct.run(session.state.request.spec), {
      tone: 'rank',
      map: 'grey',
    });
    direct.dispose();
    const grey = picture.channels === 1;
    await shows(
      explored.canvas,
      Uint8Array.from({ length: 3 * picture.width * picture.height }, (_, i) =>
        Number(picture.data[grey ? Math.floor(i / 3) : i]),
      ),
    );
  });
});

describe('on the processor', () => {
  test('a joint density is rough at first, and never emptier than before', async () => {
    explored = await explore(plane(8192, 1200), { engine: 'cpu' }, { width: 800, height: 300 });
    const frames = (await watch(explored, 16)).filter(({ columns }) => columns > 0);
    expect(performance.getEntriesByName('etascope rough picture')).toHaveLength(1);
    expect(frames.length).toBeGreaterThan(1);
    const last = frames.at(-1)?.brightness ?? 0;
    for (const { brightness } of frames) expect(brightness).toBeGreaterThan(0.5 * last);
  });

  test('a window that moves is drawn roughly at once, and its end is computed', async () => {
    explored = await explore(chaos(64, 4000), { engine: 'cpu' });
    await explored.settle();
    const taken: number[] = [];
    for (let time = 0; time < 3; time++) {
      performance.clearMeasures();
      press(explored, 'ArrowUp');
      await vi.waitFor(() => milliseconds('etascope rough picture'), { interval: 5 });
      taken.push(milliseconds('etascope rough picture'));
      await explored.settle();
    }
    // 100 ms on an idle machine of two cores; tests share theirs.
    expect(Math.min(...taken)).toBeLessThan(300);
    const [from] = explored.session.state.request.density?.range ?? [];
    expect(from).toBeCloseTo(-4e-3 + 0.3 * 8e-3, 5);
  });

  test('nothing begins while the page is hidden, and what was asked for begins when it is shown', async () => {
    let isHidden = false;
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
    explored = await explore(chaos(8, 200), { engine: 'cpu' });
    await explored.settle();
    const before = pixelsOf(explored.canvas);
    isHidden = true;
    press(explored, '+');
    await new Promise((resolve) => setTimeout(resolve, 600)); // many times what it takes
    expect(explored.root.dataset.state).toBe('computing');
    isHidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    await explored.settle();
    expect(pixelsOf(explored.canvas)).not.toEqual(before);
  });

  test.each([
    ['a density', () => chaos(64, 8000)],
    ['escape times, in a worker', () => escapes(20_000)],
  ])('a run of %s pauses while the page is hidden, and goes on when it is shown', async (_, of) => {
    let isHidden = false;
    vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
    explored = await explore(of(), { engine: 'cpu' });
    const { root } = explored;
    const numbers = () => root.querySelector('footer .numbers')?.textContent ?? '';
    await vi.waitFor(() => expect(numbers()).not.toBe(''), { timeout: 20_000 });
    isHidden = true;
    document.dispatchEvent(new Event('visibilitychange'));
    let last = '';
    // What was handed out is done yet; then it stands still for longer than any part takes.
    while (last !== numbers()) {
      last = numbers();
      await new Promise((resolve) => setTimeout(resolve, 1200));
    }
    expect(root.dataset.state).toBe('computing');
    isHidden = false;
    document.dispatchEvent(new Event('visibilitychange'));
    await explored.settle();
  });
});
