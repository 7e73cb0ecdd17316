import { findPeriod, trailLength } from '../../measure/period-search.ts';
import { columnCount, orbitStepCount } from '../../spec/columns.ts';
import { SAMPLED } from '../collapse.ts';
import { BLOCK } from './block.ts';
import type { KernelExports } from './kernel-text.ts';
import type { Kept, Lanes } from './lanes.ts';
import type { RunPlan } from './protocol.ts';

/** Steps within which an orbit is looked at for an exact cycle, at most. */
const CYCLE_STEPS = 16_384;
/** They take at most this part of the work of a run, or one chunk. */
const CYCLE_SHARE = 1 / 32;
/** States looked at in one go. */
const CYCLE_CHUNK = 512;

/** An orbit that is followed beyond its end. */
export interface Follower {
  /** Its place in what is kept. */
  readonly place: number;
  /** Its column in the tile. */
  readonly column: number;
}

/** What is seen of orbits beyond their last state, by no other measure; of as many as there are lanes. */
export interface Trails {
  /** Their periods. */
  findPeriods(followers: readonly Follower[], kept: Kept): readonly number[];
  /** The cycles that they return to exactly. */
  findCycles(followers: readonly Follower[], kept: Kept): readonly ExactCycle[];
}

/** What an orbit returns to. */
export interface ExactCycle {
  /** Steps; 0 where it returns to nothing. */
  readonly length: number;
  /** Its states, f64 [length, dimension], positions in turns. */
  readonly states: Float64Array;
}

/** States that trails of a run need room for. */
export function trailStates({ record: { period } }: RunPlan): number {
  return 1 + Math.max(CYCLE_CHUNK, period ? stepsFor(period.max) : 0);
}

/** Whole blocks of steps that lead to all states of a trail. */
const stepsFor = (max: number) => BLOCK * Math.ceil((trailLength(max) - 1) / BLOCK);

/** Steps within which the orbits of a run are looked at for exact cycles: a power of two. */
function cycleSteps({ spec, places }: RunPlan): number {
  const checked = Math.min(SAMPLED, columnCount(spec)) * places.lanes; // as if each had all lanes
  const share = (CYCLE_SHARE * orbitStepCount(spec)) / checked;
  return Math.min(CYCLE_STEPS, Math.max(CYCLE_CHUNK, 2 ** Math.floor(Math.log2(share))));
}

/** @param check is told positions of a column of the tile that may be none; see `requireFollowed`. */
export function createTrails(
  { trail }: KernelExports,
  plan: RunPlan,
  lanes: Lanes,
  check: (column: number, position: number) => void,
): Trails {
  const { places, periodic, memory } = plan;
  const { period } = plan.record;
  const mostSteps = cycleSteps(plan);
  const { variables, dimension, lanes: size } = places;
  const isRandom = memory.includes('clock'); // it comes back to nothing
  const isFlow = plan.spec.optimizer.rule === 'gradient-flow'; // it comes to rest, if to anything
  const { address, floats } = lanes.trail;
  const step = dimension * size;
  const isPeriodic = Array.from({ length: variables }, (_, at) => periodic.includes(at));
  const length = period ? trailLength(period.max) : 0;
  /** The states of one trail, [length, dimension]. */
  const states = new Float64Array(length * dimension);

  /** Puts orbits into the lanes, and where they are before the first step of the trail. */
  const begin = (followers: readonly Follower[], kept: Kept) => {
    for (const [lane, { place, column }] of followers.entries()) {
      lanes.put(lane, place, column, kept, 0);
    }
    lanes.mirror();
    for (let lane = 0; lane < size; lane++) {
      for (let at = 0; at < dimension; at++) {
        floats[address / 8 + at * size + lane] = lanes.positionOf(lane, at);
      }
    }
  };
  const follow = (steps: number) => trail(steps, address + step * 8);
  const copyTrail = (lane: number) => {
    for (let i = 0; i < length * dimension; i++) {
      states[i] = floats[address / 8 + lane + i * size] ?? Number.NaN;
    }
  };
  const distance = (i: number, j: number): number => {
    let most = 0;
    for (let at = 0; at < dimension; at++) {
      const variable = at % variables; // what it remembers of one has its unit
      const x = states[i * dimension + variable] ?? 0;
      const apart = Math.abs((states[i * dimension + at] ?? 0) - (states[j * dimension + at] ?? 0));
      const relative = isPeriodic[variable] ? apart : apart / Math.max(1, Math.abs(x));
      if (relative > most) most = relative;
    }
    return most;
  };
  const isInside = (lane: number): boolean => {
    for (let state = 1; state < length; state++) {
      if (!lanes.isInside(lane, (at) => states[state * dimension + at] ?? Number.NaN)) return false;
    }
    return true;
  };

  return {
    findPeriods(followers, kept) {
      if (!period || isRandom) return [];
      begin(followers, kept);
      const areInside = follow(stepsFor(period.max)) === 0;
      return followers.map(({ column }, lane) => {
        copyTrail(lane);
        if (!areInside) for (const position of states) check(column, position);
        const found = findPeriod(distance, period.max, period.tolerance);
        const isTrue = areInside || found === 0 || isInside(lane);
        lanes.drop(lane);
        return isTrue ? found : 0;
      });
    },
    findCycles(followers, kept) {
      if (isRandom || isFlow) return [];
      begin(followers, kept);
      const searches = followers.map(() => createCycleSearch(dimension));
      for (let done = 0; done < mostSteps && searches.some((each) => each.isOpen()); ) {
        follow(CYCLE_CHUNK);
        done += CYCLE_CHUNK;
        for (const [lane, search] of searches.entries()) {
          search.look(floats, address / 8 + step + lane, size, CYCLE_CHUNK);
        }
      }
      const cycles = searches.map((search) => ({
        length: search.length(),
        states: new Float64Array(search.length() * dimension),
      }));
      const longest = Math.max(...cycles.map(({ length }) => length));
      for (let done = 0; done < longest; done += CYCLE_CHUNK) {
        follow(CYCLE_CHUNK);
        for (const [lane, { length, states }] of cycles.entries()) {
          const end = Math.min(length - done, CYCLE_CHUNK) * dimension;
          for (let i = 0; i < end; i++) {
            states[done * dimension + i] = floats[address / 8 + step + lane + i * size] ?? 0;
          }
        }
      }
      for (const lane of followers.keys()) lanes.drop(lane);
      return cycles;
    },
  };
}

interface CycleSearch {
  /** Length of the cycle found; 0 where there is none. */
  length(): number;
  isOpen(): boolean;
  /** Looks at the next states: the first coordinate of the first stands at `from`. */
  look(floats: Float64Array, from: number, apart: number, states: number): void;
}

/** Looks for a return to an exact state; it remembers one state at a time (Brent, BIT 20, 1980). */
function createCycleSearch(dimension: number): CycleSearch {
  const remembered = new Float64Array(dimension).fill(Number.NaN);
  let steps = 0; // since then
  let patience = 1;
  let length = 0;
  return {
    length: () => length,
    isOpen: () => length === 0,
    look(floats, from, apart, states) {
      for (let state = 0; state < states && length === 0; state++) {
        const first = from + state * dimension * apart;
        steps++;
        let at = 0;
        while (at < dimension && remembered[at] === floats[first + at * apart]) at++;
        if (at === dimension) length = steps;
        else if (steps === patience) {
          for (at = 0; at < dimension; at++) remembered[at] = floats[first + at * apart] ?? 0;
          steps = 0;
          patience *= 2;
        }
      }
    },
  };
}
