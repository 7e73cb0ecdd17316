import type { Provenance, Result } from '../engine/result.ts';
import type { ToneName } from '../export/tone.ts';
import type { DensityView } from '../view/density-view.ts';

/** A density that is shown while it is made: computed here, or opened from a file. */
export interface Picture {
  readonly provenance: Provenance;
  /** What draws it, from its first frame on, in the place of what that drew before. */
  readonly view: DensityView;
  /**
   * Makes it, to the end. To be called once.
   *
   * @param onFrame called whenever `view` has something newer to draw.
   * @throws {RunError} where it fails; the `AbortError` of `stop`.
   */
  run(onFrame: () => void): Promise<void>;
  /** Makes it no further; what it has so far can still be shown. */
  stop(): void;
  /** Settles when `view` has the picture in this tone. */
  retone(tone: ToneName): Promise<void>;
  /**
   * The whole result, once it is there.
   *
   * @throws {DOMException} `AbortError` where it was stopped before.
   */
  result(): Promise<Result>;
  /** Stops what is under way and frees all it holds. */
  dispose(): Promise<void>;
}
