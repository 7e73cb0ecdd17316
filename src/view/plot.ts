import { valueAt } from '../export/extent.ts';
import { type AxisNames, type AxisUnit, createAxes, marginsOf } from './axes.ts';
import { createCrosshair } from './crosshair.ts';
import type { DensityView } from './density-view.ts';
import { type Box, listenToPointer, type PointerHandlers, type Share } from './gestures.ts';
import { type KeyHandlers, listenToKeys } from './keys.ts';
import { largestPicture } from './largest-picture.ts';
import { createMarks, type Mark } from './marks.ts';
import './plot.css';
import { onPixelRatio } from './pixel-ratio.ts';
import { centreOf, inWords, placeText } from './plot-words.ts';
import { type Cells, type Place, placementOf, shareAt, type Viewport } from './viewport.ts';

export interface PlotHandlers
  extends Pick<PointerHandlers, 'zoom' | 'pan' | 'frame'>,
    Pick<KeyHandlers, 'reset' | 'pin' | 'cancel' | 'travel'> {
  /** The plot has another size now. */
  resize(cells: Cells): void;
  /** The pointer is over this place; over none when it left. */
  hover(at: Place | undefined): void;
  /** A place was pressed. */
  press(at: Place): void;
  /** A place was pressed twice; `press` came with the first. */
  pressTwice(at: Place, share: Share): void;
  /** The keyboard moves the crosshair here. */
  step(to: Place): void;
}

/** A figure: the picture of a density with its axes, that can be dragged and zoomed. */
export interface Plot {
  readonly element: HTMLElement;
  /** Where the picture is, inside the axes. */
  readonly frame: HTMLElement;
  /** Cells that fill the plot at its present size. */
  readonly cells: Cells;
  /** Shows what `view`, which stays the caller's, draws: a picture over `viewport`. */
  show(view: DensityView, viewport: Viewport): void;
  /** Moves the window: the picture shown is reprojected at once. */
  look(viewport: Viewport, names: AxisNames): void;
  /** Draws lines through a place, and says its values; none takes both away. */
  mark(at: Place | undefined, isPinned: boolean): void;
  /** Names values along the axis. */
  name(marks: readonly Mark[]): void;
  /** Counts along the axis in another unit; none is that of the request. */
  measureIn(unit: AxisUnit | undefined): void;
  /** Lets the next drag draw a box; `onEnd` is called when it has, or when it is given up. */
  armBox(onEnd: () => void): void;
  /** Gives up a box that is being drawn or armed; whether there was one. */
  cancelBox(): boolean;
  /** Draws in these colours, [256, 3] uint8 sRGB. */
  paint(colours: Uint8Array): void;
  /** Draws in the next frame. */
  refresh(): void;
  /** Draws at once. */
  render(): void;
  dispose(): void;
}

/** A plot in `container`, which it fills; empty until it is shown something. */
export function createPlot(container: HTMLElement, handlers: PlotHandlers): Plot {
  const element = document.createElement('div');
  element.className = 'plot';
  element.tabIndex = 0;
  element.setAttribute('role', 'application');
  const frame = document.createElement('div');
  frame.className = 'frame';
  const axes = createAxes();
  const crosshair = createCrosshair();
  frame.append(crosshair.element);
  const marks = createMarks();
  const readout = document.createElement('div');
  readout.className = 'readout';
  const legend = document.createElement('div');
  legend.className = 'legend';
  const ramp = document.createElement('span');
  legend.append('rarely', ramp, 'often');
  element.append(frame, axes.element, marks.element, readout, legend);
  container.append(element);

  let view: DensityView | undefined;
  let colours: Uint8Array | undefined;
  let shown: Viewport | undefined;
  let looked: { viewport: Viewport; names: AxisNames } | undefined;
  let cells: Cells = { columns: 1, bins: 1 };
  let marked: { readonly at: Place; readonly isPinned: boolean } | undefined;
  let named: readonly Mark[] = [];
  let unit: AxisUnit | undefined;
  let isDrawing = false;
  let onBoxEnd: (() => void) | undefined;
  let nextFrame = 0;

  const render = () => {
    cancelAnimationFrame(nextFrame);
    nextFrame = 0;
    view?.render();
  };
  const refresh = () => {
    if (nextFrame === 0) nextFrame = requestAnimationFrame(render);
  };
  const read = () => {
    readout.textContent = marked && looked ? placeText(marked.at, looked, unit, cells) : '';
    const { across, up } = looked?.viewport ?? {};
    const at = marked?.at;
    const share = at &&
      across &&
      up && { across: shareAt(across, at.across), up: shareAt(up, at.up) };
    crosshair.mark(share, marked?.isPinned ?? false);
  };
  const arrange = () => {
    if (!looked) return;
    read();
    const { viewport, names } = looked;
    const { clientWidth: width, clientHeight: height } = element;
    axes.draw(viewport, names, unit, width, height);
    marks.draw(named, viewport, { width, height }, marginsOf(width));
    element.setAttribute('aria-label', inWords(viewport, names));
    if (shown && view) {
      view.place(placementOf(shown.across, viewport.across), placementOf(shown.up, viewport.up));
    }
    refresh();
  };
  const measure = (): boolean => {
    const { left, right, top, bottom } = marginsOf(element.clientWidth);
    Object.assign(frame.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${Math.max(1, element.clientWidth - left - right)}px`,
      height: `${Math.max(1, element.clientHeight - top - bottom)}px`,
    });
    readout.style.right = `${right}px`;
    const { width, height } = frame.getBoundingClientRect();
    const columns = Math.min(
      largestPicture.width,
      Math.max(1, Math.round(width * devicePixelRatio)),
    );
    const bins = Math.min(
      largestPicture.height,
      Math.max(1, Math.round(height * devicePixelRatio)),
    );
    if (columns === cells.columns && bins === cells.bins) return false;
    cells = { columns, bins };
    view?.resize(columns, bins);
    return true;
  };
  measure();
  const onSize = () => {
    if (!measure()) return;
    arrange();
    render(); // a canvas of new size is empty until it is drawn
    handlers.resize(cells);
  };
  const observer = new ResizeObserver(onSize);
  observer.observe(element);
  const stopRatio = onPixelRatio(onSize);

  const placeAt = ({ across, up }: Share): Place | undefined => {
    if (!looked) return undefined;
    const { viewport } = looked;
    return {
      across: valueAt(viewport.across, centreOf(across, cells.columns)),
      up: valueAt(viewport.up, centreOf(up, cells.bins)),
    };
  };
  const hover = (at: Share | undefined) => handlers.hover(at && placeAt(at));
  const step = (by: Share) => {
    if (!looked) return;
    const { across, up } = looked.viewport;
    const from = marked
      ? { across: shareAt(across, marked.at.across), up: shareAt(up, marked.at.up) }
      : { across: 0.5, up: 0.5 };
    const within = (share: number, count: number) =>
      Math.max(0.5 / count, Math.min(1 - 0.5 / count, share));
    const to = placeAt({
      across: within(from.across + by.across / cells.columns, cells.columns),
      up: within(from.up + by.up / cells.bins, cells.bins),
    });
    if (to) handlers.step(to);
  };
  const endBox = () => {
    pointer.isBoxing = false;
    element.classList.remove('is-boxing');
    const end = onBoxEnd;
    onBoxEnd = undefined;
    end?.();
  };
  const cancelBox = (): boolean => {
    const isUnderWay = isDrawing || pointer.isBoxing;
    pointer.cancel();
    endBox();
    return isUnderWay;
  };
  const pointer = listenToPointer(frame, {
    ...handlers,
    hover,
    draw(box: Box | undefined) {
      isDrawing = box !== undefined;
      crosshair.draw(box);
    },
    frame(box) {
      endBox();
      handlers.frame(box);
    },
    press(at) {
      const place = placeAt(at);
      if (place) handlers.press(place);
    },
    pressTwice(at) {
      const place = placeAt(at);
      if (place) handlers.pressTwice(place, at);
    },
  });
  const stopKeys = listenToKeys(element, {
    ...handlers,
    step,
    cancel: () => cancelBox() || handlers.cancel(),
  });

  return {
    element,
    frame,
    get cells() {
      return cells;
    },
    show(next, viewport) {
      if (next !== view) {
        view = next;
        frame.replaceChildren(view.canvas, crosshair.element);
        view.resize(cells.columns, cells.bins);
        if (colours) view.paint(colours);
      }
      shown = viewport;
      arrange();
    },
    look(viewport, names) {
      looked = { viewport, names };
      arrange();
    },
    mark(at, isPinned) {
      marked = at && { at, isPinned };
      read();
    },
    name(next) {
      named = next;
      arrange();
    },
    measureIn(next) {
      unit = next;
      arrange();
    },
    armBox(onEnd) {
      endBox();
      pointer.isBoxing = true;
      onBoxEnd = onEnd;
      element.classList.add('is-boxing');
    },
    cancelBox,
    paint(next) {
      colours = next;
      view?.paint(colours);
      const [red, green, blue] = colours; // of no visits
      frame.style.background = `rgb(${red} ${green} ${blue})`;
      ramp.style.background = `linear-gradient(90deg, ${stopsOf(colours).join(', ')})`;
      refresh();
    },
    refresh,
    render,
    dispose() {
      observer.disconnect();
      stopRatio();
      pointer.stop();
      stopKeys();
      cancelAnimationFrame(nextFrame);
      element.remove();
    },
  };
}

/** Every 16th entry of a colormap, as CSS. */
function stopsOf(colours: Uint8Array): readonly string[] {
  return Array.from({ length: 16 }, (_, stop) => {
    const entry = 3 * 17 * stop;
    return `rgb(${colours.subarray(entry, entry + 3).join(' ')})`;
  });
}
