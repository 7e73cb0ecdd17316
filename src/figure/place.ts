import { type Extent, shareAt } from '../export/extent.ts';

/** The area between the axes of a panel: what it shows, and where that is. */
export interface Area {
  readonly x: Extent;
  readonly y: Extent;
  /** px */
  readonly width: number;
  readonly height: number;
}

/** Where a value of the first axis stands, px from the left; NaN where the axis has no place for it. */
export function across({ x, width }: Area, value: number): number {
  return hundredth(width * shareOf(x, value));
}

/** Where a value of the second axis stands, px from the top down; NaN where the axis has no place for it. */
export function down({ y, height }: Area, value: number): number {
  return hundredth(height * (1 - shareOf(y, value)));
}

/** A number that is not above 0 lies infinitely far down a logarithmic axis. */
function shareOf(extent: Extent, value: number): number {
  if (extent.scale === 'log' && value <= 0) return Number.NaN;
  return shareAt(extent, value);
}

/** Nobody sees less than a hundredth of a pixel, and digits make a file long. */
export function hundredth(pixels: number): number {
  // Values far outside would make paths that renderers cut at will.
  return Math.round(Math.min(1e5, Math.max(-1e5, pixels)) * 100) / 100;
}
