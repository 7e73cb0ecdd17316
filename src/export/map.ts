import type { Result } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';
import { type Colormap, colormap, paint8, paint16 } from './colormaps.ts';
import { channelsOf, type ScaleLegend, type Swatch } from './legend.ts';
import { choiceText, chooseMapArray, type MapChoice } from './map-arrays.ts';
import { mapCells, resampleMeans, resampleNearest, type ValueImage } from './map-cells.ts';
import { type MapScale, mapScale } from './map-scale.ts';
import { checkBits, checkSize, type Painting, type PaintOptions, type Picture } from './picture.ts';
import { type RegimeColour, regimeColour } from './regime-colours.ts';
import type { Size } from './resample.ts';

export interface MapOptions extends PaintOptions {
  /**
   * What to paint: an array, a measure (its first array), or either with a place in its further
   * dimensions, such as `lyapunov[1]`; default: the first measure that is no density.
   */
  readonly measure?: string | undefined;
  /** Values at the two ends of the colours; default: see `mapScale`. */
  readonly range?: readonly number[] | undefined;
}

/** Of values on both sides of 0. */
export const defaultBalancedMap = 'frostfire';
const defaultMap = 'inferno';
/** Colour of cells without a value, and the one on maps that pass through grey themselves. */
const NONE = '#6e6e6e';
const NONE_ON_GREY = '#b9a6cf';

/** The values of a map, and for a regime those of its periods. */
export interface MapPlane {
  readonly values: ValueImage;
  readonly periods?: ValueImage;
}

/**
 * Paints one value per point of a plane of two axes: the first axis to the right, the second upward, one
 * pixel a cell unless another size is asked for. Cells without a value, e.g. where all orbits diverged,
 * are grey. A `regime` has colours of its own, periods of 2, 4, 8 … from blue to green, others in violet.
 *
 * @returns the picture, with a legend of its colours.
 * @throws {RequestError} `not-a-plane` unless the spec has two axes; `unknown-array`; `bad-place`;
 *   `not-a-picture` for a density without the place of a bin; `bad-array` if the array is missing or does
 *   not fit the spec; `fixed-colours` for a map, tone or range of a regime; `unknown-colormap`;
 *   `unknown-tone`; `empty-range`; `bad-bits`; `bad-size`.
 * @see mapScale for how values become colours
 *
 * @example
 * ```ts
 * const picture = paintMap(result, { measure: 'lyapunov', map: 'rdbu_r' });
 * const file = encodePng(picture, provenanceText(result));
 * ```
 */
export function paintMap(result: Result, options: MapOptions = {}): Painting {
  const { spec } = result;
  if (spec.axes.length !== 2) {
    throw new RequestError({
      code: 'not-a-plane',
      where: 'axes',
      what: 'a map has two axes',
      got: `${spec.axes.length}`,
      cure: 'paint a density or escape times instead, or plot the array',
    });
  }
  const choice = chooseMapArray(spec, options.measure);
  checkLook(choice, options);
  const values = mapCells(result, choice);
  const periods = periodsOf(choice);
  const plane = periods ? { values, periods: mapCells(result, periods) } : { values };
  return paintPlane(plane, choice, options);
}

/** The array that a map needs beside its own: the periods of a regime. */
export function periodsOf({ array: { kind, name } }: MapChoice): MapChoice | undefined {
  if (kind !== 'regime') return undefined;
  return { array: { name: `${name}_period`, kind: 'period', rest: [] }, place: [] };
}

/**
 * What `paintMap` paints, for who has the values already.
 *
 * @throws {RequestError} `unknown-colormap`; `unknown-tone`; `empty-range`; `bad-bits`; `bad-size`.
 */
export function paintPlane(
  { values, periods }: MapPlane,
  choice: MapChoice,
  options: MapOptions,
): Painting {
  const bits = checkBits(options.bits ?? 8);
  const size = checkSize(options.size ?? { width: values.width, height: values.height });
  if (periods) {
    return paintRegimes(
      resampleNearest(values, size),
      resampleNearest(periods, size),
      choice,
      bits,
    );
  }
  const resized = choice.array.kind === 'period' ? resampleNearest : resampleMeans;
  return paintValues(resized(values, size), choice, options, bits);
}

function paintValues(
  image: ValueImage,
  choice: MapChoice,
  options: MapOptions,
  bits: 8 | 16,
): Painting {
  const { values } = image;
  const scale = mapScale(values, choice.array.kind, options);
  const colours = colormap(
    options.map ?? (scale.centre === undefined ? defaultMap : defaultBalancedMap),
  );
  const none = noneOf(values, colours);
  // Of the 256 colours that a palette holds, one is for cells without a value.
  const steps = none && bits === 8 ? 254 : 0;
  const places = values.map((value) => {
    if (Number.isNaN(value)) return 0;
    const place = scale.place(value);
    return steps > 0 ? Math.round(steps * place) / steps : place;
  });
  const inColour = { ...colours, isGrey: false };
  const data = bits === 8 ? paint8(places, inColour) : paint16(places, inColour);
  if (none) {
    const channels = scaled(none.colour, bits);
    for (let pixel = 0; pixel < values.length; pixel++) {
      if (Number.isNaN(values[pixel] ?? 0)) data.set(channels, 3 * pixel);
    }
  }
  const legend = legendOf(values, choice, scale, colours, none);
  return { ...pictureOf(image, data), legend };
}

function noneOf(values: Float64Array, { name }: Colormap): Swatch | undefined {
  let pixels = 0;
  for (const value of values) if (Number.isNaN(value)) pixels++;
  if (pixels === 0) return undefined;
  return { colour: /^(grey|cividis)/.test(name) ? NONE_ON_GREY : NONE, pixels };
}

function legendOf(
  values: Float64Array,
  choice: MapChoice,
  { tone, range, centre }: MapScale,
  { name }: Colormap,
  none: Swatch | undefined,
): ScaleLegend {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return {
    array: choiceText(choice),
    map: name,
    tone,
    range,
    ...(centre === undefined ? {} : { centre }),
    ...(least <= greatest ? { values: [least, greatest] } : {}),
    ...(none ? { none } : {}),
  };
}

function paintRegimes(
  image: ValueImage,
  periods: ValueImage,
  choice: MapChoice,
  bits: 8 | 16,
): Painting {
  const pixels = image.values.length;
  const data = bits === 8 ? new Uint8Array(3 * pixels) : new Uint16Array(3 * pixels);
  const seen = new Map<number, { readonly known: RegimeColour; pixels: number }>();
  const channels = new Map<number, readonly number[]>();
  image.values.forEach((regime, pixel) => {
    const period = periods.values[pixel] ?? 0;
    const key = regime + 8 * period;
    const entry = seen.get(key) ?? { known: regimeColour(regime, period), pixels: 0 };
    entry.pixels++;
    if (entry.pixels === 1) {
      seen.set(key, entry);
      channels.set(key, scaled(entry.known.colour, bits));
    }
    data.set(channels.get(key) ?? [], 3 * pixel);
  });
  const colours = [...seen.values()]
    .map(({ known, pixels }) => ({ ...known, pixels }))
    .sort((a, b) => b.pixels - a.pixels);
  return { ...pictureOf(image, data), legend: { array: choiceText(choice), colours } };
}

/** Red, green and blue of `#rrggbb` as a channel of so many bits has them. */
function scaled(colour: string, bits: 8 | 16): readonly number[] {
  return channelsOf(colour).map((channel) => (bits === 8 ? 1 : 257) * channel);
}

function pictureOf({ width, height }: Size, data: Uint8Array | Uint16Array): Picture {
  const picture = { width, height, channels: 3 as const };
  return data instanceof Uint8Array
    ? { ...picture, bits: 8, data }
    : { ...picture, bits: 16, data };
}

/**
 * Refuses a look that what is painted cannot have, whatever its values.
 *
 * @throws {RequestError} `fixed-colours`; `unknown-tone`; `empty-range`
 */
export function checkLook(choice: MapChoice, { map, tone, range }: MapOptions): void {
  if (choice.array.kind !== 'regime') {
    mapScale(new Float64Array(), choice.array.kind, { tone, range });
    return;
  }
  const given = Object.entries({ map, tone, range }).find(([, value]) => value !== undefined);
  if (!given) return;
  throw new RequestError({
    code: 'fixed-colours',
    where: given[0],
    what: `${choiceText(choice)} has one colour for each regime`,
    got: String(given[1]),
    cure: 'leave it out',
  });
}
