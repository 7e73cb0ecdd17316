import { describe, expect, test } from 'vitest';
import { paintMap } from '../../src/export/map.ts';
import { regimeColour } from '../../src/export/regime-colours.ts';
import { countsOver, planeResult, realOver } from './plane-result.ts';
import { at, seen } from './seen-pixels.ts';

const NONE = Number.NaN;

describe('another size', () => {
  const place_mean = realOver([
    [1, 3, NONE],
    [5, 7, 9],
  ]);
  const options = { measure: 'place_mean', range: [1, 9], map: 'viridis' } as const;

  test('has the mean of the values under each pixel, those that are there', () => {
    const size = { width: 3, height: 1 };
    const picture = paintMap(planeResult({ place_mean }), { ...options, size });
    expect(seen(picture)).toEqual([at('viridis', 2 / 8, 4 / 8, 1)]);
  });

  test('repeats cells where there are more pixels', () => {
    const size = { width: 6, height: 4 };
    const grown = seen(paintMap(planeResult({ place_mean }), { ...options, size }));
    const plain = seen(paintMap(planeResult({ place_mean }), options));
    expect(grown).toEqual(
      plain.flatMap((row) => [row, row]).map((row) => row.flatMap((colour) => [colour, colour])),
    );
  });

  test('makes no periods and no regimes that were not there', () => {
    const period = countsOver([
      [2, 8, 2],
      [2, 8, 2],
    ]);
    const regime = countsOver([
      [0, 3, 5],
      [0, 3, 5],
    ]);
    const arrays = { regime, regime_period: period };
    const size = { width: 2, height: 1 };
    const periods = paintMap(planeResult(arrays), { measure: 'regime_period', size });
    const inOne = { colour: at('inferno', 1)[0], other: at('inferno', 0)[0] };
    for (const colour of seen(periods).flat()) expect(Object.values(inOne)).toContain(colour);
    const wanted = [0, 3, 5].map((code) => regimeColour(code, 2).colour);
    const shrunk = paintMap(planeResult(arrays), { measure: 'regime', size });
    for (const colour of seen(shrunk).flat()) expect(wanted).toContain(colour);
  });
});
