import type { Engine, Progress } from '../../engine/engine.ts';
import type { RunErrorCode } from '../../engine/errors.ts';
import type { Result } from '../../engine/result.ts';
import type { Spec } from '../../spec/spec.ts';

/** What the page asks of its runner. A run that is begun ends the one before. */
export type ToRunner =
  | {
      readonly kind: 'run';
      /** Names the run in answers. */
      readonly number: number;
      readonly engine: Engine['name'];
      readonly spec: Spec;
      /** Whether results are wanted while it grows. */
      readonly isGrowing: boolean;
    }
  | { readonly kind: 'stop'; readonly number: number }
  /** Runs wait from now on, or no longer. */
  | { readonly kind: 'pause'; readonly isPaused: boolean };

/** What a runner answers; an error is taken apart, since its class would not arrive. */
export type FromRunner = { readonly number: number } & (
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'result'; readonly result: Result }
  /** The result given last is whole. */
  | { readonly kind: 'done' }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly where: string;
      readonly message: string;
    }
  | { readonly kind: 'failed'; readonly code: RunErrorCode | undefined; readonly message: string }
);
