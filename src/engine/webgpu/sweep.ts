import { createRecords, type Records } from '../../measure/records.ts';
import { orbitStepCount } from '../../spec/columns.ts';
import { createEnsemble } from '../ensemble.ts';
import { RunError } from '../errors.ts';
import { planTiles, type Tile } from '../plan.ts';
import { addCount, addCounts, copyTallies, createTallies, type Tallies } from '../tallies.ts';
import type { Compile } from './compile.ts';
import { packScalars, sliceLayout } from './layout.ts';
import { nudged } from './nudge.ts';
import { createPace, type PaceOptions } from './pace.ts';
import type { Program } from './program.ts';
import { readWords } from './readback.ts';
import { allocate } from './sweep-buffers.ts';
import { startTile } from './tile-states.ts';

const LANES = 64; // workgroup size of the kernels
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
}

/** What is known of a run. */
export interface Snapshot {
  readonly tallies: Tallies;
  readonly records: Records;
}

/** A run under way. */
export interface Sweep {
  /** Does the next slice of work; resolves to false when there was none left. */
  next(): Promise<boolean>;
  /** Orbit-steps done, and to do in all. */
  readonly done: number;
  readonly total: number;
  /** Whether all columns of the tile have been observed for equally many steps, and for some. */
  readonly isEven: boolean;
  /** Counts on the device, of the columns of the current tile: shape [columns, stride]. */
  readonly counts: GPUBuffer;
  /** A copy of the counts so far, of all columns. */
  snapshot(): Promise<Snapshot>;
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
  const { spec, columns, table, tallyStride, layout, rowCapacity } = program;
  const { row } = layout;
  const { orbits } = spec.ensemble;
  const { skip, keep } = spec.steps;
  const [settle, observe] = await Promise.all([
    compile('settle', program.settle),
    compile('observe', program.observe),
  ]);
  const buffers = await allocate(device, program, options.needsAllColumns ?? false);
  const { columnsAtOnce } = buffers;
  const tiles = planTiles(columns, orbits, {
    columns: columnsAtOnce,
    states: options.states ?? STATES,
    ...(options.firstOrbits ? { firstOrbits: options.firstOrbits } : {}),
  });
  const largestTile = Math.max(...tiles.map((tile) => tile.columns * tile.orbits));
  const states = await buffers.states(largestTile);
  const bind = (pipeline: GPUComputePipeline) =>
    device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [buffers.slice, buffers.constants, states, buffers.counts].map(
        (buffer, binding) => ({ binding, resource: { buffer } }),
      ),
    });
  const kernels = {
    settle: { pipeline: settle, bindings: bind(settle) },
    observe: { pipeline: observe, bindings: bind(observe) },
  };

  const tallies = createTallies(columns, tallyStride, orbits * keep);
  const records = createRecords(layout.record, columns, orbits);
  const ensemble = createEnsemble(spec);
  const pace = createPace(options);
  let lostReason: string | undefined;
  device.lost.then(({ message }) => {
    lostReason = message || 'no reason given';
  });

  let tileIndex = -1;
  let tile: Tile = { columnFrom: -1, columns: 0, orbitFrom: 0, orbits: 0 };
  let orbitsPerGroup = LANES; // of the tile
  let stepsDone = skip + keep; // by all columns of the tile
  let stepsNow = 0; // being done by one group of columns of the tile after another
  let columnsNow = 0; // of the tile that have done them
  let pending = 0; // largest count a cell on the device can have
  let done = 0;

  const readCounts = () =>
    readWords(device, buffers.counts, tile.columns * tallyStride, () => lostReason);
  const drain = async (): Promise<void> => {
    if (pending === 0) return;
    addCounts(tallies, tile.columnFrom * tallyStride, await readCounts());
    const encoder = device.createCommandEncoder();
    encoder.clearBuffer(buffers.counts);
    device.queue.submit([encoder.finish()]);
    pending = 0;
  };

  const beginTile = async (next: Tile): Promise<void> => {
    if (next.columnFrom !== tile.columnFrom) {
      await drain();
      const rows = table.fill(program.settingOf, next.columnFrom, next.columns);
      device.queue.writeBuffer(buffers.constants, 0, rows);
    }
    tile = next;
    stepsDone = 0;
    const blocks = Math.ceil(tile.orbits / LANES);
    const groups = Math.min(blocks, Math.ceil(options.enoughGroups / tile.columns));
    orbitsPerGroup = LANES * Math.ceil(blocks / groups);
    const { words, gone } = startTile(program, ensemble, tile);
    device.queue.writeBuffer(states, 0, words);
    gone.forEach((count, column) => {
      const diverged = (tile.columnFrom + column + 1) * tallyStride - 1;
      addCount(tallies, diverged, count);
    });
  };

  const dispatch = (work: 'settle' | 'observe', steps: number, width: number): void => {
    const { pipeline, bindings } = kernels[work];
    const repetitions = work === 'observe' ? Math.ceil(row / rowCapacity) : 1;
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const rowFrom = repetition * rowCapacity;
      const values = packScalars(sliceLayout, {
        columns: tile.columns,
        orbits: tile.orbits,
        orbitsPerGroup,
        columnFrom: columnsNow,
        steps,
        rowFrom,
        rowCount: Math.min(rowCapacity, row - rowFrom),
        isLast: repetition === repetitions - 1 ? 1 : 0,
      });
      device.queue.writeBuffer(buffers.slice, 0, values);
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass({ label: work });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, bindings);
      pass.dispatchWorkgroups(width, Math.ceil(tile.orbits / orbitsPerGroup));
      pass.end();
      device.queue.submit([encoder.finish()]);
    }
  };

  return {
    total: orbitStepCount(spec),
    counts: buffers.counts,
    get done() {
      return done;
    },
    get isEven() {
      return columnsNow === 0 && stepsDone > skip;
    },
    async next() {
      if (stepsDone === skip + keep) {
        const next = tiles[++tileIndex];
        if (!next) return false;
        await beginTile(next);
      }
      // A slice is all transient or all observed, so that its time says what a step costs.
      const work = stepsDone < skip ? 'settle' : 'observe';
      const stepsLeft = (work === 'settle' ? skip : skip + keep) - stepsDone;
      const size = pace.choose(work, tile, orbitsPerGroup / LANES, stepsLeft);
      if (columnsNow === 0) {
        stepsNow = size.steps;
        const counted = work === 'observe' ? stepsNow * tile.orbits : 0;
        if (pending + counted > (options.largestCount ?? LARGEST_COUNT)) await drain();
        pending += Math.max(counted, 1); // a diverged orbit counts without a visit
      }
      const width = Math.min(size.columns, tile.columns - columnsNow);
      const before = performance.now();
      const orbitSteps = stepsNow * width * tile.orbits;
      dispatch(work, stepsNow, width);
      const resting = pace.rest(work, orbitSteps);
      if (resting > 0) await new Promise((resolve) => setTimeout(resolve, resting));
      const rested = resting > 0 ? performance.now() - before : 0;
      await nudged(device, device.queue.onSubmittedWorkDone());
      if (lostReason) throw new RunError('device-lost', `the GPU device was lost: ${lostReason}`);
      pace.learn(work, orbitSteps, performance.now() - before, rested);
      done += orbitSteps;
      columnsNow += width;
      if (columnsNow === tile.columns) {
        columnsNow = 0;
        stepsDone += stepsNow;
      }
      return true;
    },
    async snapshot() {
      const copy = copyTallies(tallies);
      if (pending > 0) addCounts(copy, tile.columnFrom * tallyStride, await readCounts());
      return { tallies: copy, records };
    },
    dispose: buffers.dispose,
  };
}
