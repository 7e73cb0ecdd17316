import { describe, expect, test } from 'vitest';
import { channelsOf } from '../../src/export/legend.ts';
import { paintMap } from '../../src/export/map.ts';
import { regimeColour } from '../../src/export/regime-colours.ts';
import { colourDistance, type Sight, sights } from './colour-sight.ts';
import { countsOver, planeResult } from './plane-result.ts';
import { seen } from './seen-pixels.ts';

describe('a map of regimes', () => {
  const regime = countsOver([
    [0, 1, 2],
    [3, 4, 1],
  ]);
  const regime_period = countsOver([
    [1, 2, 0],
    [0, 0, 4],
  ]);
  const result = planeResult({ regime, regime_period });

  test('has a colour for each regime and period, and a legend that counts them', () => {
    const picture = paintMap(result, { measure: 'regime' });
    const colour = (code: number, period = 0) => regimeColour(code, period).colour;
    expect(seen(picture)).toEqual([
      [colour(0, 1), colour(1, 2), colour(2)],
      [colour(3), colour(4), colour(1, 4)],
    ]);
    const { legend } = picture;
    if (!('colours' in legend)) throw new Error('a legend of names');
    expect(legend.colours.map(({ meaning }) => meaning).toSorted()).toEqual([
      'converged',
      'diverged',
      'globally chaotic',
      'locally chaotic',
      'periodic, period 2',
      'periodic, period 4',
    ]);
    expect(legend.colours.reduce((sum, { pixels }) => sum + pixels, 0)).toBe(6);
    expect(new Set(legend.colours.map(({ colour }) => colour)).size).toBe(6);
  });

  test.each(['map', 'tone', 'range'])('has no other %s', (option) => {
    const options = { map: 'grey', tone: 'log', range: [0, 5] };
    const asked = Object.entries(options).filter(([name]) => name === option);
    expect(() => paintMap(result, { measure: 'regime', ...Object.fromEntries(asked) })).toThrow(
      expect.objectContaining({ code: 'fixed-colours', where: option }),
    );
  });
});

test.each(Object.keys(sights) as Sight[])('%s eyes tell all regimes apart', (sight) => {
  const periods = [2, 3, 4, 5, 6, 8, 12, 16, 32, 48, 64, 100];
  const colours = [
    ...[0, 2, 3, 4, 5].map((code) => ({ code, ...regimeColour(code, 0) })),
    ...periods.map((period) => ({ code: 1, ...regimeColour(1, period) })),
  ].map(({ code, colour }) => ({ code, channels: channelsOf(colour) }));
  for (const one of colours) {
    for (const other of colours.filter(({ code }) => code !== one.code)) {
      // six times what is just noticeable in CIELAB
      expect(colourDistance(one.channels, other.channels, sight)).toBeGreaterThan(6 * 2.3);
    }
  }
});
