import type { Colour } from './figure.ts';

// After Okabe and Ito, darkened where a thin line on white would have less than 3 : 1 of contrast; told
// apart in every kind of colour blindness, neighbours also by lightness.
const colours = {
  data: '#0072b2',
  theory: '#d1450b',
  quiet: '#6b6b6b',
  0: '#00875f',
  1: '#aa3377',
  2: '#a8740a',
  3: '#332288',
  4: '#3f8fc4',
  5: '#262626',
} as const satisfies Record<Colour, string>;

/** Colours of words and lines around the data; each has 4.5 : 1 of contrast on white at least. */
export const ink = {
  title: '#111111',
  label: '#262626',
  tick: '#404040',
  quiet: '#5c5c5c',
} as const;
/** The frame of a panel, and the lines across it. */
export const frameColour = '#404040';
export const gridColour = '#e6e6e6';

/** sRGB of a colour of the figure, `#rrggbb`. */
export function colourOf(colour: Colour): string {
  return colours[colour];
}
