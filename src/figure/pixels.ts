import type { Painting } from '../export/picture.ts';
import type { Pixels } from './figure.ts';

/** A painting of 8 bits, as all are unless 16 are asked for, as pixels of a figure. */
export function pixelsOf(painting: Painting): Pixels {
  if (painting.bits !== 8) throw new TypeError('figures have pixels of 8 bits');
  const { width, height, channels, data } = painting;
  return { width, height, channels, data };
}
