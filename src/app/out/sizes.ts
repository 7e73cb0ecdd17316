import { maxPixels } from '../../export/picture.ts';
import type { Size } from '../../export/resample.ts';
import type { Cells, Viewport } from '../../view/viewport.ts';
import { type Explorable, withWindow } from '../explorable.ts';

/** Widths that a picture can be rendered afresh at, pixels. */
export const widths = [1920, 3840, 7680, 16384] as const;

/** Height of a picture as wide as asked for, in the shape of the plot, pixels. */
export function sizeAt(width: number, { columns, bins }: Cells): Size {
  const height = Math.max(1, Math.round((width * bins) / columns));
  return { width, height: Math.min(height, Math.floor(maxPixels / width)) };
}

/**
 * The request of the same window with a cell for every pixel, as far as it has cells of its own.
 *
 * @throws {RequestError} `limit` where no engine could hold so many.
 */
export function requestAt(
  request: Explorable,
  viewport: Viewport,
  { width, height }: Size,
): Explorable {
  return withWindow(request, viewport, { columns: width, bins: height });
}

/** Seconds as people say them. */
export function durationText(seconds: number): string {
  if (seconds < 1) return 'less than a second';
  if (seconds < 90) return `about ${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `about ${minutes} min` : `about ${Math.ceil(minutes / 60)} h`;
}
