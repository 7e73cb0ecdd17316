/** A part of a run that can be computed by itself: some columns, and some orbits of each. */
export interface Tile {
  readonly columnFrom: number;
  readonly columns: number;
  readonly orbitFrom: number;
  readonly orbits: number;
}

export interface TileLimits {
  /** Most columns whose counts can be held at once. */
  readonly columns: number;
  /** Most orbits, over all columns of a tile, whose states can be held at once. */
  readonly states: number;
  /** Orbits per column of the first tile; a small number gives a rough result early. */
  readonly firstOrbits?: number;
}

/**
 * Cuts a run of `columns` x `orbits` into tiles.
 *
 * All tiles of the same columns follow one another, so that their counts can stay where they are.
 * The cut changes no result: starts are drawn per column and orbit, and counts are sums.
 */
export function planTiles(columns: number, orbits: number, limits: TileLimits): readonly Tile[] {
  const tiles: Tile[] = [];
  const widest = Math.max(1, Math.min(limits.columns, limits.states, columns));
  for (let columnFrom = 0; columnFrom < columns; columnFrom += widest) {
    const width = Math.min(widest, columns - columnFrom);
    const most = Math.max(1, Math.floor(limits.states / width));
    let orbitFrom = 0;
    while (orbitFrom < orbits) {
      const wanted = orbitFrom === 0 ? (limits.firstOrbits ?? most) : most;
      const count = Math.min(wanted, most, orbits - orbitFrom);
      tiles.push({ columnFrom, columns: width, orbitFrom, orbits: count });
      orbitFrom += count;
    }
  }
  return tiles;
}
