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
  const wide = alongRows(image, size.width);
  return transpose(alongRows(transpose(wide), size.height));
}

function alongRows({ width, height, counts }: CountImage, columns: number): CountImage {
  if (columns === width) return { width, height, counts };
  const resized = new Float64Array(columns * height);
  const spans = columns < width ? overlaps(width, columns) : nearest(width, columns);
  for (let row = 0; row < height; row++) {
    for (const { from, to, share } of spans) {
      const cell = row * columns + to;
      resized[cell] = (resized[cell] ?? 0) + share * (counts[row * width + from] ?? 0);
    }
  }
  return { width: columns, height, counts: resized };
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** Part of the count of `from` that goes to `to`. */
  readonly share: number;
}

/** Cell `from` is [from, from + 1) columns / width wide on the scale of the new cells. */
function overlaps(width: number, columns: number): Span[] {
  const spans: Span[] = [];
  for (let from = 0; from < width; from++) {
    const to = Math.floor((from * columns) / width);
    // In units of 1 / columns of an old cell both edges are whole numbers: no rounding, no sliver.
    const crossed = Math.max(0, (from + 1) * columns - (to + 1) * width);
    spans.push({ from, to, share: 1 - crossed / columns });
    if (crossed > 0) spans.push({ from, to: to + 1, share: crossed / columns });
  }
  return spans;
}

function nearest(width: number, columns: number): Span[] {
  return Array.from({ length: columns }, (_, to) => ({
    from: Math.floor(((2 * to + 1) * width) / (2 * columns)),
    to,
    share: 1,
  }));
}

function transpose({ width, height, counts }: CountImage): CountImage {
  const turned = new Float64Array(counts.length);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      turned[column * height + row] = counts[row * width + column] ?? 0;
    }
  }
  return { width: height, height: width, counts: turned };
}
