import { createSummedCounts } from './summed-counts.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Visits per cell of an image, row-major [height, width]. */
export interface CountImage extends Size {
  readonly counts: Float64Array;
}

/**
 * Resizes an image of counts, each direction for itself.
 *
 * To fewer cells, every count is shared out by overlap, so that the sum of all counts stays: this
 * is the histogram that coarser cells would have counted. To more cells, every cell takes the count
 * of the one its centre lies in: the sum grows with the number of cells, the shape stays.
 */
export function resample(image: CountImage, size: Size): CountImage {
  const { width, height, counts } = image;
  if (width === size.width && height === size.height) return image;
  const summed = createSummedCounts(image, size);
  for (let column = 0; column < width; column++) {
    summed.addColumn((row) => counts[row * width + column] ?? 0);
  }
  return enlarge(summed.image, size);
}

/** The same image with at least as many cells in each direction. */
export function enlarge(image: CountImage, size: Size): CountImage {
  const { width, height } = size;
  if (width === image.width && height === image.height) return image;
  const counts = new Float64Array(width * height);
  const across = centres(image.width, width);
  centres(image.height, height).forEach((from, row) => {
    for (let column = 0; column < width; column++) {
      counts[row * width + column] = image.counts[from * image.width + (across[column] ?? 0)] ?? 0;
    }
  });
  return { width, height, counts };
}

/** Which of `cells` the centre of each of `pixels` lies in: uint32 [pixels]. */
export function centres(cells: number, pixels: number): Uint32Array {
  return Uint32Array.from({ length: pixels }, (_, pixel) =>
    Math.floor(((2 * pixel + 1) * cells) / (2 * pixels)),
  );
}
