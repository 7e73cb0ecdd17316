import type { Legend } from './legend.ts';
import type { Painting } from './picture.ts';
import { encodePng } from './png.ts';
import type { Size } from './resample.ts';

/** A picture as PNG, with what its colours mean. */
export interface EncodedPicture extends Size {
  readonly bits: 8 | 16;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly legend: Legend;
}

/**
 * Encodes a picture that is painted.
 *
 * @param text keyword to text, as of `encodePng`.
 */
export function encodePainting(
  painting: Painting,
  text: Readonly<Record<string, string>>,
): EncodedPicture {
  const { width, height, bits, legend } = painting;
  return { width, height, bits, legend, bytes: encodePng(painting, text) };
}
