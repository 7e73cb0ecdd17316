import { decode } from 'fast-png';
import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/create-cpu-engine.ts';
import type { MapOptions } from '../../src/export/map.ts';
import { encodeNpz } from '../../src/export/npz.ts';
import { paintResult } from '../../src/export/paint-result.ts';
import { encodePng, provenanceText, readPngText } from '../../src/export/png.ts';
import { encodePicture, printPicture } from '../../src/export/print-picture.ts';
import { toneNames } from '../../src/export/tone.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { startWorker } from '../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(engine.dispose);

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^2 / 2 - x^3 / 3', micro: '' },
  axes: [{ parameter: 'eta', from: 2.8, to: 4, count: 101 }],
  ensemble: { orbits: 4, initial: { x: { uniform: [0, 1] } } },
  steps: { skip: 100, keep: 300 },
  measures: [
    { measure: 'density', of: 'x', range: [0, 1], bins: 150 },
    { measure: 'escape', when: 'x > 0.99', horizon: 100, bins: 40 },
  ],
});

/** Small enough that there are many strips. */
const limits = { large: 0, stripBytes: 40_000 };

/** What a generator returns, and what it yielded. */
async function finished<Made>(steps: AsyncGenerator<number, Made>) {
  const shares: number[] = [];
  for (;;) {
    const { done, value } = await steps.next();
    if (done) return { made: value, shares };
    shares.push(value);
  }
}

/** The channels of a PNG file, colours for entries of a palette. */
function channelsOf(file: Uint8Array): readonly number[] {
  const { data, palette } = decode(file, { checkCrc: true });
  return palette ? [...data].flatMap((entry) => palette[entry] ?? []) : [...data];
}

describe('a picture of many strips', () => {
  const looks: readonly MapOptions[] = [
    ...toneNames.map((tone) => ({ tone })),
    { map: 'grey' },
    { map: 'magma', bits: 16 },
    { map: 'grey', bits: 16, size: { width: 101, height: 150 } },
    { measure: 'escape' },
    { tone: 'linear', size: { width: 41, height: 70 } }, // fewer pixels: fractions of visits
    { tone: 'log', size: { width: 40, height: 333 } },
    { size: { width: 230, height: 70 } },
    { size: { width: 230, height: 333 } },
    { measure: 'escape', map: 'grey', size: { width: 101, height: 40 * 70 } }, // a cell is higher than a band
  ];

  test.each(looks)('has the pixels of the whole result: %o', async (look) => {
    const result = await engine.run(spec);
    const expected = paintResult(result, look);
    const reports: number[] = [];
    const onProgress = ({ share }: { readonly share: number }) => reports.push(share);
    const print = await printPicture(engine, spec, look, { onProgress }, limits);
    const { made, shares } = await finished(print);
    const bands = Math.ceil(expected.height / 64);
    expect(shares).toHaveLength(bands);
    expect(shares).toEqual(shares.map((_, at) => Math.min(1, (64 * (at + 1)) / expected.height)));
    expect([made.width, made.height, made.bits]).toEqual([
      expected.width,
      expected.height,
      expected.bits,
    ]);
    expect(made.legend).toEqual(expected.legend);
    expect(channelsOf(made.bytes)).toEqual([...expected.data]);
    expect(readPngText(made.bytes, 'the picture')).toEqual(provenanceText(result));
    expect(reports).toEqual(reports.toSorted((a, b) => a - b));
    expect(reports.at(-1)).toBe(1);
  });

  test('stops when aborted, between strips too', async () => {
    const stop = new AbortController();
    const run = { signal: stop.signal, onProgress: () => stop.abort(new Error('enough')) };
    await expect(printPicture(engine, spec, {}, run, limits)).rejects.toThrow('enough');
  });

  test('is refused before anything is computed where nothing could be painted', async () => {
    const map = { map: 'nothing' };
    await expect(printPicture(engine, spec, map, {}, limits)).rejects.toMatchObject({
      code: 'unknown-colormap',
    });
  });
});

test('a small picture is byte for byte that of the whole result, strip by strip or not', async () => {
  const result = await engine.run(spec);
  const sizes = [undefined, { width: 50, height: 40 }, { width: 333, height: 70 }];
  for (const look of sizes.map((size) => ({ size }))) {
    const expected = encodePng(paintResult(result, look), provenanceText(result));
    for (const stripBytes of [limits.stripBytes, 2 ** 26]) {
      const print = await printPicture(engine, spec, look, {}, { stripBytes });
      expect((await finished(print)).made.bytes).toEqual(expected);
    }
    expect((await finished(encodePicture(result, look))).made.bytes).toEqual(expected);
  }
});

describe('a map of many strips', () => {
  const plane = parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', micro: '-cos(x)' },
    axes: [
      { parameter: 'eta', from: 0.1, to: 3, count: 23, scale: 'log' },
      { parameter: 'epsilon', from: 0.04, to: 1, count: 17, scale: 'log' },
    ],
    ensemble: { orbits: 1, initial: { x: 0.1 } },
    steps: { skip: 60, keep: 64 },
    measures: [{ measure: 'regime' }, { measure: 'lyapunov' }],
  });
  const looks: readonly MapOptions[] = [
    {},
    { measure: 'lyapunov', bits: 16 },
    { measure: 'lyapunov', tone: 'rank', size: { width: 40, height: 9 } },
    { measure: 'regime', size: { width: 11, height: 30 } },
    { measure: 'distinct' },
  ];

  test.each(looks)('is byte for byte that of the whole result: %o', async (look) => {
    const result = await engine.run(plane);
    const expected = encodePng(paintResult(result, look), provenanceText(result));
    const print = await printPicture(engine, plane, look, {}, { stripBytes: 40_000 });
    const { made } = await finished(print);
    expect(made.bytes).toEqual(expected);
    expect(made.legend).toEqual(paintResult(result, look).legend);
  });

  test('is refused before anything is computed where it could not be painted', async () => {
    for (const [look, code] of [
      [{ map: 'inferno' }, 'fixed-colours'],
      [{ measure: 'lyapunov', map: 'nothing' }, 'unknown-colormap'],
    ] as const) {
      const print = printPicture(engine, plane, look, {}, { stripBytes: 40_000 });
      await expect(print).rejects.toMatchObject({ code });
    }
  });
});

test('a large result that is there already is painted in bands, of the same pixels', async () => {
  const result = await engine.run(spec);
  const { made, shares } = await finished(encodePicture(result, {}, { large: 0 }));
  expect(shares).toHaveLength(3);
  expect(channelsOf(made.bytes)).toEqual([...paintResult(result).data]);
});

test('a strip of a run is not written to a file, whose spec would make all of it', async () => {
  const part = await engine.run(spec, { strip: [10, 40] });
  const refused = {
    code: 'not-whole',
    message: expect.stringMatching(/\[10, 40\) of the 101 of eta/),
  };
  const isRefused = expect.objectContaining(refused);
  expect(() => encodeNpz(part)).toThrow(isRefused);
  expect(() => provenanceText(part)).toThrow(isRefused);
  for (const large of [0, 2 ** 20]) {
    await expect(finished(encodePicture(part, {}, { large }))).rejects.toEqual(isRefused);
  }
});
