import type { Tile } from '../plan.ts';
import type { KernelExports } from './kernel-text.ts';
import { ROW_ORIGIN } from './measures/density.ts';
import type { RunPlan } from './protocol.ts';

/** What lanes keep of some orbits between kernels: f64 [orbits, slots]. */
export interface Kept {
  readonly slots: number;
  readonly data: Float64Array;
}

/**
 * The lanes of a kernel: which orbits they follow, and where their visits are counted.
 *
 * A lane without an orbit of its own can mirror one that has: it does the same and is counted in a row
 * that nobody reads. So kernels in which all lanes take all steps need no mask.
 */
export interface Lanes {
  readonly size: number;
  /** Lanes with an orbit of their own. */
  readonly following: number;
  /** Number of the orbit that a lane follows; -1 where it has none. */
  orbitOf(lane: number): number;
  /** Steps left to a lane. */
  leftOf(lane: number): number;
  /** Whether the orbit of a lane has neither left the radius nor escaped. */
  isGoing(lane: number): boolean;
  /** Whether a lane has an orbit that takes no more steps: it stopped, or none are left. */
  isDone(lane: number): boolean;
  /** Fewest and most steps left to any lane with an orbit; 0 where none has one. */
  leastLeft(): number;
  mostLeft(): number;
  /** Whether no step of any lane leads beyond the radius. */
  areConfined(): boolean;
  /** Whether a lane may be so far along every variable, positions in turns. */
  isInside(lane: number, positionOf: (at: number) => number): boolean;
  /** Position of a lane along a variable, in turns. */
  positionOf(lane: number, at: number): number;
  /** Gives a lane an orbit of a column of the tile, with what was kept of it, for so many steps. */
  put(lane: number, orbit: number, column: number, kept: Kept, steps: number): void;
  /**
   * Gives the first lanes one orbit each of those that stand behind `first` in the tile, with what was kept of them, place by
   * place; the others mirror the first.
   *
   * @returns whether any lane has words of another column than before.
   */
  seat(first: number, count: number, kept: Kept): boolean;
  /** Keeps what the lanes with orbits have. */
  keep(kept: Kept): void;
  /** Takes all orbits from the lanes, and keeps nothing. */
  vacate(): void;
  /** Gives every lane that has an orbit so many steps. */
  renew(steps: number): void;
  /** Whether the orbit of no lane has left the radius or escaped. */
  areGoing(): boolean;
  /** Takes its orbit from a lane, and keeps what it has. */
  take(lane: number, kept: Kept): void;
  /** Takes its orbit from a lane, and keeps nothing. */
  drop(lane: number): void;
  /** Says that every lane with an orbit has taken so many steps. */
  spend(steps: number): void;
  /** Makes the lanes without an orbit mirror another. */
  mirror(): void;
  /** Whether the condition of the escape ends orbits from now on. */
  watch(isWatched: boolean): void;
  /** Where `trail` may write, f64: its address, and the place of that in the memory. */
  readonly trail: { readonly address: number; readonly floats: Float64Array };
  /** Takes the visits of all columns, [columns, row], and begins to count anew. */
  takeVisits(): Uint32Array<ArrayBuffer>;
}

const PAGE = 65_536;
/** Bytes that two rows of a column may take of the nearest cache; orbits at one place then seldom wait for one counter. */
const NEAR = 16 * 1024;

/** What lanes are for. */
export interface LanesRequest {
  readonly tile: Tile;
  /** Settings of its columns, f64 [columns, words]. */
  readonly table: Float64Array;
  /** States that a trail may have. */
  readonly trailStates: number;
}

export function createLanes(
  { memory, merge }: Pick<KernelExports, 'memory' | 'merge'>,
  { places, words, row }: RunPlan,
  { tile, table, trailStates }: LanesRequest,
): Lanes {
  const { lanes: size, variables, dimension, slots } = places;
  const replicas = tile.orbits >= 2 && 2 * row * 4 <= NEAR ? 2 : 1;
  const all = tile.columns * row;
  const apart = replicas === 1 ? 4 * all : betweenReplicas(4 * all); // bytes
  const countsAt = places.end / 4; // in u32
  const address = Math.ceil((places.end + replicas * apart + row * 4) / 16) * 16;
  const bytes = address + trailStates * dimension * size * 8;
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
  if (missing > 0) memory.grow(missing);
  const floats = new Float64Array(memory.buffer);
  const masks = new Int32Array(memory.buffer);
  const counts = new Uint32Array(memory.buffer, places.end, (replicas * apart) / 4 + row);
  counts.fill(0);
  const settingsAt = places.settings / 8;
  const statesAt = places.states / 8;
  const leftAt = places.left / 4; // in i32, two a lane
  const goingAt = places.going / 4; // in i32, two a lane
  const orbits = new Int32Array(size).fill(-1);
  const columns = new Int32Array(size).fill(-1); // whose words a lane has
  let following = 0;
  masks.fill(-1, leftAt, leftAt + 2 * size);

  const countIn = (lane: number, from: number) => {
    for (const { word, slot } of words.rows) {
      floats[settingsAt + word * size + lane] = ROW_ORIGIN + countsAt + from + slot;
    }
  };

  const leftOf = (lane: number) =>
    ((masks[leftAt + 2 * lane] ?? 0) >>> 0) + (masks[leftAt + 2 * lane + 1] ?? 0) * 2 ** 32;
  const setLeft = (lane: number, steps: number) => {
    masks[leftAt + 2 * lane] = steps; // modulo 2^32
    masks[leftAt + 2 * lane + 1] = steps <= 0x7fff_ffff ? 0 : Math.floor(steps / 2 ** 32);
  };
  /** Gives a lane the words of a column. */
  const settle = (lane: number, column: number) => {
    columns[lane] = column;
    for (let word = 0; word < words.width; word++) {
      floats[settingsAt + word * size + lane] = table[column * words.width + word] ?? 0;
    }
    countIn(lane, (lane % replicas) * (apart / 4) + column * row);
  };
  const vacate = () => {
    following = 0;
    orbits.fill(-1);
    masks.fill(-1, leftAt, leftAt + 2 * size);
  };
  const drop = (lane: number) => {
    following--;
    orbits[lane] = -1;
    masks[leftAt + 2 * lane] = -1;
    masks[leftAt + 2 * lane + 1] = -1;
  };
  const mirror = () => {
    if (following === size) return;
    const source = orbits.findIndex((orbit) => orbit >= 0);
    if (source < 0) return;
    for (let lane = 0; lane < size; lane++) {
      if ((orbits[lane] ?? -1) >= 0) continue;
      columns[lane] = -1;
      for (let word = 0; word < words.width; word++) {
        const at = settingsAt + word * size;
        floats[at + lane] = floats[at + source] ?? 0;
      }
      for (let at = 0; at < dimension; at++) {
        floats[statesAt + at * size + lane] = floats[statesAt + at * size + source] ?? 0;
      }
      countIn(lane, (replicas * apart) / 4);
    }
  };
  return {
    size,
    drop,
    trail: { address, floats },
    get following() {
      return following;
    },
    orbitOf: (lane) => orbits[lane] ?? -1,
    leftOf,
    leastLeft() {
      let least = following === 0 ? 0 : Number.POSITIVE_INFINITY;
      for (let lane = 0; lane < size; lane++) {
        if ((orbits[lane] ?? -1) >= 0) least = Math.min(least, leftOf(lane));
      }
      return least;
    },
    mostLeft() {
      let most = 0;
      for (let lane = 0; lane < size; lane++) {
        if ((orbits[lane] ?? -1) >= 0) most = Math.max(most, leftOf(lane));
      }
      return most;
    },
    areGoing() {
      for (let lane = 0; lane < size; lane++) {
        if (masks[goingAt + 2 * lane] === 0 && (orbits[lane] ?? -1) >= 0) return false;
      }
      return true;
    },
    isGoing: (lane) => masks[goingAt + 2 * lane] !== 0,
    isDone(lane) {
      if ((orbits[lane] ?? -1) < 0) return false;
      const left = (masks[leftAt + 2 * lane] ?? 0) | (masks[leftAt + 2 * lane + 1] ?? 0);
      return left === 0 || masks[goingAt + 2 * lane] === 0;
    },
    areConfined() {
      if (words.confined === undefined) return false;
      const from = settingsAt + words.confined * size;
      for (let lane = 0; lane < size; lane++) if (floats[from + lane] !== 1) return false;
      return true;
    },
    isInside(lane, positionOf) {
      for (let at = 0; at < variables; at++) {
        const distance = Math.abs(positionOf(at));
        const { word = 0, isShared = false } = words.reaches[at] ?? {};
        const reach = floats[settingsAt + word * size + lane] ?? 0;
        const isInside = isShared ? distance <= reach : distance * reach <= 1; // as the kernel says
        if (!isInside) return false;
      }
      return true;
    },
    positionOf: (lane, at) => floats[statesAt + at * size + lane] ?? Number.NaN,
    put(lane, orbit, column, kept, steps) {
      following++;
      orbits[lane] = orbit;
      if (columns[lane] !== column) settle(lane, column);
      const from = orbit * slots;
      for (let slot = 0; slot < slots; slot++) {
        floats[statesAt + slot * size + lane] = kept.data[from + slot] ?? 0;
      }
      setLeft(lane, steps);
      masks[goingAt + 2 * lane] = -1;
      masks[goingAt + 2 * lane + 1] = -1;
    },
    seat(first, count, kept) {
      let hasChanged = following !== count;
      if (hasChanged) {
        vacate();
        following = count;
        for (let lane = 0; lane < count; lane++) orbits[lane] = lane;
        masks.fill(-1, goingAt, goingAt + 2 * size);
      }
      let column = Math.floor(first / tile.orbits);
      let next = (column + 1) * tile.orbits - first; // lane of the first orbit of the next column
      for (let lane = 0; lane < count; lane++) {
        if (lane === next) {
          column++;
          next += tile.orbits;
        }
        if (columns[lane] !== column) {
          settle(lane, column);
          hasChanged = true;
        }
        for (let slot = 0; slot < slots; slot++) {
          floats[statesAt + slot * size + lane] = kept.data[lane * slots + slot] ?? 0;
        }
      }
      mirror();
      return hasChanged;
    },
    keep(kept) {
      for (let lane = 0; lane < following; lane++) {
        for (let slot = 0; slot < slots; slot++) {
          kept.data[lane * slots + slot] = floats[statesAt + slot * size + lane] ?? 0;
        }
      }
    },
    vacate,
    renew(steps) {
      for (let lane = 0; lane < size; lane++) if ((orbits[lane] ?? -1) >= 0) setLeft(lane, steps);
    },
    take(lane, kept) {
      const to = (orbits[lane] ?? 0) * slots;
      for (let slot = 0; slot < slots; slot++) {
        kept.data[to + slot] = floats[statesAt + slot * size + lane] ?? 0;
      }
      drop(lane);
    },
    spend(steps) {
      for (let lane = 0; lane < size; lane++) {
        if ((orbits[lane] ?? -1) >= 0) setLeft(lane, leftOf(lane) - steps);
      }
    },
    mirror,
    watch(isWatched) {
      masks.fill(isWatched ? -1 : 0, places.watch / 4, places.watch / 4 + 4);
    },
    takeVisits() {
      if (replicas > 1) merge(apart, places.end + apart);
      const visits = counts.slice(0, all);
      counts.fill(0);
      return visits;
    },
  };
}

/** Bytes after which a processor takes two addresses for one, when it looks for a store that is under way. */
const ALIAS = 4096;

/** Bytes from the counters of one replica to those of the next, so that the same counter of both is never so far apart. */
function betweenReplicas(bytes: number): number {
  const whole = 16 * Math.ceil(bytes / 16);
  return whole + ((ALIAS / 2 - whole) & (ALIAS - 1));
}
