import { expect } from 'vitest';
import { colormap, paint8 } from '../../src/export/colormaps.ts';
import type { Painting } from '../../src/export/picture.ts';

/** Colours of the pixels as they are seen, top row first. */
export function seen({ width, height, channels, data }: Painting): readonly string[][] {
  expect(channels).toBe(3);
  return Array.from({ length: height }, (_, row) =>
    Array.from({ length: width }, (_, column) => {
      const from = 3 * (row * width + column);
      return hexOf([...data.subarray(from, from + 3)]);
    }),
  );
}
const hexOf = (channels: readonly number[]) =>
  `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;

/** The colour of a map at places in [0, 1]. */
export const at = (map: string, ...places: number[]) =>
  places.map((place) =>
    hexOf([...paint8(Float64Array.of(place), { ...colormap(map), isGrey: false })]),
  );
