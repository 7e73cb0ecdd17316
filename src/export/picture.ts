import type { Result, ResultArray } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';
import { colormap, paint8, paint16 } from './colormaps.ts';
import { chooseHistogram, findDensity } from './find-density.ts';
import type { Legend } from './legend.ts';
import { type CountImage, resample, type Size } from './resample.ts';
import { parseTone, toneMap } from './tone.ts';

/** Pixels, row-major from the top left; one channel is grey, three are red, green, blue (sRGB). */
export type Picture = Size & { readonly channels: 1 | 3 } & (
    | { readonly bits: 8; readonly data: Uint8Array }
    | { readonly bits: 16; readonly data: Uint16Array }
  );

/** A picture with what its colours mean. */
export type Painting = Picture & { readonly legend: Legend };

export interface PaintOptions {
  /**
   * Name of the density to paint, or of the measure or histogram of escape times; default: the first
   * density of the spec or, without one, the escape times.
   */
  readonly measure?: string | undefined;
  /** Colormap, default `defaultMap`. */
  readonly map?: string | undefined;
  /** Tone map; default `defaultTone`, and for a curve `linear`: its height means a count. */
  readonly tone?: string | undefined;
  /** Bits a channel, 8 or 16; default 8. */
  readonly bits?: number | undefined;
  /** Pixels; default: one a cell; for a curve, one a bin and 16 : 9. */
  readonly size?: Size | undefined;
}

/**
 * Chosen by looking at period doublings and chaotic bands in every tone and map: only `rank` shows
 * caustics and windows as well as the thin branches (`linear` loses the chaos, `log` its structure),
 * and columns need no scaling of their own, since each holds about as many visits. `inferno` glows
 * on black; `grey_r` is the picture of the books, dark on white.
 */
export const defaultTone = 'rank';
export const defaultMap = 'inferno';

/** Pixels one picture may have, e.g. 16384 x 16384: 1.6 GB at 16-bit colour. */
export const maxPixels = 2 ** 28;

/**
 * Paints a density of a result, or the histogram of its escape times.
 *
 * Along one axis ([columns, bins]): column j of the picture is axis value j, its top row the highest
 * bin. A joint density ([across, bins]) likewise. Without an axis ([bins]): a filled curve, bins from left to right, as high as the tone map
 * says, of one colour. Counts are brought to the size asked for before they are tone-mapped.
 *
 * @returns the picture, with a legend of its colours: visits of a pixel.
 * @throws {RequestError} `no-density` if the spec has none, or none named `measure`;
 *   `not-a-picture` for a density over two axes; `bad-array` if its array is missing or does not fit
 *   the spec; `unknown-colormap`; `unknown-tone`; `bad-bits`; `bad-size`.
 * @see resample for what happens to counts, toneMap for brightness, colormapNames for maps
 *
 * @example
 * ```ts
 * const picture = paintDensity(result, { map: 'grey_r', bits: 16 });
 * const file = encodePng(picture, provenanceText(result));
 * ```
 */
export function paintDensity(result: Result, options: PaintOptions = {}): Painting {
  const { name } = chooseHistogram(result.spec, options.measure);
  return paintCounts(densityCounts(result, options), name, options);
}

/**
 * What `paintDensity` paints, for who has the visits already.
 *
 * @param array what they are called in the legend.
 * @throws {RequestError} `unknown-colormap`; `unknown-tone`; `bad-bits`.
 */
export function paintCounts(
  { counts, width, height, isCurve }: DensityCounts,
  array: string,
  options: PaintOptions,
): Painting {
  const { map = defaultMap } = options;
  const bits = checkBits(options.bits ?? 8);
  const colours = colormap(map);
  const tone = options.tone ?? (isCurve ? 'linear' : defaultTone);
  const toned = toneMap(counts, tone);
  const brightness = isCurve ? fillBelow(toned, height) : toned;

  const visits = [0, counts.reduce((most, n) => Math.max(most, n), 0)] as const;
  const picture = {
    width,
    height,
    channels: colours.isGrey ? (1 as const) : (3 as const),
    legend: { array, map: colours.name, tone: parseTone(tone), range: visits },
  };
  return bits === 8
    ? { ...picture, bits, data: paint8(brightness, colours) }
    : { ...picture, bits, data: paint16(brightness, colours) };
}

/** Visits of the pixels of a picture, with its size; a curve has one row of them. */
export type DensityCounts = Size & { readonly counts: Float64Array; readonly isCurve: boolean };

/**
 * The visits that `paintDensity` gives colours to, at the size asked for.
 *
 * @throws {RequestError} the codes of `findDensity`; `bad-size`.
 */
export function densityCounts(
  result: Result,
  options: Pick<PaintOptions, 'measure' | 'size'>,
): DensityCounts {
  const density = findDensity(result, options.measure);
  const isCurve = density.shape.length === 1;
  const cells = isCurve ? curveCells(density) : sweepCells(density);
  const { width, height } = checkSize(options.size ?? (isCurve ? curveSize(cells.width) : cells));
  const { counts } = resample(cells, { width, height: isCurve ? 1 : height });
  return { counts, width, height, isCurve };
}

/** Pixels of a curve over so many bins: one a bin, 16 : 9. */
export function curveSize(bins: number): Size {
  return { width: bins, height: Math.ceil((9 * bins) / 16) };
}

/** Counts [columns, bins] as an image whose top row is the highest bin. */
function sweepCells({ shape: [columns = 0, bins = 0], data }: ResultArray): CountImage {
  const counts = new Float64Array(data.length);
  for (let column = 0; column < columns; column++) {
    for (let bin = 0; bin < bins; bin++) {
      counts[(bins - 1 - bin) * columns + column] = Number(data[column * bins + bin] ?? 0);
    }
  }
  return { width: columns, height: bins, counts };
}

/** Counts [bins] as an image of one row. */
function curveCells({ data }: ResultArray): CountImage {
  const counts = new Float64Array(data.length);
  for (let bin = 0; bin < data.length; bin++) counts[bin] = Number(data[bin] ?? 0);
  return { width: data.length, height: 1, counts };
}

/** Fills each column up to its share of the height; the pixel at its end by how much is covered. */
function fillBelow(shares: Float64Array, height: number): Float64Array {
  const filled = new Float64Array(shares.length * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < shares.length; column++) {
      const covered = (shares[column] ?? 0) * height - (height - 1 - row);
      filled[row * shares.length + column] = Math.min(1, Math.max(0, covered));
    }
  }
  return filled;
}

/** @throws {RequestError} `bad-bits` */
export function checkBits(bits: number): 8 | 16 {
  if (bits === 8 || bits === 16) return bits;
  throw new RequestError({
    code: 'bad-bits',
    where: 'bits',
    what: 'a PNG channel has 8 or 16 bits',
    got: String(bits),
  });
}

/** @throws {RequestError} `bad-size` */
export function checkSize(size: Size): Size {
  const { width, height } = size;
  const areCounts = [width, height].every((side) => Number.isInteger(side) && side >= 1);
  if (areCounts && width * height <= maxPixels) return size;
  throw new RequestError({
    code: 'bad-size',
    where: 'size',
    what: `a picture needs whole numbers of pixels, at most ${maxPixels} in all`,
    got: `${width}x${height}`,
    cure: 'ask for e.g. 1920x1080',
  });
}
