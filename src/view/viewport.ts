import {
  coordinatesOf,
  type Extent,
  fromCoordinate,
  shareAt,
  toCoordinate,
} from '../export/extent.ts';

export { type Extent, shareAt, valueAt } from '../export/extent.ts';

/** The window of a picture onto the plane of parameter and value. */
export interface Viewport {
  readonly across: Extent;
  readonly up: Extent;
}

/** How far an extent may go. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  /** Cells the extent is cut into, which float64 must tell apart. */
  readonly cells: number;
}

/** Where an extent lies within another: both in shares of the other's length. */
export interface Placement {
  readonly offset: number;
  readonly length: number;
}

/** Spacings of float64 that a cell is wide at least, so that rounding moves no cell by a cell. */
const SPACINGS = 4;
/** Shortest extent about 0, where float64 has no end in practice: its ticks stay normal numbers. */
const SHORTEST = 1e-280;

/**
 * Widens (factor > 1) or narrows an extent about the point at `share`, which keeps its value.
 *
 * At the bounds, and where float64 could not tell the cells apart, it gives way.
 */
export function zoomExtent(extent: Extent, share: number, factor: number, bounds: Bounds): Extent {
  const [low, high] = coordinatesOf(extent);
  const held = low + share * (high - low);
  const length = Math.max((high - low) * factor, narrowest(extent.scale, [low, high], bounds));
  return within(extent.scale, held - share * length, length, bounds);
}

/** Moves an extent by a share of its length; up to its bounds. */
export function panExtent(extent: Extent, share: number, bounds: Bounds): Extent {
  const [low, high] = coordinatesOf(extent);
  return within(extent.scale, low + share * (high - low), high - low, bounds);
}

/**
 * An extent whose ends are short decimals, each moved by less than a hundredth of a cell: what is
 * seen stays, and the numbers can be read and typed.
 */
export function tidyExtent({ from, to, scale }: Extent, { least, most, cells }: Bounds): Extent {
  const tidy = (value: number) => {
    const cell = (scale === 'log' ? value * Math.log(to / from) : to - from) / cells;
    const digits = Math.ceil(-Math.log10(cell / 100));
    const rounded = digits >= 0 && digits <= 100 ? Number(value.toFixed(digits)) : value;
    return Math.max(least, Math.min(most, rounded));
  };
  return { from: tidy(from), to: tidy(to), scale };
}

/** A window whose extents are tidy, each within its bounds. */
export function tidyViewport(
  { across, up }: Viewport,
  bounds: Readonly<Record<keyof Viewport, Bounds>>,
): Viewport {
  return { across: tidyExtent(across, bounds.across), up: tidyExtent(up, bounds.up) };
}

/** Where `shown` lies within `extent`, for a picture of the one to be drawn in the other. */
export function placementOf(shown: Extent, extent: Extent): Placement {
  const offset = shareAt(extent, shown.from);
  return { offset, length: shareAt(extent, shown.to) - offset };
}

function within(scale: Extent['scale'], from: number, length: number, bounds: Bounds): Extent {
  const least = toCoordinate(scale, bounds.least);
  const most = toCoordinate(scale, bounds.most);
  const low = Math.max(least, Math.min(from, most - length));
  const high = Math.min(most, low + length);
  // Coordinates at the bounds come back as the bounds themselves, whatever exp(log()) rounds to.
  return {
    from: low === least ? bounds.least : fromCoordinate(scale, low),
    to: high === most ? bounds.most : fromCoordinate(scale, high),
    scale,
  };
}

/** The shortest length, in coordinates, at which float64 still tells the cells apart. */
function narrowest(
  scale: Extent['scale'],
  [low, high]: readonly [number, number],
  { cells }: Bounds,
): number {
  const largest = Math.max(Math.abs(low), Math.abs(high));
  // A step of a logarithm is a ratio: near 0 it is the values' own spacing that limits.
  const size = scale === 'log' ? Math.max(1, largest) : largest;
  return Math.max(SHORTEST, SPACINGS * cells * size * Number.EPSILON);
}

/** Cells of a picture: one a device pixel of the plot. */
export interface Cells {
  readonly columns: number;
  readonly bins: number;
}

/** A place of the plane: the values of a cell's centre. */
export interface Place {
  readonly across: number;
  readonly up: number;
}
