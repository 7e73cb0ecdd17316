import { columnSetting } from '../../spec/columns.ts';
import { createEnsemble } from '../ensemble.ts';
import type { Tile } from '../plan.ts';
import { BLOCK } from './block.ts';
import { createLanes } from './lanes.ts';
import type { RunPlan, TileCounts } from './protocol.ts';

/** A tile under way. */
export interface TileRun {
  /** Works for about so long; whether there is more to do. */
  work(milliseconds: number): boolean;
  /** Orbit-steps done since this was last asked; those that a diverged orbit did not need count as done. */
  takeSteps(): number;
  /** What was counted since this was last asked. */
  takeCounts(): TileCounts;
  /** Whether the counts must be taken before any further work, lest they pass 2^32 - 1. */
  readonly isFull: boolean;
}

type Kernel = (steps: number, first: number) => number;

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  readonly settle: Kernel;
  readonly observe: Kernel;
}

const LARGEST_COUNT = 0xffff_ffff;
/** A call of a kernel should take about so long, milliseconds: cheap to begin, and soon over. */
const SHORT_CALL = 1;
const LONG_CALL = 3;
/** Steps of the first call: what the browser has not optimised yet must not take long. */
const FIRST_STEPS = 8 * BLOCK;

/**
 * Prepares a tile: its orbits follow one another through the lanes, group by group.
 *
 * @param table settings of its columns, f64 [columns, words].
 * @param largestCount that a counter may reach before the counts must be taken.
 */
export function beginTile(
  instance: WebAssembly.Instance,
  plan: RunPlan,
  tile: Tile,
  table: Float64Array,
  largestCount = LARGEST_COUNT,
): TileRun {
  const { spec, row } = plan;
  const { skip, keep } = spec.steps;
  const total = skip + keep;
  // Exported by every module of kernel-text.ts
  const { memory, settle, observe } = instance.exports as unknown as KernelExports;
  const lanes = createLanes(memory, plan, tile, table);
  const ensemble = createEnsemble(spec);
  const lost = new Float64Array(tile.columns);
  const diverged = new Uint32Array(tile.columns);
  const orbits = tile.columns * tile.orbits;
  const starts = new Float64Array(spec.objective.variables.length);
  let begun = 0; // orbits given to a lane
  let setting = columnSetting(spec, tile.columnFrom); // of the next orbit's column
  let step = total; // of the orbits in the lanes
  let steps = 0; // done and not taken
  let pending = 0; // the largest count there can be
  let chunk = FIRST_STEPS;

  const bury = (column: number, stepsDone: number) => {
    lost[column] = (lost[column] ?? 0) + total - Math.max(stepsDone, skip);
    diverged[column] = (diverged[column] ?? 0) + 1;
    steps += total - stepsDone;
  };
  const beginGroup = () => {
    lanes.clear();
    while (begun < orbits && lanes.hasRoom) {
      const column = Math.floor(begun / tile.orbits);
      const orbit = tile.orbitFrom + (begun % tile.orbits);
      const number = tile.columnFrom + column;
      if (begun % tile.orbits === 0) setting = columnSetting(spec, number);
      for (let at = 0; at < starts.length; at++) {
        starts[at] = ensemble.start(setting, number, orbit, at);
      }
      begun++;
      if (starts.every((x) => Math.abs(x) <= spec.stop.radius)) lanes.add(column, starts);
      else bury(column, 0);
    }
    lanes.close();
    step = lanes.following > 0 ? 0 : total;
  };
  /** Goes through a block in which some lane leaves the radius, step by step. */
  const searchBlock = (kernel: Kernel, until: number) => {
    const end = Math.min(until, (Math.floor(step / BLOCK) + 1) * BLOCK);
    while (step < end) {
      if (kernel(1, step % BLOCK) === 0) {
        step++;
        steps += lanes.following;
        continue;
      }
      for (const column of lanes.dismiss()) bury(column, step);
      if (lanes.following === 0) step = total;
    }
  };
  /** One call of a kernel, and what follows from it. */
  const advance = () => {
    const kernel = step < skip ? settle : observe;
    const until = step < skip ? skip : total;
    let wanted = Math.min(chunk, until - step);
    if (kernel === observe) {
      wanted = Math.min(wanted, Math.floor((largestCount - pending) / lanes.size));
      pending += wanted * lanes.size;
    }
    const left = kernel(wanted, step % BLOCK);
    step += wanted - left;
    steps += (wanted - left) * lanes.following;
    if (left > 0) searchBlock(kernel, step + left); // no further than was counted on
    return left === 0 && wanted === chunk;
  };

  const isFull = () => pending + BLOCK * lanes.size > largestCount;

  return {
    get isFull() {
      return isFull();
    },
    work(milliseconds) {
      const end = performance.now() + milliseconds;
      for (let now = performance.now(); now < end && !isFull(); ) {
        while (step === total) {
          if (begun === orbits) return false;
          beginGroup();
        }
        const isWhole = advance();
        const elapsed = performance.now() - now;
        if (elapsed > LONG_CALL) chunk = Math.max(BLOCK, chunk / 2);
        else if (isWhole && elapsed < SHORT_CALL) chunk *= 2;
        now += elapsed;
      }
      return step < total || begun < orbits;
    },
    takeSteps() {
      const taken = steps;
      steps = 0;
      return taken;
    },
    takeCounts() {
      pending = 0;
      const counts = {
        visits: lanes.takeVisits(new Uint32Array(tile.columns * row)),
        lost: lost.slice(),
        diverged: diverged.slice(),
      };
      lost.fill(0);
      diverged.fill(0);
      return counts;
    },
  };
}
