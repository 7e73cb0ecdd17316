import type { Engine } from '../../engine/engine.ts';
import type { Result } from '../../engine/result.ts';
import type { MapOptions } from '../../export/map.ts';
import type { Spec } from '../../spec/spec.ts';
import type { Viewport } from '../../view/viewport.ts';

/** A file to be made. */
export type FileTask =
  /** A picture of a result that is there, as PNG. */
  | { readonly kind: 'paint'; readonly result: Result; readonly options: MapOptions }
  /** All arrays of a result, as NPZ. */
  | { readonly kind: 'pack'; readonly result: Result }
  /** A picture that is computed first, as PNG. */
  | {
      readonly kind: 'print';
      readonly engine: Engine['name'];
      readonly spec: Spec;
      readonly options: MapOptions;
    }
  /** A video, one picture for each window. */
  | {
      readonly kind: 'film';
      readonly engine: Engine['name'];
      readonly spec: Spec;
      readonly options: MapOptions;
      readonly windows: readonly Viewport[];
      /** Most orbit-steps of one picture. */
      readonly orbitSteps: number;
    };

/** How far a file is. */
export interface FileProgress {
  /** Share of the work done, 0 to 1. */
  readonly share: number;
  /** What is being done, for people. */
  readonly doing: string;
}

/** What the worker that makes a file answers; an error is taken apart, since its class would not arrive. */
export type FromFileWorker =
  | ({ readonly kind: 'progress' } & FileProgress)
  | { readonly kind: 'file'; readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly where: string;
      readonly message: string;
    }
  | { readonly kind: 'failed'; readonly message: string };
