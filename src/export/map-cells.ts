import type { Result, ResultArray } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';
import type { MapChoice } from './map-arrays.ts';
import { centres, resample, type Size } from './resample.ts';

/** Values of an image, row-major [height, width] from the top left; NaN where there is none. */
export interface ValueImage extends Size {
  readonly values: Float64Array;
}

/** Where the values of a map are: that of cell (axis0, axis1) at `stride * cell + offset`. */
export interface MapValues extends Size {
  readonly stride: number;
  readonly offset: number;
  readonly data: ResultArray['data'];
}

/** A result, or a strip of one. */
type Part = Pick<Result, 'spec' | 'arrays' | 'strip'>;

/**
 * Finds an array at one place of its further dimensions.
 *
 * @throws {RequestError} `bad-array` if it is missing or does not fit the spec.
 */
export function findMapValues(part: Part, { array, place }: MapChoice): MapValues {
  const { spec, arrays, strip } = part;
  const { name, rest } = array;
  const [across = 0, height = 0] = spec.axes.map(({ count }) => count);
  const width = strip ? strip.to - strip.from : across;
  const found = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
  const wanted = `[${[width, height, ...rest].join(', ')}]`;
  if (!found || `[${found.shape.join(', ')}]` !== wanted) throw misfit(name, wanted, found);
  const stride = rest.reduce((product, length) => product * length, 1);
  const offset = place.reduce((at, index, dimension) => at * (rest[dimension] ?? 0) + index, 0);
  return { width, height, stride, offset, data: found.data };
}

/**
 * The values of an array at one place of its further dimensions, [axis0, axis1], as an image: the first
 * axis to the right, the second upward. What is not finite is no value.
 *
 * @throws {RequestError} `bad-array` if it is missing or does not fit the spec.
 */
export function mapCells(result: Part, choice: MapChoice): ValueImage {
  const { width, height, stride, offset, data } = findMapValues(result, choice);
  const values = new Float64Array(width * height);
  for (let column = 0; column < width; column++) {
    for (let row = 0; row < height; row++) {
      const cell = column * height + (height - 1 - row);
      const value = Number(data[cell * stride + offset]);
      values[row * width + column] = Number.isFinite(value) ? value : Number.NaN;
    }
  }
  return { width, height, values };
}

function misfit(name: string, wanted: string, found: ResultArray | undefined): RequestError {
  return new RequestError({
    code: 'bad-array',
    where: name,
    what: `expected values of shape ${wanted}`,
    got: found ? `shape [${found.shape.join(', ')}]` : 'no such array',
    cure: 'the arrays do not belong to the spec: run it again',
  });
}

/** Resizes an image: a pixel has the mean of the values it covers, or the one its centre lies in. */
export function resampleMeans(image: ValueImage, size: Size): ValueImage {
  const { width, height, values } = image;
  if (width === size.width && height === size.height) return image;
  const isThere = Float64Array.from(values, (value) => (Number.isNaN(value) ? 0 : 1));
  const known = values.map((value) => (Number.isNaN(value) ? 0 : value));
  const sums = resample({ width, height, counts: known }, size).counts;
  const shares = resample({ width, height, counts: isThere }, size).counts;
  return { ...size, values: sums.map((sum, pixel) => sum / (shares[pixel] ?? 0)) };
}

/** Resizes an image whose values are names: a pixel has the value that its centre lies in. */
export function resampleNearest(image: ValueImage, { width, height }: Size): ValueImage {
  const values = new Float64Array(width * height);
  const columns = centres(image.width, width);
  centres(image.height, height).forEach((from, row) => {
    columns.forEach((column, to) => {
      values[row * width + to] = image.values[from * image.width + column] ?? Number.NaN;
    });
  });
  return { width, height, values };
}
