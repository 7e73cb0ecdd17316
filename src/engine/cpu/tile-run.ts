import { fates } from '../../measure/layout.ts';
import { columnCount, longestOrbit } from '../../spec/columns.ts';
import { type Cycle, isSampled } from '../collapse.ts';
import type { Tile } from '../plan.ts';
import { BLOCK } from './block.ts';
import { createCompany } from './company.ts';
import { createCrowd } from './crowd.ts';
import type { KernelExports } from './kernel-text.ts';
import { createLanes, type Kept } from './lanes.ts';
import { requireFollowed } from './lost-orbit.ts';
import { range } from './measures/block-measure.ts';
import { createOrbitRecords } from './orbit-records.ts';
import { createPace } from './pace.ts';
import type { RunPlan, TileCounts } from './protocol.ts';
import { cutSteps } from './segments.ts';
import { createTileStarts } from './tile-starts.ts';
import { createTrails, type Follower, trailStates } from './trails.ts';

/** A tile under way. */
export interface TileRun {
  /** Works for about so long; whether there is more to do. */
  work(milliseconds: number): boolean;
  /** Orbit-steps done since this was last asked; those that an orbit did not need count as done. */
  takeSteps(): number;
  /** Those among them that an orbit did not need, since this was last asked. */
  takeSpared(): number;
  /** What was counted since this was last asked; with the records, once there is no more to do. */
  takeCounts(): TileCounts;
  /** Whether the counts must be taken before any further work, lest they pass 2^32 - 1. */
  readonly isFull: boolean;
}

const LARGEST_COUNT = 0xffff_ffff;
/** Orbits that pass through the lanes together where each ends at a time of its own. */
const CROWD = 4096;
/** Steps of all lanes that take about as long as to begin and end a group. */
const GROUP_STEPS = 4 * BLOCK;

/**
 * Prepares a tile. Its orbits pass through the lanes group by group: first all of them take the steps of
 * one segment, then of the next. Where orbits escape, a group is large, and whoever stops makes room for
 * another; else all lanes stop at the same step, and a group is what they hold.
 *
 * @param kernels exports of a module of kernel-text.ts.
 * @param table settings of its columns, f64 [columns, words].
 * @param largestCount that a counter may reach before the counts must be taken.
 */
export function beginTile(
  kernels: KernelExports,
  plan: RunPlan,
  tile: Tile,
  table: Float64Array,
  largestCount = LARGEST_COUNT,
): TileRun {
  const { spec, places, record } = plan;
  const { skip, keep } = spec.steps;
  const { width, units } = plan.words;
  const unitOf = (column: number, at: number) => table[column * width + (units[at] ?? 0)] ?? 1;
  const orbits = tile.columns * tile.orbits;
  const columns = columnCount(spec);
  const columnOf = (orbit: number) => Math.floor(orbit / tile.orbits);
  const group = Math.min(record.escape ? CROWD : places.lanes, orbits);
  const keepFor = (count: number): Kept => ({
    slots: places.slots,
    data: new Float64Array(count * places.slots),
  });
  const kept = keepFor(group);
  const lanes = createLanes(kernels, plan, { tile, table, trailStates: trailStates(plan) });
  const records = createOrbitRecords(plan, tile, kept, unitOf);
  const starts = createTileStarts(kernels, plan, tile, unitOf);
  const segments = cutSteps(spec, record);
  const total = longestOrbit(spec);
  const lost = new Float64Array(tile.columns);
  const diverged = new Uint32Array(tile.columns);
  let first = 0; // orbit of the group whose place is 0
  let steps = 0; // done and not taken
  let spared = 0; // likewise
  let pending = 0; // the largest count there can be
  let isOver = false;

  const check = (column: number, position: number) =>
    requireFollowed(spec, tile.columnFrom + column, position);
  const end = (place: number, fate: 'diverged' | 'escaped', stepsDone: number) => {
    const column = columnOf(first + place);
    check(column, kept.data[place * places.slots] ?? Number.NaN);
    records.end(first + place, place, fates[fate], stepsDone);
    const seen = Math.min(keep, Math.max(0, stepsDone - 1 - skip));
    lost[column] = (lost[column] ?? 0) + keep - seen;
    if (fate === 'diverged') diverged[column] = (diverged[column] ?? 0) + 1;
    steps += total - stepsDone;
    spared += total - stepsDone;
  };
  // Orbits of the flow rest at no cost, and the next may take thousands of sub-steps.
  const pace = createPace(spec.optimizer.rule === 'gradient-flow' ? BLOCK : undefined);
  const room = () => BLOCK * Math.floor((largestCount - pending) / (lanes.size * BLOCK));
  const advancing = {
    kernels,
    lanes,
    pace,
    room,
    onSteps(taken: number) {
      steps += taken;
    },
    onObserved(taken: number) {
      pending += taken * lanes.size;
    },
  };
  const company = record.escape || records.hasSums ? undefined : createCompany(advancing);
  const crowd = createCrowd({
    ...advancing,
    kept,
    onEnter(place, segment) {
      records.enter(place, segment);
      return columnOf(first + place);
    },
    onLeave: (place, segment, taken) => records.leave(first + place, place, segment, taken),
    onStop: (place, stepsDone, isInside) =>
      end(place, isInside ? 'escaped' : 'diverged', stepsDone),
  });
  const trails = createTrails(kernels, plan, lanes, check);

  /** Begins the orbits of a group from `first` on; returns the places of those that begin within the radius. */
  const beginGroup = (count: number): readonly number[] => {
    records.begin(count);
    const outside = starts.write(first, count, kept);
    const places = count === group ? all : range(count);
    if (outside.size === 0) return places;
    for (const place of outside) end(place, 'diverged', 0);
    return places.filter((place) => !outside.has(place));
  };
  /** Finds the periods of orbits of a group. */
  function* followBeyond(stayed: readonly number[]): Generator<void> {
    for (let at = 0; at < stayed.length; at += lanes.size) {
      const some = stayed.slice(at, at + lanes.size);
      const followers = some.map((place) => ({ place, column: columnOf(first + place) }));
      const periods = trails.findPeriods(followers, kept);
      for (const [index, place] of some.entries()) {
        records.setPeriod(first + place, periods[index] ?? 0);
      }
      yield;
    }
  }
  const all = range(group);
  const checked: Follower[] = [];
  const keptOfChecked = keepFor(tile.columns);
  /** Remembers where the orbits of a group are that are checked for exact cycles. */
  const remember = (stayed: readonly number[]) => {
    if (tile.orbitFrom > 0) return;
    const end = Math.min(first + group, orbits);
    for (let column = Math.ceil(first / tile.orbits); column * tile.orbits < end; column++) {
      const place = column * tile.orbits - first;
      if (!isSampled(tile.columnFrom + column, columns) || !stayed.includes(place)) continue;
      const from = place * places.slots;
      const state = kept.data.subarray(from, from + places.slots);
      keptOfChecked.data.set(state, checked.length * places.slots);
      checked.push({ place: checked.length, column });
    }
  };
  const cycles: Cycle[] = [];
  function* followTile(): Generator<void> {
    for (first = 0; first < orbits; first += group) {
      const count = Math.min(group, orbits - first);
      let stayed = beginGroup(count);
      let next = 0; // segment that a crowd begins with
      if (company && stayed.length === count) {
        company.begin(first, count, kept);
        for (const segment of segments) {
          company.enter(segment);
          while (company.work()) yield;
          next++;
          if (company.parted === undefined) continue;
          crowd.join(segment, company.parted);
          while (crowd.work()) yield;
          stayed = crowd.staying;
          break;
        }
        if (company.parted === undefined) lanes.keep(kept);
      }
      for (const segment of segments.slice(next)) {
        crowd.enter(segment, stayed);
        while (crowd.work()) yield;
        stayed = crowd.staying;
      }
      records.stay(first, stayed, total);
      remember(stayed);
      if (pace.isDue(GROUP_STEPS)) yield;
      if (record.period) {
        lanes.vacate();
        yield* followBeyond(stayed);
      }
    }
    lanes.vacate();
    for (let at = 0; at < checked.length; at += lanes.size) {
      const some = checked.slice(at, at + lanes.size);
      for (const [index, { length, states }] of trails.findCycles(some, keptOfChecked).entries()) {
        const column = some[index]?.column ?? 0;
        const unit = (place: number) => unitOf(column, place % places.variables);
        cycles.push({
          column: tile.columnFrom + column,
          length,
          states: states.map((turns, place) => turns * unit(place)),
        });
      }
      yield;
    }
  }
  const following = followTile();

  return {
    get isFull() {
      return room() === 0;
    },
    work(milliseconds) {
      const until = pace.begin() + milliseconds;
      do isOver ||= following.next().done ?? false;
      while (!isOver && room() > 0 && performance.now() < until);
      return !isOver;
    },
    takeSteps() {
      const taken = steps;
      steps = 0;
      return taken;
    },
    takeSpared() {
      const taken = spared;
      spared = 0;
      return taken;
    },
    takeCounts() {
      pending = 0;
      const counts = {
        visits: lanes.takeVisits(),
        lost: lost.slice(),
        diverged: diverged.slice(),
        records: isOver ? records.data : new Float64Array(0),
        cycles: isOver ? cycles : [],
      };
      lost.fill(0);
      diverged.fill(0);
      return counts;
    },
  };
}
