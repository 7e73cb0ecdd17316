import type { MapOptions } from '../../export/map.ts';
import type { Viewport } from '../../view/viewport.ts';
import type { Explorable } from '../explorable.ts';
import type { FileTask } from './file-messages.ts';
import type { Origin } from './origin.ts';
import { durationText } from './sizes.ts';
import { zoomPath } from './zoom-path.ts';

/** Pixels of a video. */
export const filmSize = { width: 1280, height: 720 } as const;
/** Four seconds. */
const FRAMES = 120;
/** Seconds that one picture may take to compute. */
const SECONDS = 0.4;

/**
 * A video of the way from the first window to this one.
 *
 * @throws {Error} where this browser encodes no video.
 */
export function filmTask(
  { spec }: Explorable,
  options: MapOptions,
  { engine, rate, taken, beginning }: Origin,
  end: Viewport,
): FileTask {
  if (typeof VideoEncoder === 'undefined') {
    throw new Error(
      'This browser encodes no video (WebCodecs): take a recent Chrome, Edge, Safari or Firefox, and open the page over https',
    );
  }
  const windows = zoomPath(beginning, end, FRAMES);
  return { kind: 'film', engine, spec, options, windows, orbitSteps: (SECONDS * rate) / taken };
}

/** What is to know of a video before it is made. */
export function filmWords(isMoved: boolean): string {
  if (!isMoved) return 'Zoom in first: the video goes from the first window to the present one';
  const { width, height } = filmSize;
  const most = durationText(FRAMES * SECONDS);
  return `${FRAMES} pictures of ${width} × ${height}, computed within ${most}, with fewer orbits where they have to be`;
}
