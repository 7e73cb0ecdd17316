import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  parseExplorable,
  presetRequest,
  viewportOf,
  withWindow,
} from '../../src/app/explorable.ts';
import { defaultLook } from '../../src/app/look.ts';
import { makeFile } from '../../src/app/out/make-file.ts';
import { zoomPath } from '../../src/app/out/zoom-path.ts';
import { quantity } from '../../src/app/quantity.ts';
import { defaultView, writeFragment } from '../../src/app/url-state.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Progress } from '../../src/engine/engine.ts';
import type { Result } from '../../src/engine/result.ts';
import { encodeNpz } from '../../src/export/npz.ts';
import { paintDensity } from '../../src/export/picture.ts';
import { encodePng, provenanceText, readPngText } from '../../src/export/png.ts';
import { printPicture } from '../../src/export/print-picture.ts';
import { canonicalJson } from '../../src/spec/canonical.ts';
import { orbitStepCount } from '../../src/spec/columns.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { type Explored, explore, smallFragment } from './explored.ts';
import { kindSpecs } from './kind-specs.ts';
import { watchSaved } from './saved-files.ts';

const look = { tone: 'rank', map: 'inferno' } as const;
const small = smallFragment('logistic', look);

let explored: Explored | undefined;

afterEach(async () => {
  const { complaints } = explored ?? { complaints: [] };
  await explored?.end();
  explored = undefined;
  vi.restoreAllMocks();
  expect(complaints).toEqual([]);
});

/** Begins a session that has come to its end, with the box of ways out open. */
async function opened(engine: 'webgpu' | 'cpu') {
  explored = await explore(small, { engine });
  await explored.settle();
  press('save');
  return explored;
}

/** Presses the button of these words. */
function press(words: string): void {
  const buttons = [...(explored?.root.querySelectorAll('button') ?? [])];
  const found = buttons.find(({ textContent }) => textContent === words);
  if (!found) throw new Error(`there is no button ${words}`);
  found.click();
}

/** Waits until the box says something like this. */
function says(words: RegExp): Promise<void> {
  return vi.waitFor(
    () => expect(explored?.root.querySelector('.out-box .words')?.textContent).toMatch(words),
    { timeout: 60_000 },
  );
}

async function computed(spec: Spec, engine: 'webgpu' | 'cpu'): Promise<Result> {
  const made = engine === 'cpu' ? createEngine({ engine }) : createEngine({ engine });
  const there = await made;
  const result = await there.run(spec);
  there.dispose();
  return result;
}

/** What a browser makes of a picture: [height, width, 3] uint8. */
async function decoded(bytes: Uint8Array<ArrayBuffer>) {
  const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  return pixelsOf(bitmap, bitmap.width, bitmap.height);
}

function pixelsOf(image: CanvasImageSource, width: number, height: number) {
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  context.drawImage(image, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  return { width, height, data: data.filter((_, index) => index % 4 !== 3) };
}

/** Bytes of two pictures that differ. */
function differing(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  let count = 0;
  for (let index = 0; index < one.length; index++) if (one[index] !== other[index]) count += 1;
  return count;
}

describe('the ways out', () => {
  for (const engine of ['cpu', 'webgpu'] as const) {
    test(`a picture computed afresh by ${engine} has the pixels that the library paints`, async () => {
      const { session } = await opened(engine);
      const saved = watchSaved();
      press('computed afresh');
      await says(/^Saved .*-1920\.png/);
      const bytes = await saved.last();
      const { columns, bins } = session.plot.cells;
      const height = Math.round((1920 * bins) / columns);
      const text = readPngText(bytes, 'the picture')['etascope-spec'] ?? '';
      const spec = parseSpec(JSON.parse(text));
      const shown = session.state.request;
      const wide = withWindow(shown, viewportOf(shown), { columns: 1920, bins: height });
      expect(canonicalJson(spec)).toBe(canonicalJson(wide.spec));
      const painting = paintDensity(await computed(spec, engine), look);
      const picture = await decoded(bytes);
      expect([picture.width, picture.height]).toEqual([1920, height]);
      expect(differing(picture.data, painting.data)).toBe(0);
      expect(new Set(picture.data).size).toBeGreaterThan(20); // there is a picture
    });
  }

  test('the picture of the screen and the arrays are byte for byte what the command writes', async () => {
    const { session } = await opened('cpu');
    const saved = watchSaved();
    press('as on the screen');
    await says(/^Saved the-logistic-map-as-gradient-descent\.png/);
    const png = await saved.last();
    press('arrays (NPZ)');
    await says(/^Saved .*\.npz/);
    const npz = await saved.last();
    const result = await computed(session.state.request.spec, 'cpu');
    const expected = encodePng(paintDensity(result, look), provenanceText(result));
    expect(differing(png, expected)).toBe(0);
    expect(differing(npz, encodeNpz(result))).toBe(0);
  });

  test('what is made no more is not saved, and the next thing is', async () => {
    const { root } = await opened('cpu');
    const saved = watchSaved();
    const size = root.querySelector<HTMLSelectElement>('.out-box select');
    if (size) size.value = '16384';
    press('computed afresh');
    await vi.waitFor(
      () => expect(root.querySelector('.out-box .work')?.textContent).toMatch(/^computing.*%/),
      { timeout: 20_000 },
    );
    press('cancel');
    await says(/^Cancelled/);
    expect(root.querySelector<HTMLElement>('.out-box .work')?.hidden).toBe(true);
    expect(saved.blobs).toEqual([]);
    press('spec (JSON)');
    await says(/^Saved .*\.json/);
    const text = new TextDecoder().decode(await saved.last());
    const { request } = explored?.session.state ?? {};
    expect(parseSpec(JSON.parse(text))).toEqual(request?.spec);
  });

  test('the command line is there to be copied, and follows what is shown', async () => {
    const { root, session, settle } = await opened('cpu');
    const line = () => root.querySelector('.out-box pre')?.textContent ?? '';
    expect(line()).toMatch(/^etascope run \S+\.json --png \S+\.png --map inferno --tone rank/);
    session.plot.element.dispatchEvent(new KeyboardEvent('keydown', { key: '+' }));
    await settle();
    const box = root.querySelector<HTMLInputElement>('.out-box input[type=checkbox]');
    box?.click();
    expect(line()).toMatch(/--set 'axes\[0\]\.count=1920'/);
    expect(line()).toMatch(/-1920\.png/);
    box?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }));
    expect(root.querySelector<HTMLDialogElement>('.out-box')?.open).toBe(false);
    expect(document.activeElement?.textContent).toBe('save');
  });
});

test('how long a picture takes is told of the steps that orbits take, not of those asked for', async () => {
  const patient = { measure: 'escape', when: 'x > 0', horizon: 20_000, bins: 40 };
  const axes = [{ parameter: 'eta', from: 0.5, to: 1, count: 64 }]; // where nearly all escape soon
  const request = parseExplorable({ ...kindSpecs.escapes, axes, measures: [patient] });
  explored = await explore(writeFragment({ request, look: defaultLook, view: defaultView }), {
    engine: 'cpu',
  });
  await explored.settle();
  press('save');
  const { session } = explored;
  const shown = session.state.request.spec;
  let seen: Progress | undefined;
  const engine = await createEngine({ engine: 'cpu' });
  await engine.run(shown, {
    onProgress(progress) {
      seen = progress;
    },
  });
  engine.dispose();
  const taken = seen?.orbitStepsTaken ?? 0;
  expect(taken).toBeLessThan(orbitStepCount(shown) / 2);
  // As many orbits at other learning rates in the same interval.
  const wide = (taken * 1920) / (shown.axes[0]?.count ?? 1);
  await vi.waitFor(() => {
    const hint = explored?.root.querySelector('.out-box .hint')?.textContent;
    expect(hint).toContain(`${quantity(wide)} orbit-steps, `);
  });
});

test('a picture computed strip by strip has the pixels of one that is computed whole', async () => {
  const request = presetRequest('logistic');
  const window = withWindow(request, viewportOf(request), { columns: 130, bins: 150 });
  const spec = { ...window.spec, steps: { skip: 100, keep: 100 } };
  const engine = await createEngine({ engine: 'cpu' });
  const limits = { large: 0, stripBytes: 2 ** 16 };
  const print = await printPicture(engine, spec, { map: 'magma' }, {}, limits);
  let step = await print.next();
  while (!step.done) step = await print.next();
  const result = await engine.run(spec);
  engine.dispose();
  const picture = await decoded(step.value.bytes);
  expect([picture.width, picture.height]).toEqual([130, 150]);
  expect(differing(picture.data, paintDensity(result, { map: 'magma' }).data)).toBe(0);
});

test('a zoom video begins with the first window and ends with the last', async () => {
  const size = { width: 320, height: 180 };
  const preset = presetRequest('logistic');
  const { spec } = withWindow(preset, viewportOf(preset), { columns: 320, bins: 180 });
  const steps = { skip: 200, keep: 200 };
  const first = parseExplorable({
    ...spec,
    steps,
    ensemble: { ...spec.ensemble, orbits: 16 },
  });
  const { across, up } = viewportOf(first);
  const end = { across: { ...across, from: 2.8, to: 2.9 }, up: { ...up, from: 0.2, to: 0.9 } };
  const windows = zoomPath(viewportOf(first), end, 8);
  const { bytes, type } = await makeFile(
    {
      kind: 'film',
      engine: 'cpu',
      spec: first.spec,
      options: { map: 'grey', tone: 'rank', size },
      windows,
      orbitSteps: 1e9,
    },
    new AbortController().signal,
    () => {},
  );
  expect(type).toBe('video/webm');
  const video = document.createElement('video');
  video.muted = true;
  const address = URL.createObjectURL(new Blob([bytes], { type }));
  const happens = (event: string) =>
    new Promise((resolve, reject) => {
      video.addEventListener(event, resolve, { once: true });
      video.addEventListener('error', () => reject(video.error), { once: true });
    });
  const loaded = happens('loadeddata');
  video.src = address;
  await loaded;
  expect([video.videoWidth, video.videoHeight]).toEqual([320, 180]);
  expect(video.duration).toBeCloseTo(8 / 30, 2);
  const frameAt = async (seconds: number) => {
    const sought = happens('seeked');
    video.currentTime = seconds;
    await sought;
    return pixelsOf(video, 320, 180).data;
  };
  const engine = await createEngine({ engine: 'cpu' });
  const expected = async (index: number) => {
    const window = windows[index];
    if (!window) throw new Error('no such frame');
    const request = withWindow(first, window, { columns: 320, bins: 180 });
    return paintDensity(await engine.run(request.spec), { map: 'grey', tone: 'rank' }).data;
  };
  /** Mean difference of a shade. */
  const apart = (frame: ArrayLike<number>, grey: ArrayLike<number>) => {
    let sum = 0;
    for (let pixel = 0; pixel < grey.length; pixel++) {
      sum += Math.abs((frame[3 * pixel] ?? 0) - (grey[pixel] ?? 0));
    }
    return sum / grey.length;
  };
  const [early, late] = [await frameAt(0.5 / 30), await frameAt(7.5 / 30)];
  const [begin, finish] = [await expected(0), await expected(7)];
  engine.dispose();
  // A grainy picture loses to the encoder; what another frame shows is several times as far.
  const far = Math.min(apart(early, finish), apart(late, begin));
  expect(apart(early, begin)).toBeLessThan(far / 2);
  expect(apart(late, finish)).toBeLessThan(far / 2);
  URL.revokeObjectURL(address);
});
