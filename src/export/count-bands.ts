import { type Colormap, colormap, paint8, paint16 } from './colormaps.ts';
import type { EncodedPicture } from './encoded-picture.ts';
import type { CountStore } from './packed-counts.ts';
import { checkBits, defaultMap, defaultTone, type PaintOptions } from './picture.ts';
import { bigEndian } from './png.ts';
import { createPngBands } from './png-bands.ts';
import { centres, type Size } from './resample.ts';
import { type CellCounts, parseTone, toneCurve } from './tone.ts';

/** Rows of a band. */
const BAND = 64;

/** A picture of counts to be painted in bands. */
export interface BandPicture {
  /** Of no fewer pixels than cells in each direction. */
  readonly size: Size;
  /** What the counts are called in the legend. */
  readonly array: string;
  /** Keyword to text, as of `encodePng`. */
  readonly text: Readonly<Record<string, string>>;
}

/**
 * Paints and packs counts in bands, so that beside them hardly more than the file is held. It yields the
 * share that is done, and returns the very pixels that `paintDensity` gives.
 *
 * @throws {RequestError} `unknown-colormap`; `unknown-tone`; `bad-bits`.
 */
export async function* encodeBands(
  store: CountStore,
  { size, array, text }: BandPicture,
  { map = defaultMap, tone = defaultTone, bits: asked = 8 }: PaintOptions,
): AsyncGenerator<number, EncodedPicture> {
  const { width, height } = size;
  const bits = checkBits(asked);
  const colours = colormap(map);
  const pixels: CellCounts = {
    largest: store.largest,
    forEach(take) {
      for (const band of bandsOf(store, size)) for (const visits of band) take(visits);
    },
  };
  const shade = toneCurve(pixels, tone);
  const colour = colours.isGrey ? 'grey' : bits === 8 ? 'palette' : 'rgb';
  const palette = colour === 'palette' ? colours.colours : undefined;
  const png = createPngBands({ width, height, bits, colour, palette }, text);
  let rows = 0;
  for (const band of bandsOf(store, size)) {
    await png.push(pixelsOf(band.map(shade), colours, bits));
    rows += band.length / width;
    yield rows / height;
  }
  const range = [0, pixels.largest] as const;
  const legend = { array, map: colours.name, tone: parseTone(tone), range };
  return { width, height, bits, bytes: await png.finish(), legend };
}

/** The visits of all pixels, in bands from the top: [rows, width] each. */
function* bandsOf(store: CountStore, { width, height }: Size): Generator<Float64Array> {
  const { columns } = store;
  const reading = store.read();
  const rowOf = centres(store.rows, height);
  const columnOf = centres(columns, width);
  let cells = new Float64Array(); // of some rows of the store, the first of which is `from`
  let from = 0;
  let read = 0; // rows of the store
  for (let top = 0; top < height; top += BAND) {
    const rows = Math.min(BAND, height - top);
    const [first = 0, last = 0] = [rowOf[top], rowOf[top + rows - 1]];
    const held = cells.subarray((first - from) * columns); // the row that the band before ended within
    cells = new Float64Array((last + 1 - first) * columns);
    cells.set(held);
    from = first;
    const before = read - from;
    reading.next(last + 1 - read, (column, row, visits) => {
      cells[(before + row) * columns + column] = visits;
    });
    read = last + 1;
    const band = new Float64Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const cell = ((rowOf[top + row] ?? 0) - from) * columns;
      for (let column = 0; column < width; column++) {
        band[row * width + column] = cells[cell + (columnOf[column] ?? 0)] ?? 0;
      }
    }
    yield band;
  }
}

/** Brightness as bytes of a PNG: grey, entries of a palette, or colours of 16 bits. */
function pixelsOf(brightness: Float64Array, colours: Colormap, bits: 8 | 16): Uint8Array {
  if (bits === 16) return bigEndian(paint16(brightness, colours));
  if (colours.isGrey) return paint8(brightness, colours);
  const entries = colours.colours.length / 3 - 1;
  const pixels = new Uint8Array(brightness.length);
  for (let pixel = 0; pixel < pixels.length; pixel++) {
    pixels[pixel] = Math.round(entries * (brightness[pixel] ?? 0));
  }
  return pixels;
}
