/** What one direction of a picture shows: [from, to) of a parameter or of a value. */
export interface Extent {
  readonly from: number;
  /** Greater than `from`. */
  readonly to: number;
  /** `log` needs `from` > 0: equal lengths on the screen are equal ratios. */
  readonly scale: 'linear' | 'log';
}

/** The value at `share` of the way from `from` (0) to `to` (1). */
export function valueAt(extent: Extent, share: number): number {
  const [low, high] = coordinatesOf(extent);
  return fromCoordinate(extent.scale, low + share * (high - low));
}

/** The share of the way at which `value` stands; the inverse of `valueAt`. */
export function shareAt(extent: Extent, value: number): number {
  const [low, high] = coordinatesOf(extent);
  return (toCoordinate(extent.scale, value) - low) / (high - low);
}

/** The ends on the scale that is even on the screen. */
export function coordinatesOf({ from, to, scale }: Extent): readonly [number, number] {
  return [toCoordinate(scale, from), toCoordinate(scale, to)];
}

/** Where a value stands on the scale that is even on the screen. */
export function toCoordinate(scale: Extent['scale'], value: number): number {
  return scale === 'log' ? Math.log(value) : value;
}

/** The inverse of `toCoordinate`. */
export function fromCoordinate(scale: Extent['scale'], coordinate: number): number {
  return scale === 'log' ? Math.exp(coordinate) : coordinate;
}
