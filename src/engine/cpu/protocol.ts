import type { RecordLayout } from '../../measure/layout.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Cycle } from '../collapse.ts';
import type { Tile } from '../plan.ts';
import type { KernelPlaces, Reach } from './kernel-request.ts';
import type { CpuProgram } from './program.ts';
import type { Memory } from './rules/rule.ts';
import type { SlotLayout } from './slots.ts';

/** Places of the words of a lane that the worker sets or reads itself. */
export interface LaneWords {
  readonly width: number;
  /** Length of a turn, per variable. */
  readonly units: readonly number[];
  /** Per variable. */
  readonly reaches: readonly Reach[];
  /** The one that is not 0 where no step leads from within the radius beyond it. */
  readonly confined?: number | undefined;
  /** Words that hold slots of the lane's row, each with its slot. */
  readonly rows: readonly { readonly word: number; readonly slot: number }[];
}

/** What a worker needs to know of a run, besides its module. */
export interface RunPlan {
  readonly spec: Spec;
  readonly places: KernelPlaces;
  readonly words: LaneWords;
  /** Slots of all densities of a column. */
  readonly row: number;
  readonly record: RecordLayout;
  readonly slots: SlotLayout;
  /** The coordinates along which the micro-structure has a period. */
  readonly periodic: readonly number[];
  /** What the values that the rule remembers begin with. */
  readonly memory: readonly Memory[];
}

const plans = new WeakMap<CpuProgram, RunPlan>();

/** The part of a program that its workers are told; the same object whenever it is asked for. */
export function planOf(program: CpuProgram): RunPlan {
  const plan = plans.get(program) ?? makePlan(program);
  plans.set(program, plan);
  return plan;
}

function makePlan({ spec, kernel, table, layout, slots, periodic, memory }: CpuProgram): RunPlan {
  const { units, reaches, confined, rows, width } = table;
  return {
    spec,
    places: kernel.places,
    words: { units, reaches, confined, rows, width },
    row: layout.row,
    record: layout.record,
    slots,
    periodic,
    memory,
  };
}

/** What some steps of a tile added up to; columns are those of the tile. */
export interface TileCounts {
  /** Visits: shape [columns, row]. */
  readonly visits: Uint32Array<ArrayBuffer>;
  /** Observed steps that orbits did not take because they had ended: shape [columns]. */
  readonly lost: Float64Array<ArrayBuffer>;
  /** Orbits that diverged: shape [columns]. */
  readonly diverged: Uint32Array<ArrayBuffer>;
  /** Once the tile is done, the records of its orbits: f64 [columns, orbits, width]; else empty. */
  readonly records: Float64Array<ArrayBuffer>;
  /** With them, what became of its orbits that are checked for exact cycles. */
  readonly cycles: readonly Cycle[];
}

/** What the engine tells a worker. */
export type ToWorker =
  | {
      readonly kind: 'run';
      readonly module: WebAssembly.Module;
      readonly plan: RunPlan;
      /** Whether to say how long the kernels ran. */
      readonly isTimed: boolean;
    }
  /** Begins another run of the plan that it was told last. */
  | { readonly kind: 'again'; readonly isTimed: boolean }
  | {
      readonly kind: 'tile';
      readonly tile: Tile;
      /** Settings of its columns, f64 [columns, words]. */
      readonly table: Float64Array<ArrayBuffer>;
      /** Milliseconds after which counts are sent although the tile is not done. */
      readonly sendEvery: number;
    }
  /** Drops the tile; nothing more is sent of it once `dropped` has been. */
  | { readonly kind: 'drop' };

/** Orbit-steps done since the last message, and those among them that an orbit did not need. */
export interface StepsDone {
  readonly steps: number;
  readonly spared: number;
}

/** What a worker tells the engine. */
export type FromWorker =
  | ({ readonly kind: 'steps' } & StepsDone)
  | ({
      readonly kind: 'counts';
      readonly isDone: boolean;
      /** Seconds that kernels ran since the last such message; 0 where nobody asked. */
      readonly kernelSeconds: number;
    } & TileCounts &
      StepsDone)
  | { readonly kind: 'dropped' }
  | {
      readonly kind: 'failed';
      /** What failed: its memory, what an orbit needs, or the worker. */
      readonly of: 'memory' | 'orbit' | 'worker';
      readonly message: string;
    };
