import type { Result } from '../engine/result.ts';
import type { Figure } from '../figure/figure.ts';
import type { SpecInput } from '../spec/schema.ts';
import type { Check } from './check.ts';

/**
 * How much work a reproduction spends: `full` is what the documentation shows, some 20 s on two cores;
 * `quick` about a tenth, with error bars as much wider, for tests.
 */
export type Effort = 'full' | 'quick';

/** A figure or a known number of the literature, recomputed. */
export interface Reproduction {
  /** What the command calls it: the name of its preset, unless `runs` has none of the presets. */
  readonly name: string;
  readonly title: string;
  /** What the figure shows and what to see in it, in two to four sentences for the gallery. */
  readonly about: string;
  /** Whose figure or number it is: authors, title, year, identifier. */
  readonly source: string;
  /** Whether parameters had to be chosen here, since the original's are not known. */
  readonly isReconstruction: boolean;
  /** Whether the WebGPU engine computes it too; the others need float64. */
  readonly onGpu: boolean;
  /**
   * The specs to run, by a word for each that names its file. The first is the preset of this name, or
   * what it shows at fewer places with orbits enough for an error bar.
   */
  runs(effort: Effort): Readonly<Record<string, SpecInput>>;
  /**
   * Draws and judges what the runs gave.
   *
   * @param results one result a run, under the words of `runs`.
   */
  report(results: Readonly<Record<string, Result>>): Report;
}

export interface Report {
  readonly figure: Figure;
  /** Measured beside expected; the reproduction holds where all of them do. */
  readonly checks: readonly Check[];
  /** Sentences for the reader: what was assumed, where the theory stops. */
  readonly notes?: readonly string[];
}
