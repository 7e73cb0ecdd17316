/** A number, or how the orbits of a column are spread over starting values. */
export type Initial =
  | number
  | { readonly uniform: readonly [number, number] }
  | { readonly grid: readonly [number, number] }
  | { readonly normal: readonly [number, number] };

export interface Axis {
  readonly parameter: string;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly scale: 'linear' | 'log';
}

export interface DensityRequest {
  readonly measure: 'density';
  /** Prefix of its arrays. */
  readonly name: string;
  /** Formula of the variables; `f` is the objective. */
  readonly of: string;
  /** Half open [lo, hi), in the unit of `of`. */
  readonly range: readonly [number, number];
  readonly bins: number;
}

export type MeasureRequest = DensityRequest;

export interface Objective {
  readonly variables: readonly string[];
  readonly macro: string;
  readonly micro: string;
  /** Absent where `epsilon` is on an axis, or nothing uses it. */
  readonly epsilon?: number;
  readonly parameters: Readonly<Record<string, number>>;
}

/** What is asked, complete: every default filled in. */
export interface Spec {
  readonly etascope: 1;
  readonly title: string;
  readonly objective: Objective;
  readonly optimizer: {
    readonly rule: 'gd';
    /** Absent where `eta` is on an axis. */
    readonly eta?: number;
  };
  readonly axes: readonly Axis[];
  readonly ensemble: {
    readonly orbits: number;
    /** One entry per variable, except where `initial.VARIABLE` is on an axis. */
    readonly initial: Readonly<Record<string, Initial>>;
    readonly seed: number;
  };
  readonly steps: { readonly skip: number; readonly keep: number };
  readonly measures: readonly MeasureRequest[];
  readonly precision: 'statistics' | 'float32' | 'float64';
  readonly stop: { readonly radius: number };
}
