/** Square cells of a square of the plane. */
export interface PlaneGrid {
  /** Along each side. */
  readonly cells: number;
  /** Of both coordinates. */
  readonly range: readonly [lo: number, hi: number];
}

/**
 * How densely points lie: share of all points per unit of area, f64 [rows, columns], the first coordinate along
 * the columns, from the lowest of both on.
 *
 * @param points f64 [points, 2].
 */
export function planeDensity(
  points: Float64Array,
  { cells, range: [lo, hi] }: PlaneGrid,
): Float64Array {
  const density = new Float64Array(cells * cells);
  const width = (hi - lo) / cells;
  const share = 1 / (points.length / 2) / width ** 2;
  for (let at = 0; at < points.length; at += 2) {
    const column = Math.floor(((points[at] ?? Number.NaN) - lo) / width);
    const row = Math.floor(((points[at + 1] ?? Number.NaN) - lo) / width);
    if (column >= 0 && column < cells && row >= 0 && row < cells) {
      density[row * cells + column] = (density[row * cells + column] ?? 0) + share;
    }
  }
  return density;
}

/** A function of the plane at the centres of the cells, in the same order. */
export function planeValues(
  of: (x: number, y: number) => number,
  { cells, range: [lo, hi] }: PlaneGrid,
): Float64Array {
  const centre = (cell: number) => lo + ((cell + 0.5) / cells) * (hi - lo);
  return Float64Array.from({ length: cells * cells }, (_, at) =>
    of(centre(at % cells), centre(Math.floor(at / cells))),
  );
}
