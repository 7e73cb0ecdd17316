import { coordinateText } from '../export/decimal.ts';
import { valueAt } from '../export/extent.ts';
import { type AxisNames, createAxes, marginsOf } from './axes.ts';
import type { DensityView } from './density-view.ts';
import { type GestureHandlers, listenToKeys, listenToPointer, type Share } from './gestures.ts';
import { largestPicture } from './largest-picture.ts';
import { placementOf, type Viewport } from './viewport.ts';

/** Cells of a picture: one a device pixel of the plot. */
export interface Cells {
  readonly columns: number;
  readonly bins: number;
}

export interface PlotHandlers extends Omit<GestureHandlers, 'hover'> {
  /** The plot has another size now. */
  resize(cells: Cells): void;
  /** The pointer is over these values; over none when it left. */
  hover(at: { readonly across: number; readonly up: number } | undefined): void;
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
  const readout = document.createElement('div');
  readout.className = 'readout';
  const legend = document.createElement('div');
  legend.className = 'legend';
  const ramp = document.createElement('span');
  legend.append('rarely', ramp, 'often');
  element.append(frame, axes.element, readout, legend);
  container.append(element);

  let view: DensityView | undefined;
  let colours: Uint8Array | undefined;
  let shown: Viewport | undefined;
  let looked: { viewport: Viewport; names: AxisNames } | undefined;
  let cells: Cells = { columns: 1, bins: 1 };
  let pointer: Share | undefined;
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
    readout.textContent = pointer && looked ? placeText(pointer, looked, cells) : '';
  };
  const arrange = () => {
    if (!looked) return;
    read();
    const { viewport, names } = looked;
    axes.draw(viewport, names, element.clientWidth, element.clientHeight);
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

  const hover = (at: Share | undefined) => {
    pointer = at;
    read();
    const place = at && looked?.viewport;
    handlers.hover(
      place && { across: valueAt(place.across, at.across), up: valueAt(place.up, at.up) },
    );
  };
  const stopPointer = listenToPointer(frame, { ...handlers, hover });
  const stopKeys = listenToKeys(element, handlers);

  return {
    element,
    frame,
    get cells() {
      return cells;
    },
    show(next, viewport) {
      if (next !== view) {
        view = next;
        frame.replaceChildren(view.canvas);
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
      stopPointer();
      stopKeys();
      cancelAnimationFrame(nextFrame);
      element.remove();
    },
  };
}

/** Calls back when the page moves to a screen of other density, until the returned function is called. */
function onPixelRatio(callback: () => void): () => void {
  const controller = new AbortController();
  const { signal } = controller;
  const watch = () => {
    const query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
    const onChange = () => {
      callback();
      watch(); // a query is about one density
    };
    query.addEventListener('change', onChange, { signal, once: true });
  };
  watch();
  return () => controller.abort();
}

/** Every 16th entry of a colormap, as CSS. */
function stopsOf(colours: Uint8Array): readonly string[] {
  return Array.from({ length: 16 }, (_, stop) => {
    const entry = 3 * 17 * stop;
    return `rgb(${colours.subarray(entry, entry + 3).join(' ')})`;
  });
}

function inWords({ across, up }: Viewport, names: AxisNames): string {
  return `Density of ${names.up} from ${up.from} to ${up.to}, over ${names.across} from ${across.from} to ${across.to}. Arrow keys pan, plus and minus zoom, 0 resets.`;
}

/** The values under a place, to the resolution of the cells. */
function placeText(
  at: Share,
  { viewport, names }: { viewport: Viewport; names: AxisNames },
  { columns, bins }: Cells,
): string {
  const across = valueAt(viewport.across, at.across);
  const up = valueAt(viewport.up, at.up);
  const cellWidth = Math.abs(valueAt(viewport.across, at.across + 1 / columns) - across);
  const cellHeight = Math.abs(valueAt(viewport.up, at.up + 1 / bins) - up);
  return `${names.across} = ${coordinateText(across, cellWidth)}   ${names.up} = ${coordinateText(up, cellHeight)}`;
}
