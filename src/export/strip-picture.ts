import type { Provenance, Result } from '../engine/result.ts';
import type { Spec } from '../spec/spec.ts';
import { colormap } from './colormaps.ts';
import { encodeBands } from './count-bands.ts';
import { type EncodedPicture, encodePainting } from './encoded-picture.ts';
import { chooseHistogram, findDensity } from './find-density.ts';
import { checkLook, type MapOptions, paintPlane, periodsOf } from './map.ts';
import { chooseMapArray, type MapChoice } from './map-arrays.ts';
import { mapCells, type ValueImage } from './map-cells.ts';
import { createPackedCounts } from './packed-counts.ts';
import { checkBits, checkSize, type PaintOptions, paintCounts } from './picture.ts';
import { provenanceText } from './png.ts';
import { enlarge } from './resample.ts';
import { createSummedCounts } from './summed-counts.ts';
import { parseTone } from './tone.ts';

/** A picture whose result comes strip by strip; no more is kept of it than the pixels need. */
export interface StripPicture {
  /** Takes the next places of the first axis; a whole result has them all. */
  take(part: Pick<Result, 'spec' | 'arrays' | 'strip'>): void;
  /**
   * Paints and packs what was taken. It yields the share that is done, and returns the very pixels that
   * `paintResult` gives.
   */
  encode(provenance: Provenance): AsyncGenerator<number, EncodedPicture>;
}

/**
 * Begins a picture of a spec with axes.
 *
 * @param isLarge whether a density is painted in bands.
 * @throws {RequestError} the codes of `paintResult`.
 */
export function createStripPicture(
  spec: Spec,
  options: MapOptions,
  isLarge: boolean,
): StripPicture {
  const { map, tone, bits, size } = options;
  if (map !== undefined) colormap(map);
  if (tone !== undefined) parseTone(tone);
  if (bits !== undefined) checkBits(bits);
  if (size) checkSize(size);
  if (spec.axes.length === 2) return createMapStrips(spec, options);
  return isLarge ? createBandStrips(spec, options) : createDensityStrips(spec, options);
}

/** A small density: the visits of its pixels, as far as there are cells for them. */
function createDensityStrips(spec: Spec, options: PaintOptions): StripPicture {
  const { name, bins } = chooseHistogram(spec, options.measure);
  const cells = { width: spec.axes[0]?.count ?? 1, height: bins };
  const size = options.size ?? cells;
  const summed = createSummedCounts(cells, size);
  return {
    take: (part) => summed.add(findDensity(part, options.measure).data),
    encode(provenance) {
      const counts = { ...enlarge(summed.image, size), isCurve: false };
      const painting = paintCounts(counts, name, options);
      return inOne(encodePainting(painting, provenanceText({ spec, provenance })));
    },
  };
}

/** A large density: its cells, some byte each, unless there are fewer pixels. */
function createBandStrips(spec: Spec, options: PaintOptions): StripPicture {
  const { name, bins } = chooseHistogram(spec, options.measure);
  const cells = checkSize({ width: spec.axes[0]?.count ?? 1, height: bins });
  const size = options.size ?? cells;
  const hasAll = size.width >= cells.width && size.height >= cells.height;
  const store = hasAll ? createPackedCounts(bins) : createSummedCounts(cells, size);
  return {
    take: (part) => store.add(findDensity(part, options.measure).data),
    encode(provenance) {
      const text = provenanceText({ spec, provenance });
      return encodeBands(store, { size, array: name, text }, options);
    },
  };
}

/** A map: the values of its cells, of which there are never too many to be painted at once. */
function createMapStrips(spec: Spec, options: MapOptions): StripPicture {
  const choice = chooseMapArray(spec, options.measure);
  checkLook(choice, options);
  const values = createCells(spec, choice);
  const periodChoice = periodsOf(choice);
  const periods = periodChoice && createCells(spec, periodChoice);
  return {
    take(part) {
      values.take(part);
      periods?.take(part);
    },
    encode(provenance) {
      const plane = { values: values.image, ...(periods && { periods: periods.image }) };
      const painting = paintPlane(plane, choice, options);
      return inOne(encodePainting(painting, provenanceText({ spec, provenance })));
    },
  };
}

/** The values of all cells of a map, as `mapCells` gives them. */
function createCells(spec: Spec, choice: MapChoice) {
  const [width = 0, height = 0] = spec.axes.map(({ count }) => count);
  const image: ValueImage = { width, height, values: new Float64Array(width * height) };
  let column = 0;
  return {
    image,
    take(part: Parameters<StripPicture['take']>[0]) {
      const { width: columns, values } = mapCells(part, choice);
      for (let row = 0; row < height; row++) {
        const cells = values.subarray(row * columns, (row + 1) * columns);
        image.values.set(cells, row * width + column);
      }
      column += columns;
    },
  };
}

/** A picture that was encoded at once. */
async function* inOne(picture: EncodedPicture): AsyncGenerator<number, EncodedPicture> {
  yield 1;
  return picture;
}
