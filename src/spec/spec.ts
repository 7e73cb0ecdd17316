import type { MeasureRequest } from './measures/registry.ts';
import type { RuleName } from './rules.ts';

export type { DensityRequest } from './measures/density.ts';
export type { EscapeRequest } from './measures/escape.ts';
export type { FinalRequest } from './measures/final.ts';
export type { JointDensityRequest } from './measures/joint-density.ts';
export type { LyapunovRequest } from './measures/lyapunov.ts';
export type { MomentsRequest } from './measures/moments.ts';
export type { PeriodRequest } from './measures/period.ts';
export type { RegimeRequest } from './measures/regime.ts';
export type { MeasureRequest, RuleName };

/**
 * Where the orbits of a column start, per variable: all at one number; uniformly at random in
 * [lo, hi); on the cell centres of [lo, hi) cut into as many cells as there are orbits; or normally
 * distributed with [mean, sd].
 */
export type Initial =
  | number
  | { readonly uniform: readonly [number, number] }
  | { readonly grid: readonly [number, number] }
  | { readonly normal: readonly [number, number] };

/** A parameter that varies over the columns: `count` cell centres of [from, to). */
export interface Axis {
  /** `eta`, `epsilon`, `momentum`, `parameters.NAME` or `initial.VARIABLE`. */
  readonly parameter: string;
  readonly from: number;
  /** Greater than `from`. */
  readonly to: number;
  readonly count: number;
  /** `log` has cells of equal ratio, and `from` > 0. */
  readonly scale: 'linear' | 'log';
}

/** f(x) = macro(x) + epsilon micro(x / epsilon), both as formula text. */
export interface Objective {
  readonly variables: readonly string[];
  readonly macro: string;
  /** Empty where f is the macro part alone. */
  readonly micro: string;
  /** Greater than 0. Absent where `epsilon` is on an axis, or nothing uses it. */
  readonly epsilon?: number;
  /** Keys in alphabetical order. An axis over `parameters.NAME` takes the place of its value. */
  readonly parameters: Readonly<Record<string, number>>;
}

/** What is asked, complete: every default filled in. Made by `parseSpec`, frozen throughout. */
export interface Spec {
  readonly etascope: 1;
  readonly title: string;
  readonly objective: Objective;
  readonly optimizer: {
    readonly rule: RuleName;
    /** At least 0. Absent where `eta` is on an axis. */
    readonly eta?: number;
    /** In (-1, 1). Absent where the rule has none, or `momentum` is on an axis. */
    readonly momentum?: number;
  };
  /** None, one or two; the first varies slowest over the columns. */
  readonly axes: readonly Axis[];
  readonly ensemble: {
    /** Orbits in every column. */
    readonly orbits: number;
    /** One entry per variable, except where `initial.VARIABLE` is on an axis. */
    readonly initial: Readonly<Record<string, Initial>>;
    readonly seed: number;
  };
  /** Steps dropped, then steps observed, of every orbit. */
  readonly steps: { readonly skip: number; readonly keep: number };
  readonly measures: readonly MeasureRequest[];
  readonly precision: 'statistics' | 'float32' | 'float64';
  /** An orbit with any |x_i| > radius has diverged; in the unit of the variables. */
  readonly stop: { readonly radius: number };
}
