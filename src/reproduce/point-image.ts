import type { ImageMark } from '../figure/figure.ts';

/** Black points on white, as many as they are: pixels of a panel. */
export function pointImage(
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  x: readonly [number, number],
  y: readonly [number, number],
  { width, height }: { readonly width: number; readonly height: number },
): ImageMark {
  const data = new Uint8Array(width * height).fill(255);
  for (let at = 0; at < xs.length; at++) {
    const column = Math.floor((((xs[at] ?? Number.NaN) - x[0]) / (x[1] - x[0])) * width);
    const row = height - 1 - Math.floor((((ys[at] ?? Number.NaN) - y[0]) / (y[1] - y[0])) * height);
    const isInside = column >= 0 && column < width && row >= 0 && row < height; // not of NaN
    if (isInside) data[row * width + column] = 0;
  }
  return { mark: 'image', picture: { width, height, channels: 1, data }, x, y };
}
