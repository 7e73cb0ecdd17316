import type { Tile } from '../plan.ts';
import type { RunPlan } from './protocol.ts';

/**
 * The lanes of a kernel: which orbits they follow, and where their visits are counted.
 *
 * A lane without an orbit of its own mirrors one that has: it does the same and is counted in a row
 * that nobody reads. So the kernel needs no mask.
 */
export interface Lanes {
  readonly size: number;
  /** Lanes with an orbit of their own. */
  readonly following: number;
  readonly hasRoom: boolean;
  /** Takes all orbits out of the lanes. */
  clear(): void;
  /** Gives the next free lane an orbit of a column of the tile, at its start in the unit of x. */
  add(column: number, starts: Float64Array): void;
  /** Fills the free lanes. */
  close(): void;
  /**
   * Takes out the orbits that the last step, which was not taken, brought beyond the radius.
   *
   * @returns the column of each.
   */
  dismiss(): readonly number[];
  /** Moves the visits of all columns to `into`, [columns, row]. */
  takeVisits(into: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer>;
}

/** The lower half of 1.5 * 2^50 + n is 4 n: the address of the n-th u32 (measures/density.ts). */
const ROW_ORIGIN = 1.5 * 2 ** 50;
const PAGE = 65_536;
/** Rows of a column, so that orbits at one place do not wait for one another's counter. */
const MOST_REPLICAS = 2;
/** Bytes that the rows of one column may take of the nearest cache. */
const NEAR = 16 * 1024;

export function createLanes(
  memory: WebAssembly.Memory,
  { places, words, row }: RunPlan,
  tile: Tile,
  table: Float64Array,
): Lanes {
  const { lanes: size, variables } = places;
  let replicas = 1;
  while (2 * replicas <= Math.min(MOST_REPLICAS, tile.orbits) && 2 * replicas * row * 4 <= NEAR) {
    replicas *= 2;
  }
  const rows = tile.columns * replicas;
  const countsAt = places.end / 4; // in u32
  const bytes = places.end + (rows + 1) * row * 4;
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
  const floats = new Float64Array(memory.buffer);
  const counts = new Uint32Array(memory.buffer, places.end, (rows + 1) * row);
  counts.fill(0);
  const settingsAt = places.settings / 8;
  const statesAt = places.states / 8;
  const reachedAt = places.reached / 8;
  const columnOf = new Int32Array(size).fill(-1); // -1: mirrors another
  let used = 0;
  let following = 0;

  const countIn = (lane: number, rowIndex: number) => {
    for (const { word, slot } of words.rows) {
      floats[settingsAt + word * size + lane] = ROW_ORIGIN + countsAt + rowIndex * row + slot;
    }
  };
  /** Makes every lane without an orbit mirror the first that has one. */
  const mirror = () => {
    const source = columnOf.findIndex((column) => column >= 0);
    if (source < 0) return;
    for (let lane = 0; lane < size; lane++) {
      if ((columnOf[lane] ?? -1) >= 0) continue;
      for (let word = 0; word < words.width; word++) {
        const at = settingsAt + word * size;
        floats[at + lane] = floats[at + source] ?? 0;
      }
      for (let at = 0; at < variables; at++) {
        floats[statesAt + at * size + lane] = floats[statesAt + at * size + source] ?? 0;
      }
      countIn(lane, rows);
    }
  };
  const isLost = (lane: number): boolean => {
    for (let at = 0; at < variables; at++) {
      const distance = Math.abs(floats[reachedAt + at * size + lane] ?? 0);
      const { word = 0, isShared = false } = words.reaches[at] ?? {};
      const reach = floats[settingsAt + word * size + lane] ?? 0;
      const isInside = isShared ? distance <= reach : distance * reach <= 1; // as the kernel says
      if (!isInside) return true;
    }
    return false;
  };

  return {
    size,
    get following() {
      return following;
    },
    get hasRoom() {
      return used < size;
    },
    clear() {
      columnOf.fill(-1);
      used = 0;
      following = 0;
    },
    add(column, starts) {
      const lane = used++;
      following++;
      columnOf[lane] = column;
      for (let word = 0; word < words.width; word++) {
        floats[settingsAt + word * size + lane] = table[column * words.width + word] ?? 0;
      }
      countIn(lane, column * replicas + (lane % replicas));
      for (let at = 0; at < variables; at++) {
        const unit = table[column * words.width + (words.units[at] ?? 0)] ?? 1;
        floats[statesAt + at * size + lane] = (starts[at] ?? 0) / unit;
      }
    },
    close: mirror,
    dismiss() {
      const columns: number[] = [];
      for (let lane = 0; lane < size; lane++) {
        const column = columnOf[lane] ?? -1;
        if (column < 0 || !isLost(lane)) continue;
        columns.push(column);
        columnOf[lane] = -1;
      }
      following -= columns.length;
      mirror();
      return columns;
    },
    takeVisits(into) {
      for (let column = 0; column < tile.columns; column++) {
        for (let replica = 0; replica < replicas; replica++) {
          const from = (column * replicas + replica) * row;
          for (let slot = 0; slot < row; slot++) {
            into[column * row + slot] =
              (into[column * row + slot] ?? 0) + (counts[from + slot] ?? 0);
          }
        }
      }
      counts.fill(0);
      return into;
    },
  };
}
