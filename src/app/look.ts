import { type ColormapName, colormap } from '../export/colormaps.ts';
import { defaultMap, defaultTone } from '../export/picture.ts';
import type { ToneName } from '../export/tone.ts';

/** How a picture is drawn. */
export interface Look {
  /** `auto`: what the command takes for such a picture where it is told nothing. */
  readonly tone: ToneName | 'auto';
  readonly map: ColormapName | 'auto';
  /** What a map over two axes paints, as `paintMap` takes it; absent: its default. */
  readonly measure?: string;
}

export const defaultLook: Look = { tone: 'auto', map: 'auto' };

/** The colours of a density in this look, [256, 3] uint8 sRGB. */
export function coloursOf({ map }: Look): Uint8Array {
  return colormap(map === 'auto' ? defaultMap : map).colours;
}

/** The tone of a density in this look. */
export function toneOf({ tone }: Look): ToneName {
  return tone === 'auto' ? defaultTone : tone;
}
