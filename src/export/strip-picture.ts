import type { Provenance, Result } from '../engine/result.ts';
import type { Spec } from '../spec/spec.ts';
import { type Colormap, colormap, paint8, paint16 } from './colormaps.ts';
import { chooseHistogram, findDensity } from './find-density.ts';
import type { Legend } from './legend.ts';
import { createPackedCounts } from './packed-counts.ts';
import { planPicture } from './paint-result.ts';
import { checkBits, checkSize, defaultMap, defaultTone, type PaintOptions } from './picture.ts';
import { bigEndian, provenanceText } from './png.ts';
import { createPngBands } from './png-bands.ts';
import type { Size } from './resample.ts';
import { parseTone, toneCurve } from './tone.ts';

/** A picture as PNG, with what its colours mean. */
export interface EncodedPicture extends Size {
  readonly bits: 8 | 16;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly legend: Legend;
}

/** A picture whose result comes strip by strip; no more is kept of it than the pixels need. */
export interface StripPicture {
  /** Takes the next places of the axis; a whole result has them all. */
  take(part: Pick<Result, 'spec' | 'arrays' | 'strip'>): void;
  /**
   * Paints and packs what was taken, in bands. It yields the share that is done, and returns the very
   * pixels that `paintResult` gives.
   */
  encode(provenance: Provenance): AsyncGenerator<number, EncodedPicture>;
}

/** Rows of a band. */
const BAND = 64;

/** Whether a picture can be painted out of strips: a cell of counts over one axis for every pixel. */
export function isOfStrips(spec: Spec, { measure, size }: PaintOptions): boolean {
  if (spec.axes.length !== 1) return false;
  const own = planPicture(spec, { measure }).size;
  return !size || (size.width === own.width && size.height === own.height);
}

/**
 * Begins a picture of a spec for which `isOfStrips`.
 *
 * @throws {RequestError} the codes of `paintDensity`.
 */
export function createStripPicture(spec: Spec, options: PaintOptions): StripPicture {
  const { measure, map = defaultMap, tone = defaultTone } = options;
  const bits = checkBits(options.bits ?? 8);
  const colours = colormap(map);
  const { name, bins } = chooseHistogram(spec, measure);
  const { width, height } = checkSize({ width: spec.axes[0]?.count ?? 1, height: bins });
  const counts = createPackedCounts(bins);
  return {
    take(part) {
      const { data } = findDensity(part, measure);
      counts.add(data);
    },
    async *encode(provenance) {
      const shade = toneCurve(counts, tone);
      const colour = colours.isGrey ? 'grey' : bits === 8 ? 'palette' : 'rgb';
      const palette = colour === 'palette' ? colours.colours : undefined;
      const text = provenanceText({ spec, provenance });
      const png = createPngBands({ width, height, bits, colour, palette }, text);
      const cells = counts.read();
      for (let top = 0; top < height; top += BAND) {
        const rows = Math.min(BAND, height - top);
        const band = new Float64Array(rows * width);
        cells.next(rows, (column, row, visits) => {
          band[row * width + column] = shade(visits);
        });
        await png.push(pixelsOf(band, colours, bits));
        yield (top + rows) / height;
      }
      const legend = {
        array: name,
        map: colours.name,
        tone: parseTone(tone),
        range: [0, counts.largest] as const,
      };
      return { width, height, bits, bytes: await png.finish(), legend };
    },
  };
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
