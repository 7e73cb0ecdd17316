import { contourPath } from '../../figure/contour-path.ts';
import {
  type LevelPlane,
  levelsOf,
  type MacroPlane,
  macroPlaneOf,
} from '../../study/macro-plane.ts';
import { shape } from '../../view/svg.ts';
import type { Feature } from '../context.ts';
import './contours.css';

/** Cells along each side at which the macro part is computed, and its level lines. */
const [PLACES, LEVELS] = [96, 12];

/**
 * Level lines of the macro part over the picture of a joint density, where that is over the plane of the
 * variables. They move with the window; new levels are chosen when it is computed.
 */
export const contours: Feature = (context) => {
  const { plot, events, signal } = context;
  const path = shape('path', {});
  const words = shape('text', { x: 10, y: 20 });
  words.textContent = 'level lines of f₀';
  const layer = shape('svg', { class: 'contours', 'aria-hidden': 'true' });
  layer.append(path, words);
  plot.frame.after(layer);

  let macro: MacroPlane | undefined;
  let levels: readonly number[] | undefined;
  let frame = 0;
  const draw = () => {
    frame = 0;
    const { frame: room } = plot;
    const { clientWidth: width, clientHeight: height, offsetLeft: left, offsetTop: top } = room;
    const { across, up } = context.viewport;
    layer.toggleAttribute('hidden', macro === undefined);
    if (!macro || width === 0) return;
    const heights: LevelPlane = macro({
      x: [across.from, across.to],
      y: [up.from, up.to],
      columns: PLACES,
      rows: PLACES,
    });
    levels ??= levelsOf(heights.values, LEVELS);
    for (const [name, value] of Object.entries({ width, height, left, top })) {
      layer.style.setProperty(name, `${value}px`);
    }
    path.setAttribute(
      'd',
      contourPath({ ...heights, levels }, { x: across, y: up, width, height }),
    );
  };
  const refresh = () => {
    if (frame === 0) frame = requestAnimationFrame(draw);
  };
  const renew = () => {
    levels = undefined;
    refresh();
  };
  const observer = new ResizeObserver(refresh);
  observer.observe(plot.frame);
  events.on(
    'request',
    ({ request }) => {
      macro = request.joint && macroPlaneOf(request.spec, request.joint);
      renew();
    },
    signal,
  );
  events.on('viewport', refresh, signal);
  events.on('begin', renew, signal);
  signal.addEventListener(
    'abort',
    () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
    },
    { once: true },
  );
};
