import type { Axis, EscapeRequest } from '../spec/spec.ts';
import type { Bounds, Viewport } from '../view/viewport.ts';

/** Beyond it no parameter and no value has a meaning; it keeps the window from running away. */
const FARTHEST = 1e100;
/** Cells that no part of an extent could be cut into: a window with these bounds is as it is. */
export const WHOLE = 1e290;

/** What is as high as the share of something is. */
export const SHARE = { from: 0, to: 1, scale: 'linear' } as const;

/** The values of an axis. */
export function extentOf({ from, to, scale }: Axis): Viewport['up'] {
  return { from, to, scale };
}

/** The range of a density. */
export function rangeOf([from, to]: readonly [number, number]): Viewport['up'] {
  return { from, to, scale: 'linear' };
}

/** The edges of the histogram of escape times. */
export function timesOf({ horizon }: EscapeRequest): Viewport['up'] {
  return { from: 1, to: horizon + 1, scale: 'log' };
}

/** How far a window along an axis may go: as far as its parameter has a meaning. */
export function axisBounds({ parameter, scale, count: cells }: Axis): Bounds {
  const isPositive = scale === 'log' || parameter === 'epsilon';
  const isMomentum = parameter === 'momentum';
  const below = parameter === 'eta' ? 0 : isMomentum ? -1 : -FARTHEST;
  const least = isPositive ? 1 / FARTHEST : below;
  return { least, most: isMomentum ? 1 : FARTHEST, cells };
}

/** How far a window along a range cut into so many cells may go. */
export function rangeBounds(cells: number): Bounds {
  return { least: -FARTHEST, most: FARTHEST, cells };
}
