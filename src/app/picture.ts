import type { Provenance, Result } from '../engine/result.ts';
import type { DensityView } from '../view/density-view.ts';
import type { Look } from './look.ts';

/** What is shown while it is made: computed here, or opened from a file. */
export interface Picture {
  readonly provenance: Provenance;
  /** What draws it, from its first frame on, in the place of what that drew before. */
  readonly view: DensityView;
  /**
   * Makes it, to the end. To be called once.
   *
   * @param onFrame called whenever `view` has something newer to draw.
   * @param from share of the work, 0 to 1, before which `view` keeps drawing what it did.
   * @throws {RunError} where it fails; the `AbortError` of `stop`.
   */
  run(onFrame: () => void, from?: number): Promise<void>;
  /** Makes it no further; what it has so far can still be shown. */
  stop(): void;
  /** Settles when `view` has the picture in this look. */
  repaint(look: Look): Promise<void>;
  /**
   * The whole result, once it is there.
   *
   * @throws {DOMException} `AbortError` where it was stopped before.
   */
  result(): Promise<Result>;
  /** Stops what is under way and frees all it holds. */
  dispose(): Promise<void>;
}
