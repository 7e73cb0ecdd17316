import type { Chunk } from './png-chunk.ts';
import { textChunk } from './png-text.ts';
import type { Size } from './resample.ts';

/** What the bytes of a pixel are. */
export interface PixelFormat extends Size {
  /** Of a channel, or of an entry of the palette. */
  readonly bits: 8 | 16;
  readonly colour: 'grey' | 'rgb' | 'palette';
  /** [entries, 3] uint8. */
  readonly palette?: Uint8Array | undefined;
}

const colourTypes = { grey: 0, rgb: 2, palette: 3 } as const;

/** The chunks of a PNG file before its pixels, with texts by keyword. */
export function headChunks(
  { width, height, bits, colour, palette }: PixelFormat,
  text: Readonly<Record<string, string>>,
): readonly Chunk[] {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, bits);
  header.setUint8(9, colourTypes[colour]);
  return [
    { type: 'IHDR', data: new Uint8Array(header.buffer) },
    { type: 'sRGB', data: Uint8Array.of(0) }, // the colormaps' colours are sRGB, perceptual intent
    ...Object.entries(text).map(([keyword, value]) => textChunk(keyword, value)),
    ...(palette ? [{ type: 'PLTE', data: palette }] : []),
  ];
}
