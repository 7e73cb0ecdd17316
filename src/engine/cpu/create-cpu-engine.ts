import { createRecords, putRecords } from '../../measure/records.ts';
import { longestOrbit } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';
import { type Cycle, collapseWarning, countCollapses } from '../collapse.ts';
import type { Progress, RunOptions } from '../engine.ts';
import { makeProvenance, makeResult } from '../make-result.ts';
import type { Tile } from '../plan.ts';
import { progressOf } from '../progress.ts';
import type { Provenance } from '../result.ts';
import { type Strip, spanOf } from '../strip.ts';
import { addCount, addCounts, createTallies, type Tallies } from '../tallies.ts';
import { createAssembler } from './assemble.ts';
import type { CpuEngine, CpuEngineOptions } from './cpu-engine.ts';
import { createCrew, type Job } from './crew.ts';
import { planCpuTiles } from './plan.ts';
import { createPrograms } from './programs.ts';
import { planOf, type TileCounts } from './protocol.ts';

const STREAM_INTERVAL = 250; // milliseconds between partial results
const GROW_INTERVAL = 100; // milliseconds between frames of a growing density
/** Orbit-steps of a growing run at most that is over sooner if its kernels are short than if they are fast. */
const BRIEF = 2 ** 19;

/** How a run reports. */
interface Manner {
  /** Whether all columns shall grow together. */
  readonly isGrowing: boolean;
  /** Milliseconds between partial counts. */
  readonly interval: number;
  /** Whether to say how long kernels ran. */
  readonly isTimed: boolean;
}

const quiet: Manner = { isGrowing: false, interval: Number.POSITIVE_INFINITY, isTimed: false };
const growing = (interval: number): Manner => ({ isGrowing: true, interval, isTimed: false });

/**
 * The float64 engine of the processor: WebAssembly written for the spec, on one worker per core.
 *
 * Runs of one engine follow one another; a run that is aborted makes room for the next.
 */
export function createCpuEngine(options: CpuEngineOptions): CpuEngine {
  const { description, workers } = options;
  const crew = createCrew(options.startWorker, workers);
  const { assemble } = createAssembler();
  const programOf = createPrograms();

  const begin = async (spec: Spec, { isGrowing, interval, isTimed }: Manner, strip?: Strip) => {
    const { columnFrom, columns } = spanOf(spec, strip);
    const isBrief = isGrowing && columns * spec.ensemble.orbits * longestOrbit(spec) <= BRIEF;
    const program = programOf(spec, columns, isBrief);
    const { kernel, table, layout } = program;
    const assembled = assemble(kernel.text); // it is compiled while the rest is prepared
    const plan = planOf(program);
    const { densities, row } = layout;
    const { orbits } = spec.ensemble;
    const { keep } = spec.steps;
    const tallies = createTallies(columns, row + 2, orbits * keep);
    const isCounted = new Uint8Array(columns); // whether their rows hold anything
    const records = createRecords(layout.record, columns, orbits);
    const tiles = planCpuTiles({
      columns,
      orbits,
      steps: longestOrbit(spec),
      row,
      workers,
      lanes: kernel.places.lanes,
      isGrowing,
    }).map((tile) => ({ ...tile, columnFrom: columnFrom + tile.columnFrom }));
    const { representation } = program;
    const made = { engine: 'cpu', precision: 'float64', representation, warnings: [] } as const;
    const provenance = makeProvenance(spec, made, columns);
    const cycles: Cycle[] = [];
    let undone = tiles.length;
    const observed = new Float64Array(columns);
    const [shown] = densities;
    let kernelSeconds = 0; // of all workers
    const gather = (of: Tile, counts: TileCounts, seconds: number) => {
      const tile = { ...of, columnFrom: of.columnFrom - columnFrom };
      kernelSeconds += seconds;
      mergeCounts(tallies, tile, counts, isCounted);
      if (isGrowing && shown) {
        addObserved(observed, tile, counts, row, [
          shown.start,
          shown.start + shown.request.bins + 2,
        ]);
      }
      if (counts.records.length === 0) return;
      undone--;
      putRecords(records, tile, counts.records);
      cycles.push(...counts.cycles);
    };
    const result = () => {
      const collapses = countCollapses(spec, records, undone === 0 ? cycles : [], columnFrom);
      const warning = collapseWarning(spec, collapses);
      return makeResult({
        spec,
        layout,
        tallies, // its arrays are copies
        records,
        provenance: warning ? { ...provenance, warnings: [warning] } : provenance,
        strip: strip && { from: strip[0], to: strip[1], collapses },
      });
    };
    const job = {
      module: await assembled,
      plan,
      isTimed,
      tiles,
      sendEvery: interval,
      tableOf: (tile: Tile) => table.fill(spec, tile.columnFrom, tile.columns),
    };
    return {
      provenance,
      tallies,
      observed,
      densities,
      job,
      gather,
      result,
      kernelSeconds: () => kernelSeconds / Math.min(workers, tiles.length),
    };
  };

  /** Does the work, and says how far it is when counts have come and `interval` has passed. */
  async function* advance(
    {
      provenance,
      job,
      gather,
    }: {
      readonly provenance: Provenance;
      readonly job: Omit<Job, 'onSteps' | 'onCounts'>;
      gather(tile: Tile, counts: TileCounts, kernelSeconds: number): void;
    },
    { signal, onProgress, pause }: RunOptions,
    interval: number,
  ): AsyncGenerator<Progress> {
    signal?.throwIfAborted();
    const stop = new AbortController();
    const started = performance.now();
    const { orbitSteps: total } = provenance;
    const state = { done: 0, spared: 0, total, hasNews: false, isOver: false };
    let wake = () => {};
    const work = crew
      .perform(
        {
          ...job,
          pause,
          onSteps(steps, spared) {
            state.done += steps;
            state.spared += spared;
            onProgress?.(progressOf(state, started));
          },
          onCounts(tile, counts, kernelSeconds) {
            gather(tile, counts, kernelSeconds);
            state.hasNews = true;
            wake();
          },
        },
        signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
      )
      .finally(() => {
        state.isOver = true;
        wake();
      });
    work.catch(() => {}); // it is awaited below, maybe after a frame
    try {
      let shown = started;
      while (!state.isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (state.isOver) resolve();
        });
        const isDue = state.hasNews && performance.now() - shown >= interval;
        if (state.isOver || !isDue) continue;
        state.hasNews = false;
        yield progressOf(state, started);
        shown = performance.now();
      }
      await work;
      yield progressOf(state, started);
    } finally {
      stop.abort(new DOMException('nobody waits for the result', 'AbortError'));
    }
  }

  async function* stream(spec: Spec, run: RunOptions = {}) {
    run.signal?.throwIfAborted();
    const begun = await begin(spec, growing(STREAM_INTERVAL), run.strip);
    for await (const _ of advance(begun, run, STREAM_INTERVAL)) yield begun.result();
  }

  return {
    name: 'cpu',
    description,
    stream,
    async run(spec, run = {}) {
      run.signal?.throwIfAborted();
      const { onTimings, strip } = run;
      const started = performance.now();
      const begun = await begin(spec, { ...quiet, isTimed: onTimings !== undefined }, strip);
      for await (const _ of advance(begun, run, quiet.interval));
      const result = begun.result();
      const wallSeconds = (performance.now() - started) / 1000;
      onTimings?.({ wallSeconds, kernelSeconds: begun.kernelSeconds() });
      return result;
    },
    async grow(spec, run = {}) {
      run.signal?.throwIfAborted();
      const begun = await begin(spec, growing(GROW_INTERVAL), run.strip);
      const { provenance, tallies, observed, densities } = begun;
      return {
        provenance,
        density: {
          columns: tallies.columns,
          bins: densities[0]?.request.bins ?? 0,
          stride: tallies.stride,
          start: (densities[0]?.start ?? 0) + 1,
          counts: tallies.rows,
          observed,
        },
        frames: () => advance(begun, run, GROW_INTERVAL),
        result: begun.result,
      };
    },
    dispose: crew.dispose,
  };
}

/** Adds what a worker counted of a tile to the rows of its columns, and marks these. */
function mergeCounts(
  tallies: Tallies,
  tile: Tile,
  { visits, lost, diverged }: TileCounts,
  isCounted: Uint8Array,
): void {
  const { stride } = tallies;
  const row = stride - 2;
  for (let column = 0; column < tile.columns; column++) {
    const at = tile.columnFrom + column;
    const from = at * stride;
    const isFirst = isCounted[at] === 0;
    isCounted[at] = 1;
    addCounts(tallies, from, visits.subarray(column * row, (column + 1) * row), isFirst);
    addCount(tallies, from + row, lost[column] ?? 0);
    addCount(tallies, from + row + 1, diverged[column] ?? 0);
  }
}

/** Adds up what a worker observed of the density that is shown, in its slots [from, to). */
function addObserved(
  observed: Float64Array,
  tile: Tile,
  { visits, lost }: TileCounts,
  row: number,
  [from, to]: readonly [number, number],
): void {
  for (let column = 0; column < tile.columns; column++) {
    let steps = lost[column] ?? 0;
    for (let slot = column * row + from; slot < column * row + to; slot++)
      steps += visits[slot] ?? 0;
    observed[tile.columnFrom + column] = (observed[tile.columnFrom + column] ?? 0) + steps;
  }
}
