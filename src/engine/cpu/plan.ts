import type { Tile } from '../plan.ts';

/** Orbit-steps of the smallest tile, some milliseconds of work: less is not worth a message. */
const LEAST_WORK = 2 ** 20;
/** The same for every counter of a column, which is cleared, sent and added up for a tile. */
const WORK_PER_CELL = 4;
/** Counters that one message brings, so that adding them up never holds a page up. */
const MOST_CELLS = 2 ** 18;
/** Orbits per column of the first pass of a growing run: a rough picture of all columns early. */
const FIRST_ORBITS = 8;
/** A tile is at most this share of what is left, over all workers. */
const SHARE = 4;

/** What there is to do, and for whom. */
export interface CpuPlanRequest {
  readonly columns: number;
  readonly orbits: number;
  /** Steps of every orbit. */
  readonly steps: number;
  /** Counters of a column. */
  readonly row: number;
  readonly workers: number;
  /** Orbits that a worker follows at a time. */
  readonly lanes: number;
  /** Whether all columns shall soon have a few orbits, then twice as many, and so on. */
  readonly isGrowing: boolean;
}

/**
 * Cuts a run into tiles that workers take one after another: large ones first, then smaller and smaller
 * ones, so that all workers end at about the same time whatever each tile cost. The cut changes no
 * result.
 */
export function planCpuTiles(request: CpuPlanRequest): readonly Tile[] {
  const { columns, orbits, steps, row, workers, lanes, isGrowing } = request;
  const tiles: Tile[] = [];
  const widest = Math.max(1, Math.floor(MOST_CELLS / row));
  const least = Math.max(LEAST_WORK, WORK_PER_CELL * row);
  let left = columns * orbits * steps;
  for (const { orbitFrom, count } of passes(orbits, isGrowing)) {
    for (let columnFrom = 0; columnFrom < columns; ) {
      const target = Math.max(least, left / (SHARE * workers));
      const orbitsAtOnce = lanes * Math.max(1, Math.round(target / steps / lanes));
      if (orbitsAtOnce < count) {
        for (let done = 0; done < count; done += orbitsAtOnce) {
          const some = Math.min(orbitsAtOnce, count - done);
          tiles.push({ columnFrom, columns: 1, orbitFrom: orbitFrom + done, orbits: some });
        }
        left -= count * steps;
        columnFrom++;
        continue;
      }
      // Columns of few orbits share the lanes, as far as every worker still has some.
      const filling = Math.min(Math.ceil(lanes / count), Math.ceil(columns / workers));
      const wanted = Math.max(filling, Math.round(target / (count * steps)));
      const width = Math.min(wanted, widest, columns - columnFrom);
      tiles.push({ columnFrom, columns: width, orbitFrom, orbits: count });
      left -= width * count * steps;
      columnFrom += width;
    }
  }
  return tiles;
}

/** The orbits of every column, cut into one pass over all columns, or several of growing size. */
function passes(
  orbits: number,
  isGrowing: boolean,
): readonly { readonly orbitFrom: number; readonly count: number }[] {
  if (!isGrowing) return [{ orbitFrom: 0, count: orbits }];
  const all: { orbitFrom: number; count: number }[] = [];
  for (let orbitFrom = 0; orbitFrom < orbits; ) {
    const count = Math.min(Math.max(FIRST_ORBITS, orbitFrom), orbits - orbitFrom);
    all.push({ orbitFrom, count });
    orbitFrom += count;
  }
  return all;
}
