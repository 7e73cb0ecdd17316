import {
  interpolateCividis,
  interpolateInferno,
  interpolateMagma,
  interpolateRdBu,
  interpolateTurbo,
  interpolateViridis,
} from 'd3-scale-chromatic';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colormap, colormapNames, paint8, paint16 } from '../../src/export/colormaps.ts';
import { colourDistance, labOf, type Sight, sights } from './colour-sight.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });

test.each([
  ['viridis', interpolateViridis],
  ['magma', interpolateMagma],
  ['inferno', interpolateInferno],
  ['cividis', interpolateCividis],
  ['turbo', interpolateTurbo],
  ['rdbu', interpolateRdBu],
])('%s has the colours of d3-scale-chromatic', (name, ramp) => {
  const painted = paint8(
    Float64Array.from({ length: 256 }, (_, entry) => entry / 255),
    colormap(name),
  );
  for (let entry = 0; entry < 256; entry++) {
    const [red = -1, green = -1, blue = -1] = painted.subarray(3 * entry);
    const css = ramp(entry / 255);
    const hex = `#${[red, green, blue].map((v) => v.toString(16).padStart(2, '0')).join('')}`;
    expect([hex, `rgb(${red}, ${green}, ${blue})`]).toContain(css);
  }
});

test.each(colormapNames)('%s reversed is itself backwards, in 8 and in 16 bits', (name) => {
  const other = name.endsWith('_r') ? name.slice(0, -2) : `${name}_r`;
  const t = Float64Array.from({ length: 52 }, (_, i) => i / 51);
  const [there, back] = [t, t.map((value) => 1 - value)];
  expect(paint8(there, colormap(name))).toEqual(paint8(back, colormap(other)));
  const [a, b] = [paint16(there, colormap(name)), paint16(back, colormap(other))];
  // 1 - t is rounded, so an interpolated value may round the other way.
  a.forEach((value, index) => {
    expect(Math.abs(value - (b[index] ?? -9))).toBeLessThanOrEqual(1);
  });
});

test.each(colormapNames)('%s in 16 bits meets its 8-bit entries and stays between them', (name) => {
  const map = colormap(name);
  const entries = Float64Array.from({ length: 256 }, (_, entry) => entry / 255);
  const coarse = paint8(entries, map);
  const fine = paint16(entries, map);
  // 255 · (entry / 255) can miss the entry by 3e-14, far below half a step of 16 bits.
  expect([...fine]).toEqual([...coarse].map((value) => 257 * value));
  fc.assert(
    fc.property(share, (t) => {
      const below = paint16(Float64Array.of(Math.floor(255 * t) / 255), map);
      const above = paint16(Float64Array.of(Math.ceil(255 * t) / 255), map);
      paint16(Float64Array.of(t), map).forEach((value, channel) => {
        const ends = [below[channel] ?? -1, above[channel] ?? -1];
        expect(value).toBeGreaterThanOrEqual(Math.min(...ends));
        expect(value).toBeLessThanOrEqual(Math.max(...ends));
      });
    }),
    { seed: 1, numRuns: 50 },
  );
});

describe('frostfire', () => {
  const { colours } = colormap('frostfire');
  const entry = (i: number) => [...colours.subarray(3 * i, 3 * i + 3)];

  test('grows lighter from its middle to both ends, alike and evenly', () => {
    const lightness = Array.from({ length: 256 }, (_, i) => labOf(entry(i))[0] ?? -1);
    for (let i = 0; i < 128; i++) {
      // 8-bit channels leave at most about 0.4 of lightness to either side, in the dark
      expect(Math.abs((lightness[i] ?? -9) - (lightness[255 - i] ?? 99))).toBeLessThan(0.8);
      expect(Math.abs((lightness[i] ?? -9) - (2 + 91 * (1 - (2 * i) / 255)))).toBeLessThan(0.8);
    }
  });

  test.each(Object.keys(sights) as Sight[])('keeps its sides apart for %s eyes', (sight) => {
    for (let i = 4; i < 128; i++) {
      // ten times what is just noticeable in CIELAB
      expect(colourDistance(entry(127 - i), entry(128 + i), sight)).toBeGreaterThan(23);
    }
  });
});

test('grey is one channel, and as fine as 16 bits are', () => {
  fc.assert(
    fc.property(fc.array(share), (t) => {
      const painted = paint16(Float64Array.from(t), colormap('grey'));
      expect(painted.length).toBe(t.length);
      painted.forEach((value, pixel) => {
        // 1/2 from rounding the value, the rest from rounding 255 t.
        expect(Math.abs(value - 65535 * (t[pixel] ?? -1))).toBeLessThan(0.5 + 1e-9);
      });
    }),
    { seed: 1 },
  );
});

test.each(['jet', '', 'inferno_r_r', 'Inferno', '__proto__'])('%j is refused', (name) => {
  expect(() => colormap(name)).toThrow(
    expect.objectContaining({
      code: 'unknown-colormap',
      message: expect.stringMatching(/viridis, magma, inferno, cividis, turbo, grey/),
    }),
  );
});
