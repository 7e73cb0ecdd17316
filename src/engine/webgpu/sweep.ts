import { createRecords, type Records } from '../../measure/records.ts';
import { longestOrbit, orbitStepCount } from '../../spec/columns.ts';
import type { Cycle } from '../collapse.ts';
import { createEnsemble } from '../ensemble.ts';
import { RunError } from '../errors.ts';
import { planTiles, type Tile } from '../plan.ts';
import { createTallies, type Tallies } from '../tallies.ts';
import type { Compile } from './compile.ts';
import { createDeviceCounts } from './device-counts.ts';
import { createKernelClock } from './kernel-clock.ts';
import { lossReason } from './loss.ts';
import { nudged } from './nudge.ts';
import { createPace, type PaceOptions, works } from './pace.ts';
import type { Program } from './program.ts';
import { readWords } from './readback.ts';
import { allocate } from './sweep-buffers.ts';
import type { SweepContext } from './sweep-context.ts';
import { bindKernels, compileKernels } from './sweep-kernels.ts';
import { beginTile, type TileSweep } from './tile-sweep.ts';

/** Orbits whose states are held at once: 2^20 states of a few words are some 10 MB. */
const STATES = 2 ** 20;
const LARGEST_COUNT = 0xffff_ffff;

export interface SweepOptions extends PaceOptions {
  /** Workgroups that keep the device busy; beyond them a workgroup takes more orbits of its column. */
  readonly enoughGroups: number;
  /** Orbits per column of the first tile; default as many as fit. */
  readonly firstOrbits?: number;
  /** Most orbits whose states are held at once. */
  readonly states?: number;
  /** Count at which the device's counters are drained to the host; default 2^32 - 1. */
  readonly largestCount?: number;
  /** Whether the counts of all columns must fit on the device together. */
  readonly needsAllColumns?: boolean;
  /** Orbit-steps per millisecond that earlier runs reached, by pipeline: a run begins with them, and leaves its own. */
  readonly rates?: WeakMap<GPUComputePipeline, number>;
  /** Whether to time the kernels, where the device can. */
  readonly isTimed?: boolean;
}

/** What is known of a run. */
export interface Snapshot {
  readonly tallies: Tallies;
  /** Those of finished tiles; they fill up as the run goes on. */
  readonly records: Records;
  /** Exact cycles of sampled orbits, at the end of the run. */
  readonly cycles: readonly Cycle[];
}

/** A run under way. */
export interface Sweep {
  /** Does the next slice of work; resolves to false when there was none left. */
  next(): Promise<boolean>;
  /** Orbit-steps done, those among them that no orbit took, and those to do in all. */
  readonly done: number;
  readonly spared: number;
  readonly total: number;
  /** Whether all columns of the tile have been observed for equally many steps, and for some. */
  readonly isEven: boolean;
  /** Counts on the device, of the columns of the current tile: shape [columns, stride]. */
  readonly counts: GPUBuffer;
  /** What is known so far, of all columns. */
  snapshot(): Promise<Snapshot>;
  /** Seconds in which kernels ran so far, by the device's clock, where that was asked and it has one. */
  kernelSeconds(): Promise<number | undefined>;
  /** Frees what the sweep holds on the device. */
  dispose(): void;
}

/**
 * Prepares the run of a program: buffers, tiles and slices.
 *
 * A slice is one dispatch of a bounded number of steps, with the states of the orbits kept on the
 * device in between. How the work is cut changes no count.
 *
 * @throws {RunError} `out-of-memory` where the device cannot hold a tile.
 */
export async function prepareSweep(
  device: GPUDevice,
  compile: Compile,
  program: Program,
  options: SweepOptions,
): Promise<Sweep> {
  const { spec, columns, table, tallyStride, layout } = program;
  const { orbits } = spec.ensemble;
  const pipelines = await compileKernels(compile, program);
  const buffers = await allocate(device, program, options.needsAllColumns ?? false);
  const tiles = planTiles(columns, orbits, {
    columns: buffers.columnsAtOnce,
    states: Math.min(options.states ?? STATES, buffers.orbitsAtOnce),
    ...(options.firstOrbits ? { firstOrbits: options.firstOrbits } : {}),
  });
  const largestTile = Math.max(...tiles.map((tile) => tile.columns * tile.orbits));
  const ofOrbits = await buffers.ofOrbits(largestTile);
  const isListed = layout.record.escape !== undefined;

  const lostReason = () => lossReason(device);
  lostReason(); // from here on it is watched
  const clock = options.isTimed ? createKernelClock(device, lostReason) : undefined;
  const read = (buffer: GPUBuffer, words: number) => readWords(device, buffer, words, lostReason);
  const tallies = createTallies(columns, tallyStride, orbits * spec.steps.keep);
  const largest = options.largestCount ?? LARGEST_COUNT;
  const counts = createDeviceCounts(device, buffers.counts, tallies, largest, read);
  const { rates } = options;
  const known = works.map(
    (work) => [work, pipelines[work] && rates?.get(pipelines[work])] as const,
  );
  const pace = createPace(options, Object.fromEntries(known.filter(([, rate]) => rate)));
  const context: SweepContext = {
    device,
    program,
    ensemble: createEnsemble(spec),
    buffers: ofOrbits,
    kernels: bindKernels(device, pipelines, isListed, buffers, ofOrbits, clock),
    counts,
    records: createRecords(layout.record, columns, orbits),
    cycles: [],
    pace,
    enoughGroups: options.enoughGroups,
    read,
    async wait(work, orbitSteps, before) {
      const resting = pace.rest(work, orbitSteps);
      if (resting > 0) await new Promise((resolve) => setTimeout(resolve, resting));
      const rested = resting > 0 ? performance.now() - before : 0;
      await nudged(device, device.queue.onSubmittedWorkDone());
      const reason = lostReason();
      if (reason) throw new RunError('device-lost', `the GPU device was lost: ${reason}`);
      if (orbitSteps > 0) pace.learn(work, orbitSteps, performance.now() - before, rested);
      await clock?.makeRoom();
    },
  };

  const longest = longestOrbit(spec);
  let tileIndex = -1;
  let current: TileSweep | undefined;
  let doneBefore = 0; // in the tiles before the current one
  let takenBefore = 0; // likewise
  const doneNow = () => doneBefore + (current?.done ?? 0);
  const begin = async (tile: Tile): Promise<TileSweep> => {
    await counts.begin(tile);
    if (tile.columnFrom !== current?.tile.columnFrom) {
      const rows = table.fill(program.settingOf, tile.columnFrom, tile.columns);
      device.queue.writeBuffer(buffers.constants, 0, rows);
    }
    return beginTile(context, tile);
  };

  return {
    total: orbitStepCount(spec, columns),
    counts: buffers.counts,
    get done() {
      return doneNow();
    },
    get spared() {
      return Math.max(0, doneNow() - takenBefore - (current?.taken ?? 0));
    },
    get isEven() {
      return current?.isEven ?? false;
    },
    async next() {
      if (current === undefined || current.isDone) {
        const tile = tiles[++tileIndex];
        if (!tile) return false;
        if (current) doneBefore += current.tile.columns * current.tile.orbits * longest;
        takenBefore += current?.taken ?? 0;
        current = await begin(tile);
      }
      await current.next();
      return true;
    },
    async snapshot() {
      const { records, cycles } = context;
      const isWhole = current?.isDone === true && tileIndex >= tiles.length - 1;
      return { tallies: await counts.copy(), records, cycles: isWhole ? cycles : [] };
    },
    kernelSeconds: async () => clock?.seconds(),
    dispose() {
      for (const work of works) if (pipelines[work]) rates?.set(pipelines[work], pace.rate(work));
      clock?.dispose();
      buffers.dispose();
    },
  };
}
