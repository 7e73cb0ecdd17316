import { coordinatesOf, type Extent, fromCoordinate } from '../../export/extent.ts';
import type { Viewport } from '../../view/viewport.ts';

/** Lengths of two windows so much alike are the same: then the one is moved to the other. */
const ALIKE = 1e-6;

/**
 * Windows on the way from one to another, both ends among them: their lengths shrink by the same ratio
 * from each to the next, about the one point that stays in its place.
 *
 * @param count at least 2.
 */
export function zoomPath(from: Viewport, to: Viewport, count: number): readonly Viewport[] {
  return Array.from({ length: count }, (_, index) => {
    const share = eased(index / (count - 1));
    return {
      across: between(from.across, to.across, share),
      up: between(from.up, to.up, share),
    };
  });
}

function between(from: Extent, to: Extent, share: number): Extent {
  if (share === 0) return from;
  if (share === 1) return to;
  const [low, high] = coordinatesOf(from);
  const [lowEnd, highEnd] = coordinatesOf({ ...to, scale: from.scale });
  const [length, lengthEnd] = [high - low, highEnd - lowEnd];
  const now = length ** (1 - share) * lengthEnd ** share;
  const isAlike = Math.abs(lengthEnd / length - 1) < ALIKE;
  const moved = isAlike ? share : (now - length) / (lengthEnd - length);
  const lowNow = low + moved * (lowEnd - low);
  const ends = [lowNow, lowNow + now].map((end) => fromCoordinate(from.scale, end));
  const [first = from.from, last = from.to] = ends;
  return { from: first, to: last, scale: from.scale };
}

/** Slow at both ends. */
function eased(share: number): number {
  return share * share * (3 - 2 * share);
}
