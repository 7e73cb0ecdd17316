import type { Extent } from '../../export/extent.ts';
import type { PlotHandlers } from '../../view/plot.ts';
import {
  type Bounds,
  type Place,
  panExtent,
  shareAt,
  type Viewport,
  valueAt,
  zoomExtent,
} from '../../view/viewport.ts';
import type { SessionContext } from '../context.ts';
import { boundsOf } from '../explorable.ts';

/** A pinned cursor is let go by a press so near to it, in cells. */
const NEAR = 8;

/**
 * What a hand on the mouse, the screen or the keyboard does to a map.
 *
 * @param context the session that the map is part of, once there is one.
 */
export function handOn(context: () => SessionContext): Omit<PlotHandlers, 'resize'> {
  const point = (cursor: SessionContext['cursor']) => context().point(cursor);
  const move = (change: (extent: Extent, bounds: Bounds, key: keyof Viewport) => Extent) => {
    const { viewport, state, look } = context();
    const bounds = boundsOf(state.request);
    const moved = (key: keyof Viewport) => change(viewport[key], bounds[key], key);
    look({ across: moved('across'), up: moved('up') });
  };
  const isNear = (one: Place, other: Place): boolean => {
    const { viewport, plot } = context();
    const { columns, bins } = plot.cells;
    const cellsBetween = (key: keyof Viewport, cells: number) =>
      Math.abs(shareAt(viewport[key], one[key]) - shareAt(viewport[key], other[key])) * cells;
    return cellsBetween('across', columns) < NEAR && cellsBetween('up', bins) < NEAR;
  };
  return {
    zoom: (at, by) => move((extent, bounds, key) => zoomExtent(extent, at[key], by[key], bounds)),
    pan: (by) => move((extent, bounds, key) => panExtent(extent, by[key], bounds)),
    hover: (at) => context().cursor?.isPinned || point(at && { ...at, isPinned: false }),
    press(at) {
      const { cursor } = context();
      point({ ...at, isPinned: !(cursor?.isPinned && isNear(cursor, at)) });
    },
    pressTwice(at, share) {
      point({ ...at, isPinned: false }); // the first press has pinned it
      move((extent, bounds, key) => zoomExtent(extent, share[key], 1 / 2, bounds));
    },
    frame({ from, to }) {
      move((extent, bounds, key) => {
        const factor = to[key] - from[key];
        const held = factor < 1 ? from[key] / (1 - factor) : 0; // stays where it is
        return zoomExtent(extent, held, factor, bounds);
      });
    },
    step: (to) => point({ ...to, isPinned: context().cursor?.isPinned ?? false }),
    pin() {
      const { cursor, viewport } = context();
      const middle = { across: valueAt(viewport.across, 0.5), up: valueAt(viewport.up, 0.5) };
      point({ ...(cursor ?? middle), isPinned: !cursor?.isPinned });
    },
    cancel: () => point(undefined),
    travel: (steps) => history.go(steps),
    reset: () => context().reset(),
  };
}
