import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { colormap, paint16 } from '../../src/export/colormaps.ts';
import { channelsOf } from '../../src/export/legend.ts';
import { paintMap } from '../../src/export/map.ts';
import { encodePng, provenanceText, readPngText } from '../../src/export/png.ts';
import { canonicalJson } from '../../src/spec/canonical.ts';
import { countsOver, height, planeResult, realOver, width } from './plane-result.ts';
import { at, seen } from './seen-pixels.ts';

const GREY = '#6e6e6e';
const NONE = Number.NaN;

describe('a map of values over a plane', () => {
  test('has the first axis to the right and the second upward', () => {
    const diverged = countsOver([
      [1, 2, 4],
      [3, 0, 4],
    ]);
    const picture = paintMap(planeResult({ diverged }), { measure: 'diverged', map: 'viridis' });
    expect(picture).toMatchObject({ width, height, bits: 8 });
    expect(seen(picture)).toEqual([at('viridis', 1 / 4, 2 / 4, 1), at('viridis', 3 / 4, 0, 1)]);
    // by the definition of the array: [axis0, axis1], row-major
    expect([...diverged.data]).toEqual([3, 1, 0, 2, 4, 4]);
  });

  test('of exponents has 0 at the middle colour, each sign its own half, and its ends fixed by a range', () => {
    const lyapunov = realOver([
      [
        [-1, -9],
        [0, -9],
        [2, -9],
      ],
      [
        [-2, -9],
        [-7, -9],
        [8, -9],
      ],
    ]);
    const picture = paintMap(planeResult({ lyapunov }), { range: [-2, 4] });
    expect(seen(picture)).toEqual([at('frostfire', 0.25, 0.5, 0.75), at('frostfire', 0, 0, 1)]);
    expect(picture.legend).toEqual({
      array: 'lyapunov[0]',
      map: 'frostfire',
      tone: 'linear',
      range: [-2, 4],
      centre: 0,
      values: [-7, 8],
    });
    const { legend } = paintMap(planeResult({ lyapunov }));
    expect(legend).toMatchObject({ range: [-7, 8], centre: 0 });
  });

  test('leaves a twentieth of each sign of the exponents beyond its ends', () => {
    const cells = Array.from({ length: 200 }, (_, i) => (i < 100 ? -(i + 1) : i - 99));
    const result = planeResult({}, [{ measure: 'lyapunov' }]);
    const axes = result.spec.axes.map((axis, place) => ({ ...axis, count: [20, 10][place] ?? 0 }));
    const lyapunov = {
      type: 'float64',
      shape: [20, 10, 1],
      data: Float64Array.from(cells),
    } as const;
    const large = { ...result, spec: { ...result.spec, axes }, arrays: { lyapunov } };
    expect(paintMap(large).legend).toMatchObject({ range: [-95, 95], values: [-100, 100] });
  });

  test('is grey, and says so, where there is no value', () => {
    const escape_mean = realOver([
      [1, NONE, 100],
      [10, Number.POSITIVE_INFINITY, NONE],
    ]);
    const picture = paintMap(planeResult({ escape_mean }), { measure: 'escape' });
    const [one = '', ten = '', hundred = ''] = at('inferno', 0, 0.5, 1);
    expect(seen(picture)).toEqual([
      [one, GREY, hundred],
      [ten, GREY, GREY],
    ]);
    expect(picture.legend).toEqual({
      array: 'escape_mean',
      map: 'inferno',
      tone: 'log',
      range: [1, 100],
      values: [1, 100],
      none: { colour: GREY, pixels: 3 },
    });
    for (const map of ['grey', 'grey_r', 'cividis']) {
      const { legend } = paintMap(planeResult({ escape_mean }), { measure: 'escape', map });
      const none = 'none' in legend ? legend.none?.colour : undefined;
      expect(at(map, ...Array.from({ length: 256 }, (_, i) => i / 255))).not.toContain(none);
    }
  });

  test('keeps a palette of 256 entries with a colour for no value among them', () => {
    const [across, up] = [64, 16];
    const data = Float64Array.from({ length: across * up }, (_, i) => (i === 5 ? NONE : i));
    const result = planeResult({ place_mean: { type: 'float64', shape: [across, up], data } });
    const axes = result.spec.axes.map((axis, place) => ({
      ...axis,
      count: [across, up][place] ?? 0,
    }));
    const picture = paintMap({ ...result, spec: { ...result.spec, axes } }, { measure: 'place' });
    const colours = new Set(seen(picture).flat());
    expect(colours.size).toBe(256);
    expect(colours).toContain(GREY);
    expect(decode(encodePng(picture, {})).palette?.length).toBe(256);
  });

  test('is one colour where all values are one, whatever the scale', () => {
    const mean = (value: number) =>
      realOver([
        [value, value, value],
        [value, value, value],
      ]);
    for (const tone of ['linear', 'log', 'rank']) {
      for (const value of [3, 0, -2, 1e300]) {
        const result = planeResult({ moments_mean: mean(value) });
        const picture = paintMap(result, { measure: 'moments', tone });
        expect(new Set(seen(picture).flat()).size).toBe(1);
        expect(picture.legend).toMatchObject({ values: [value, value] });
      }
      const empty = paintMap(planeResult({ moments_mean: mean(NONE) }), {
        measure: 'moments',
        tone,
      });
      expect(seen(empty).flat()).toEqual(new Array(6).fill(GREY));
      expect(empty.legend).not.toHaveProperty('values');
    }
  });

  test('of a mean is about 0 only where it has both signs', () => {
    const both = realOver([
      [-1, 0, 1],
      [-3, 0, 2],
    ]);
    const positive = realOver([
      [5, 6, 7],
      [5, 6, 9],
    ]);
    const arrays = { moments_mean: positive, place_mean: both };
    const { legend } = paintMap(planeResult(arrays), { measure: 'place_mean' });
    expect(legend).toMatchObject({ map: 'frostfire', centre: 0, range: [-3, 2] });
    const above = paintMap(planeResult(arrays), { measure: 'moments_mean' });
    expect(above.legend).toMatchObject({ map: 'inferno', range: [5, 9] });
    expect(above.legend).not.toHaveProperty('centre');
  });

  test('by rank has as many cells at each colour', () => {
    const distinct = countsOver([
      [1, 4, 1],
      [2, 4, 3000],
    ]);
    const picture = paintMap(planeResult({ distinct }), { measure: 'distinct', tone: 'rank' });
    // mid-ranks of 1 1 2 4 4 3000 as shares
    expect(seen(picture)).toEqual([
      at('inferno', 1 / 6, 4 / 6, 1 / 6),
      at('inferno', 2.5 / 6, 4 / 6, 5.5 / 6),
    ]);
  });

  test.each([
    ['lyapunov[1]', [-2, -2]],
    ['lyapunov', [-1, -1]],
    ['final[1,0]', [20, 20]],
    ['final[3, 1]', [70, 70]],
    ['density[4]', [0, 4]],
  ])('%s is that place of the further dimensions', (measure, values) => {
    const rows = (list: readonly number[]) => [
      [list, list, list],
      [list, list, list],
    ];
    const states = realOver(rows([0, 10, 20, 30, 40, 50, 60, 70]));
    const counts = realOver(rows([0, 1, 2, 3, 4]));
    const result = planeResult({
      lyapunov: realOver(rows([-1, -2])),
      final: { ...states, shape: [width, height, 4, 2] },
      density: { type: 'uint32', shape: counts.shape, data: Uint32Array.from(counts.data, Number) },
    });
    const { legend } = paintMap(result, { measure });
    const [least, greatest] = values;
    expect('values' in legend ? legend.values : []).toEqual(
      measure === 'density[4]' ? [4, greatest] : [least, greatest],
    );
  });

  test('has 16 bits where asked, between the colours of 8', () => {
    const place_variance = realOver([
      [1, 2, 4],
      [8, 16, NONE],
    ]);
    const picture = paintMap(planeResult({ place_variance }), {
      measure: 'place_variance',
      map: 'turbo',
      bits: 16,
    });
    const wanted = [0, 0.25, 0.5, 0.75, 1].map((place) => [
      ...paint16(Float64Array.of(place), colormap('turbo')),
    ]);
    expect(picture.bits).toBe(16);
    expect([...picture.data]).toEqual([...wanted.flat(), ...channelsOf(GREY).map((c) => 257 * c)]);
  });
});

test('a picture of a map carries its spec and provenance, and the pixels come back', () => {
  const place_mean = realOver([
    [1, 3, NONE],
    [5, 7, 9],
  ]);
  const result = planeResult({ place_mean });
  const picture = paintMap(result, { measure: 'place', map: 'viridis' });
  const file = encodePng(picture, provenanceText(result));
  expect(readPngText(file, 'p.png')['etascope-spec']).toBe(canonicalJson(result.spec));
  const { data, palette = [] } = decode(file);
  expect([...data].flatMap((entry) => palette[entry]?.slice(0, 3) ?? [])).toEqual([
    ...picture.data,
  ]);
});
