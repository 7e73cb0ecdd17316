import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/engine/result.ts';
import { paintDensity } from '../../src/export/picture.ts';
import { toneMap } from '../../src/export/tone.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { bins, columns, smallResult } from './small-result.ts';

const result = smallResult();

/** The result with other counts. */
function withCounts(counts: readonly number[], base = result): Result {
  const density = {
    type: 'uint32',
    shape: base.arrays.density?.shape ?? [],
    data: Uint32Array.from(counts),
  };
  return { ...base, arrays: { ...base.arrays, density: density as Result['arrays'][string] } };
}
const sweep = (...marked: readonly [column: number, bin: number, count: number][]) => {
  const counts = new Array(columns * bins).fill(0);
  for (const [column, bin, count] of marked) counts[column * bins + bin] = count;
  return withCounts(counts);
};

describe('a density along an axis', () => {
  test('has columns from left to right and the highest bin on top', () => {
    const picture = paintDensity(sweep([0, 0, 9], [columns - 1, bins - 1, 9], [2, 5, 9]), {
      map: 'grey',
      tone: 'linear',
    });
    expect(picture).toMatchObject({ width: columns, height: bins, channels: 1, bits: 8 });
    const lit = [...picture.data].flatMap((value, pixel) => (value === 255 ? [pixel] : []));
    expect(lit).toEqual([columns - 1, (bins - 1 - 5) * columns + 2, (bins - 1) * columns]);
    expect([...picture.data].reduce((a, b) => a + b, 0)).toBe(3 * 255);
  });

  test('is toned over all of it, after it was resized', () => {
    const marked = sweep([0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1], [6, 8, 2], [10, 2, 1]);
    const size = { width: columns / 2, height: bins / 2 };
    const { data } = paintDensity(marked, { map: 'grey', tone: 'linear', size });
    const wanted = new Array(size.width * size.height).fill(0);
    wanted[(size.height - 1) * size.width] = 255; // four single visits in one pixel
    wanted[(size.height - 1 - 4) * size.width + 3] = 128; // 127.5, rounded up
    wanted[(size.height - 1 - 1) * size.width + 5] = 64; // 63.75
    expect([...data]).toEqual(wanted);
  });

  test('is three channels in colour, and 16 bits where asked', () => {
    const grey = paintDensity(result, { map: 'grey', bits: 16, tone: 'log' });
    const colour = paintDensity(result, { map: 'turbo', bits: 16, tone: 'log' });
    expect(grey.data).toBeInstanceOf(Uint16Array);
    expect(grey.data.length).toBe(columns * bins);
    expect(colour).toMatchObject({ channels: 3, bits: 16 });
    expect(colour.data.length).toBe(3 * columns * bins);
    const { data } = result.arrays.density ?? { data: new Uint32Array() };
    const shares = toneMap(data as Uint32Array, 'log'); // as small-result makes it
    expect(grey.data[0]).toBe(Math.round(65535 * (shares[bins - 1] ?? -1)));
  });

  test('is inferno by rank where nothing is asked', () => {
    expect(paintDensity(result)).toEqual(
      paintDensity(result, { map: 'inferno', tone: 'rank', bits: 8 }),
    );
    expect(paintDensity(result)).not.toEqual(paintDensity(result, { tone: 'log' }));
  });

  test('may count beyond 2^32', () => {
    const { data = new Uint32Array(), shape = [] } = result.arrays.density ?? {};
    const big = BigUint64Array.from([...(data as Uint32Array)], (n) => BigInt(n) * 2n ** 33n); // as above
    const arrays = { ...result.arrays, density: { type: 'uint64', shape, data: big } as const };
    const painted = paintDensity({ ...result, arrays }, { tone: 'linear' });
    const { data: pixels, legend } = paintDensity(result, { tone: 'linear' });
    expect(painted.data).toEqual(pixels);
    const most = 'range' in legend ? legend.range[1] : -1;
    expect(painted.legend).toEqual({ ...legend, range: [0, most * 2 ** 33] });
  });
});

describe('escape times', () => {
  const counts = Uint32Array.from({ length: 3 * 4 }, (_, cell) => cell ** 2);
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2' },
    optimizer: { rule: 'gd' },
    axes: [{ parameter: 'eta', from: 0, to: 1, count: 3 }],
    ensemble: { orbits: 200, initial: { x: 1 }, seed: 1 },
    steps: { skip: 0, keep: 40 },
    measures: [
      { measure: 'lyapunov' },
      { measure: 'escape', name: 'exit', when: 'x < 0', bins: 4 },
    ],
  });
  const exit_histogram = { type: 'uint32', shape: [3, 4], data: counts } as const;
  const escaping = { ...result, spec, arrays: { exit_histogram } };

  test('are painted as a density where there is none, and by either name', () => {
    const density = { measure: 'density', of: 'x', range: [0, 1], bins: 4 };
    const twin = { ...result, spec: parseSpec({ ...spec, measures: [density] }) };
    const wanted = paintDensity({ ...twin, arrays: { density: exit_histogram } });
    for (const measure of [undefined, 'exit', 'exit_histogram']) {
      const { data, legend } = paintDensity(escaping, { measure });
      expect(data).toEqual(wanted.data);
      expect(legend).toMatchObject({ array: 'exit_histogram', range: [0, 121] });
    }
  });

  test('are what can be painted over one axis, not exponents, which the error says', () => {
    expect(() => paintDensity(escaping, { measure: 'lyapunov' })).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/over two,.* exit_histogram/) }),
    );
  });
});

describe('a density without an axis', () => {
  const single = smallResult('none');
  const counts = new Array(bins)
    .fill(0)
    .with(0, 8)
    .with(1, 4)
    .with(bins - 1, 3);

  test('is a curve as high as its counts', () => {
    const picture = paintDensity(withCounts(counts, single), {
      map: 'grey',
      size: { width: bins, height: 8 },
    });
    const heights = Array.from({ length: bins }, (_, column) =>
      [...picture.data].reduce(
        (sum, value, pixel) => sum + (pixel % bins === column ? value / 255 : 0),
        0,
      ),
    );
    expect(heights).toEqual(counts);
    // from the bottom up: the lowest row is full wherever something was counted
    expect([...picture.data.subarray(7 * bins)].map((value) => value === 255)).toEqual(
      counts.map((count) => count > 0),
    );
  });

  test('ends in a pixel as bright as it is covered', () => {
    const { data } = paintDensity(withCounts(counts, single), {
      map: 'grey',
      bits: 16,
      size: { width: bins, height: 1 },
    });
    expect([data[0], data[1], data[2]]).toEqual([65535, Math.round(65535 / 2), 0]);
  });

  test('is 16 : 9 where nothing is asked', () => {
    expect(paintDensity(single)).toMatchObject({ width: bins, height: 9, channels: 3 });
  });
});

describe('what cannot be painted is refused', () => {
  const { density, ...others } = result.arrays;
  const counts = density?.data as Uint32Array; // as small-result makes it
  const wrong = { type: 'uint32', shape: [bins, columns], data: counts } as const;
  const floats = {
    type: 'float64',
    shape: [columns, bins],
    data: Float64Array.from(counts),
  } as const;

  test.each<[string, Result, Parameters<typeof paintDensity>[1], string, string]>([
    ['two axes', smallResult('both'), {}, 'not-a-picture', 'axes'],
    ['an unknown density', result, { measure: 'lyapunov' }, 'no-density', 'measure'],
    [
      'no density',
      { ...result, spec: { ...result.spec, measures: [] } },
      {},
      'no-density',
      'measure',
    ],
    ['no array', { ...result, arrays: others }, {}, 'bad-array', 'density'],
    [
      'another shape',
      { ...result, arrays: { ...others, density: wrong } },
      {},
      'bad-array',
      'density',
    ],
    [
      'no counts',
      { ...result, arrays: { ...others, density: floats } },
      {},
      'bad-array',
      'density',
    ],
    ['12 bits', result, { bits: 12 }, 'bad-bits', 'bits'],
    ['no pixels', result, { size: { width: 0, height: 9 } }, 'bad-size', 'size'],
    ['half a pixel', result, { size: { width: 9, height: 1.5 } }, 'bad-size', 'size'],
    [
      'too many pixels',
      result,
      { size: { width: 2 ** 14, height: 2 ** 14 + 1 } },
      'bad-size',
      'size',
    ],
    ['an unknown map', result, { map: 'jet' }, 'unknown-colormap', 'map'],
    ['an unknown tone', result, { tone: 'gamma' }, 'unknown-tone', 'tone'],
  ])('%s', (_, of, options, code, where) => {
    expect(() => paintDensity(of, options)).toThrow(expect.objectContaining({ code, where }));
  });
});
