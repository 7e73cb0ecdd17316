import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  explorablePresets,
  parseExplorable,
  presetRequest,
  viewportOf,
  withWindow,
} from '../../src/app/explorable.ts';
import { defaultLook, type Look } from '../../src/app/look.ts';
import { paintOptionsOf } from '../../src/app/pictures/paint-options.ts';
import { readFragment } from '../../src/app/url-state.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Result } from '../../src/engine/result.ts';
import { encodeNpz } from '../../src/export/npz.ts';
import { paintResult } from '../../src/export/paint-result.ts';
import type { Painting } from '../../src/export/picture.ts';
import { encodePng, provenanceText } from '../../src/export/png.ts';
import { shareAt, valueAt } from '../../src/view/viewport.ts';
import { pixelsOf, shows } from '../support/canvas-pixels.ts';
import { type Explored, explore, fieldOf } from './explored.ts';
import { type KindName, kindFragment } from './kind-specs.ts';
import { type SavedFiles, watchSaved } from './saved-files.ts';

const engines = ['cpu', 'webgpu'] as const;
/** The pictures of each engine; those that cost the software GPU most are painted alike on both. */
const pictured = {
  cpu: ['map', 'regimes', 'escapes', 'joint', 'curve', 'escape curve'],
  webgpu: ['map', 'escapes', 'joint', 'curve'],
} as const;

/** A map has a cell a pixel: on this page 428 x 113, nearly the fewest there are beside the panel. */
const SMALL = { width: 800, height: 250 };

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  expect(complaints).toEqual([]);
});

async function start(
  name: KindName,
  engine: (typeof engines)[number] = 'cpu',
  look: Look = defaultLook,
): Promise<Explored> {
  explored = await explore(kindFragment(name, look), { engine }, SMALL);
  await explored.settle();
  return explored;
}

/** What the library computes of the spec that is shown, as the command does. */
async function libraryResult({ session }: Explored, engine: 'cpu' | 'webgpu'): Promise<Result> {
  const own = await createEngine(engine === 'cpu' ? { engine } : { engine });
  const result = await own.run(session.state.request.spec);
  own.dispose();
  return result;
}

/** How many bytes differ: a matcher would take minutes to say which. */
function differing(one: Uint8Array | undefined, other: Uint8Array): number {
  if (one?.length !== other.length) return Number.POSITIVE_INFINITY;
  return one.filter((byte, index) => byte !== other[index]).length;
}

/** Bytes of a painting, three a pixel. */
function coloursOf({ data, channels }: Painting): number[] {
  return channels === 3 ? [...data] : [...data].flatMap((grey) => [grey, grey, grey]);
}

function choose({ root }: Explored, label: string, value: string): void {
  const select = fieldOf(root, label);
  select.value = value;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}

describe.each(engines)('on %s', (engine) => {
  test.each(pictured[engine])(
    '%s is shown and saved as the command paints and writes it',
    async (name) => {
      const explorer = await start(name, engine);
      const { session, canvas } = explorer;
      const { request, look } = session.state;
      const result = await libraryResult(explorer, engine);
      const options = paintOptionsOf(request, look);
      const painting = paintResult(result, options);
      // A curve is as high as the plot, all else has the cells of the spec.
      const { width } = painting;
      const isCurve = request.spec.axes.length === 0;
      const size = { width, height: isCurve ? canvas.height : painting.height };
      const colours = coloursOf(paintResult(result, { ...options, size }));
      expect(new Set(colours).size).toBeGreaterThan(3); // there is a picture
      session.plot.render();
      await showsCells(canvas, colours, size);
      const saved = watchSaved();
      press(explorer, 'save');
      const png = await savedBy(explorer, saved, 'as on the screen');
      expect(differing(png, encodePng(painting, provenanceText(result)))).toBe(0);
      const npz = await savedBy(explorer, saved, 'arrays (NPZ)');
      expect(differing(npz, encodeNpz(result))).toBe(0);
    },
  );
});

/** Waits until a canvas shows a picture of as many cells or fewer: each has its colour at its centre. */
async function showsCells(
  canvas: HTMLCanvasElement,
  colours: readonly number[],
  size: { readonly width: number; readonly height: number },
): Promise<void> {
  const { width, height } = canvas;
  const pixel = (cell: number, cells: number, pixels: number) =>
    Math.floor(((cell + 0.5) * pixels) / cells);
  await vi.waitFor(
    () => {
      const drawn = pixelsOf(canvas);
      let wrong = 0;
      for (let row = 0; row < size.height; row++) {
        for (let column = 0; column < size.width; column++) {
          const x = pixel(column, size.width, width);
          const at = 3 * (pixel(row, size.height, height) * width + x);
          const from = 3 * (row * size.width + column);
          for (const channel of [0, 1, 2]) {
            if (drawn[at + channel] !== colours[from + channel]) wrong++;
          }
        }
      }
      expect(wrong).toBe(0);
    },
    { timeout: 10_000 },
  );
}

/** What a button of the box of ways out saves. */
async function savedBy(explorer: Explored, saved: SavedFiles, words: string): Promise<Uint8Array> {
  const count = saved.blobs.length;
  press(explorer, words);
  await vi.waitFor(() => expect(saved.blobs).toHaveLength(count + 1), { timeout: 10_000 });
  return saved.last();
}

function buttonOf({ root }: Explored, words: string): HTMLButtonElement | undefined {
  const buttons = [...root.querySelectorAll<HTMLButtonElement>('button')];
  return buttons.find(({ textContent }) => textContent === words);
}

function press(explorer: Explored, words: string): void {
  buttonOf(explorer, words)?.click();
}

test('numbers without a picture are computed and saved; the page says what the command does', async () => {
  const explorer = await start('numbers');
  const { root, session } = explorer;
  expect(root.querySelector('.unpictured')?.textContent).toContain('lyapunov at one point');
  expect(root.querySelector('.unpictured code')?.textContent).toMatch(/^etascope run /);
  expect(session.plot.element.checkVisibility()).toBe(false);
  const expected = encodeNpz(await libraryResult(explorer, 'cpu'));
  expect(buttonOf(explorer, 'save')?.checkVisibility()).toBe(true);
  press(explorer, 'save');
  expect(differing(await savedBy(explorer, watchSaved(), 'arrays (NPZ)'), expected)).toBe(0);
  expect(root.querySelector('.out-box')?.checkVisibility()).toBe(true);
  expect(buttonOf(explorer, 'as on the screen')?.disabled).toBe(true);
});

test('a map zooms and pans both ways, and is computed anew at the size of the plot', async () => {
  const explorer = await start('map');
  const { session, canvas, root } = explorer;
  const before = viewportOf(session.state.request);
  const { left, bottom, width, height } = session.plot.frame.getBoundingClientRect();
  const place = { clientX: left + 0.25 * width, clientY: bottom - 0.75 * height, bubbles: true };
  canvas.dispatchEvent(new WheelEvent('wheel', { ...place, deltaY: -200 }));
  expect(root.dataset.state).toBe('computing');
  await explorer.settle();
  const after = viewportOf(session.state.request);
  for (const [way, share] of [
    ['across', 0.25],
    ['up', 0.75],
  ] as const) {
    const held = valueAt(before[way], share);
    expect(shareAt(after[way], held)).toBeCloseTo(share, 2);
    const ratio = Math.log(after[way].to / after[way].from);
    expect(ratio / Math.log(before[way].to / before[way].from)).toBeCloseTo(Math.exp(-0.32), 2);
  }
  const { columns, bins } = session.plot.cells;
  expect(session.state.request.spec.axes.map(({ count }) => count)).toEqual([columns, bins]);
  session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowUp' }));
  await explorer.settle();
  const panned = viewportOf(session.state.request);
  expect(shareAt(after.up, panned.up.from)).toBeCloseTo(0.1, 2);
  expect(panned.across).toEqual(after.across);
});

test('escape times zoom across; up they stay whole, to the horizon', async () => {
  const explorer = await start('escapes');
  const { session } = explorer;
  const before = viewportOf(session.state.request);
  expect(before.up).toEqual({ from: 1, to: 301, scale: 'log' });
  expect(session.plot.element.getAttribute('aria-label')).toContain(
    'Escape times: steps to escape from 1 to 301, over η from 0.2 to 1.',
  );
  session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
  await explorer.settle();
  const after = viewportOf(session.state.request);
  expect((after.across.to - after.across.from) / 0.8).toBeCloseTo(1 / 1.25, 3);
  expect(after.up).toEqual(before.up);
  expect(session.state.request.axis?.count).toBe(session.plot.cells.columns);
});

test('a curve zooms along its range, with a bin a pixel', async () => {
  const explorer = await start('curve');
  const { session } = explorer;
  session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
  await explorer.settle();
  const { request } = session.state;
  expect(request.density?.range).toEqual([-1.6, 1.6]);
  expect(request.density?.bins).toBe(session.plot.cells.columns);
});

test('what a map paints is chosen, kept in the address, and nothing is computed again', async () => {
  const explorer = await start('map');
  const { root, session, canvas } = explorer;
  const { request } = session.state;
  const key = () => root.querySelector('.key')?.textContent ?? '';
  expect(key()).toMatch(/^lyapunov\[0\]−.*0 in the middle/); // numbers on both sides of 0
  session.plot.render();
  const before = pixelsOf(canvas);
  choose(explorer, 'measure', 'moments_variance');
  await vi.waitFor(() => expect(key()).toMatch(/^moments_variance.*powers of ten/));
  expect(root.dataset.state).toBe('done');
  expect(session.state.request).toBe(request);
  expect(readFragment(location.hash)?.look).toEqual({
    ...defaultLook,
    measure: 'moments_variance',
  });
  const result = await libraryResult(explorer, 'cpu');
  const options = { measure: 'moments_variance' };
  await shows(canvas, paintResult(result, options).data);
  expect(differing(pixelsOf(canvas), before)).toBeGreaterThan(1000);
  choose(explorer, 'colormap', 'viridis');
  await shows(canvas, paintResult(result, { ...options, map: 'viridis' }).data);
});

test('the key of regimes names them, and a look that they cannot have is left out', async () => {
  const explorer = await start('regimes', 'cpu', { tone: 'log', map: 'viridis' });
  const words = [...explorer.root.querySelectorAll('.key .swatch')].map((each) => each.textContent);
  expect(words.some((text) => /^converged \d+ %$/.test(text ?? ''))).toBe(true);
  expect(words.some((text) => /^periodic, period 2/.test(text ?? ''))).toBe(true);
  expect(explorer.root.querySelector('.fault')).toBeNull();
});

test('every preset opens, at a cost that a page can bear', () => {
  for (const name of explorablePresets) {
    const request = presetRequest(name);
    const { spec } = withWindow(request, viewportOf(request), { columns: 3840, bins: 2160 });
    expect(parseExplorable(spec).kind).toBe(request.kind);
    if (request.kind !== 'map') continue;
    const cells = spec.axes.reduce((product, { count }) => product * count, 1);
    const { skip, keep } = spec.steps;
    expect(cells * spec.ensemble.orbits * (skip + keep)).toBeLessThanOrEqual(2 ** 31);
  }
});
