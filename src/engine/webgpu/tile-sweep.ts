import { batchStart } from '../../measure/layout.ts';
import { longestOrbit } from '../../spec/columns.ts';
import type { Tile } from '../plan.ts';
import { addCount } from '../tallies.ts';
import { findCycles } from './cycles.ts';
import { createFollowed } from './followed.ts';
import type { Work } from './pace.ts';
import { beginPass, type Pass } from './pass.ts';
import type { SweepContext } from './sweep-context.ts';
import type { KernelName, SliceValues } from './sweep-kernels.ts';
import { startMarks } from './tile-marks.ts';

const LANES = 64; // workgroup size of the kernels
/** Steps that the search for periods takes at most, in longest periods, for most orbits. */
const PERIOD_TRAILS = 4;
/** First states of a batch that are looked at for the size of its values. */
const SCOUTED_STATES = 16;

/** The run of one tile, slice by slice. */
export interface TileSweep {
  readonly tile: Tile;
  readonly isDone: boolean;
  /** Orbit-steps done, of orbits x columns x steps; orbits that have ended count as done. */
  readonly done: number;
  /** Those among them that were given to the device: by orbits that had not all ended. */
  readonly taken: number;
  /** Whether all columns have been observed for equally many steps, and for some. */
  readonly isEven: boolean;
  /** Does the next slice of work. */
  next(): Promise<void>;
}

/** Starts the orbits of a tile. */
export function beginTile(context: SweepContext, tile: Tile): TileSweep {
  const { program, kernels, counts, pace, wait } = context;
  const { spec, layout, sums, tallyStride, rowCapacity } = program;
  const { row, denseRow, record } = layout;
  const { skip, keep } = spec.steps;
  const stride = tile.columns * tile.orbits;
  const longest = longestOrbit(spec);
  const horizon = record.escape?.request.horizon ?? 0;
  const hasSums = sums.all.some(({ words }) => words.piece > 0);

  const made = startMarks(context, tile);
  const list = record.escape
    ? createFollowed(context, stride, made.followed)
    : { count: made.followed === 0 ? 0 : stride, cap: Number.POSITIVE_INFINITY, renew: undefined };
  const blocks = Math.ceil(tile.orbits / LANES);
  const groups = Math.min(blocks, Math.ceil(context.enoughGroups / tile.columns));
  const orbitsPerGroup = LANES * Math.ceil(blocks / groups);

  let stepsDone = 0; // by all columns
  let taken = 0; // orbit-steps
  let stepsNow = 0; // being done by one group of columns after another
  let columnsNow = 0; // that have done them, or as many orbits of the list as columns have
  let width = tile.columns; // columns, or as many as columns of followed orbits are
  let scouted = -1; // observed states when a batch was last looked into
  let isSearched = program.kernels.period === undefined; // or is looked for now
  let pass: Pass | undefined;
  let isDone = false;

  const observedOf = (steps: number) => Math.min(Math.max(steps - skip, 0), keep);
  const slice = (values: Partial<SliceValues>): SliceValues => ({
    columns: tile.columns,
    orbits: tile.orbits,
    orbitsPerGroup,
    columnFrom: 0,
    itemFrom: 0,
    itemEnd: stride,
    steps: stepsNow,
    stepFrom: stepsDone % 2 ** 32,
    stepFromHigh: Math.floor(stepsDone / 2 ** 32),
    observed: observedOf(stepsDone) % 2 ** 32,
    isWatched: stepsDone < horizon ? 1 : 0,
    rowFrom: 0,
    rowCount: 0,
    isLast: 1,
    ...values,
  });

  /** The kernel of the next step, and the step at which the next slice must end. */
  const plan = (): { work: Work; kernel: KernelName; end: number } => {
    const isObserved = stepsDone >= skip && stepsDone < skip + keep;
    const bounds = [skip, skip + keep, horizon, longest];
    if (isObserved && hasSums) bounds.push(skip + made.station.at);
    const end = Math.min(...bounds.filter((bound) => bound > stepsDone));
    if (!isObserved) return { work: 'settle', kernel: 'settle', end };
    const kernel = row > 0 ? 'observe' : 'record';
    return { work: kernel, kernel, end };
  };

  const dispatch = (kernel: KernelName, columnsOfSlice: number): number => {
    if (kernel !== 'observe') {
      const itemFrom = columnsNow * tile.orbits;
      const itemEnd = Math.min((columnsNow + columnsOfSlice) * tile.orbits, list.count);
      const items = itemEnd - itemFrom;
      kernels.dispatch(kernel, slice({ itemFrom, itemEnd }), [Math.ceil(items / LANES), 1]);
      return items;
    }
    const repetitions = Math.max(1, Math.ceil(denseRow / rowCapacity));
    for (let repetition = 0; repetition < repetitions; repetition++) {
      const rowFrom = repetition * rowCapacity;
      const values = slice({
        columnFrom: columnsNow,
        rowFrom,
        rowCount: Math.min(rowCapacity, denseRow - rowFrom),
        isLast: repetition === repetitions - 1 ? 1 : 0,
      });
      kernels.dispatch(kernel, values, [columnsOfSlice, Math.ceil(tile.orbits / orbitsPerGroup)]);
    }
    return columnsOfSlice * tile.orbits;
  };

  const advance = async (): Promise<void> => {
    const { work, kernel, end } = plan();
    if (columnsNow === 0) {
      width = kernel === 'observe' ? tile.columns : Math.ceil(list.count / tile.orbits);
    }
    const lanes = kernel === 'observe' ? orbitsPerGroup / LANES : 1;
    const stepsLeft = Math.min(end - stepsDone, list.cap);
    const size = pace.choose(work, { columns: width, orbits: tile.orbits }, lanes, stepsLeft);
    if (columnsNow === 0) {
      stepsNow = size.steps;
      // a diverged orbit counts without a visit
      await counts.reserve(work === 'observe' ? stepsNow * tile.orbits : 1);
    }
    const columnsOfSlice = Math.min(size.columns, width - columnsNow);
    const before = performance.now();
    const orbits = dispatch(kernel, columnsOfSlice);
    await wait(work, stepsNow * orbits, before);
    taken += stepsNow * orbits;
    columnsNow += columnsOfSlice;
    if (columnsNow < width) return;
    columnsNow = 0;
    stepsDone += stepsNow;
    if (work !== 'settle' && hasSums && observedOf(stepsDone) === made.station.at) {
      await made.take(observedOf(stepsDone));
    }
    await list.renew?.(slice({}));
  };

  /** What the rest of the steps would have been, had any orbit been left to take them. */
  const skipRest = async (): Promise<void> => {
    const observed = observedOf(stepsDone);
    if (hasSums && observed > made.pieceFrom) await made.take(observed);
    for (let column = 0; column < tile.columns && row > 0; column++) {
      const lost = (tile.columnFrom + column) * tallyStride + row;
      addCount(counts.tallies, lost, (keep - observed) * tile.orbits);
    }
    stepsDone = longest;
  };

  /** What all orbits need before the next step, or after the last. */
  const nextPass = (): Pass | undefined => {
    const observed = observedOf(stepsDone);
    const isObserved = stepsDone >= skip && observed < keep;
    if (stepsDone === longest && record.period && !isSearched) {
      isSearched = true;
      return beginPass(context, 'period', PERIOD_TRAILS * record.period.max, stride);
    }
    const isBatchStart = observed === batchStart(keep, record.batches, made.station.batch);
    if (!program.kernels.scout || !isObserved || !isBatchStart) return undefined;
    if (scouted === observed || columnsNow > 0 || list.count === 0) return undefined;
    scouted = observed;
    return beginPass(context, 'scout', SCOUTED_STATES, list.count);
  };

  const finish = async (): Promise<void> => {
    await made.finish();
    context.cycles.push(...(await findCycles(context, tile, slice({}))));
    isDone = true;
  };

  return {
    tile,
    get isDone() {
      return isDone;
    },
    get done() {
      return stepsDone * stride + Math.floor((stepsNow * stride * columnsNow) / width);
    },
    get taken() {
      return taken;
    },
    get isEven() {
      return columnsNow === 0 && stepsDone > skip;
    },
    async next() {
      pass ??= nextPass();
      if (pass) {
        await pass.advance(slice({}));
        if (!pass.isDone) return;
        pass = undefined;
      } else if (stepsDone < longest) await (list.count > 0 ? advance() : skipRest());
      if (stepsDone === longest && isSearched) await finish();
    },
  };
}
