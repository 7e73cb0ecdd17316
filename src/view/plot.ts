import { type AxisNames, createAxes, marginsOf } from './axes.ts';
import { coordinateText } from './decimal.ts';
import { createDensityView } from './density-view.ts';
import { type GestureHandlers, listenToKeys, listenToPointer, type Share } from './gestures.ts';
import { placementOf, type Viewport, valueAt } from './viewport.ts';

/** Largest picture that is computed, in cells each way; a larger plot is drawn coarser. */
const LARGEST = { width: 3840, height: 2160 } as const;

/** Cells of a picture: one a device pixel of the plot. */
export interface Cells {
  readonly columns: number;
  readonly bins: number;
}

export interface PlotHandlers extends Omit<GestureHandlers, 'hover'> {
  /** The plot has another size now. */
  resize(cells: Cells): void;
}

/** A figure: the picture of a density with its axes, that can be dragged and zoomed. */
export interface Plot {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Cells that fill the plot at its present size. */
  readonly cells: Cells;
  /** Shows the tones of a density over `viewport`; see `DensityView.show`. */
  show(tones: GPUTexture, viewport: Viewport): void;
  /** Moves the window: the picture shown is reprojected at once. */
  look(viewport: Viewport, names: AxisNames): void;
  /** Draws in these colours, [256, 3] uint8 sRGB. */
  paint(colours: Uint8Array): void;
  /** Draws in the next frame. */
  refresh(): void;
  /** Draws at once. */
  render(): void;
  dispose(): Promise<void>;
}

/** A plot in `container`, which it fills, drawn on `device`. */
export async function createPlot(
  container: HTMLElement,
  device: GPUDevice,
  handlers: PlotHandlers,
): Promise<Plot> {
  const element = document.createElement('div');
  element.className = 'plot';
  element.tabIndex = 0;
  element.setAttribute('role', 'application');
  const canvas = document.createElement('canvas');
  const axes = createAxes();
  const readout = document.createElement('div');
  readout.className = 'readout';
  const legend = document.createElement('div');
  legend.className = 'legend';
  const ramp = document.createElement('span');
  legend.append('rarely', ramp, 'often');
  element.append(canvas, axes.element, readout, legend);
  container.append(element);

  const view = await createDensityView(canvas, device);
  let shown: Viewport | undefined;
  let looked: { viewport: Viewport; names: AxisNames } | undefined;
  let cells: Cells = { columns: 1, bins: 1 };
  let pointer: Share | undefined;
  let frame = 0;

  const render = () => {
    cancelAnimationFrame(frame);
    frame = 0;
    view.render();
  };
  const refresh = () => {
    if (frame === 0) frame = requestAnimationFrame(render);
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
    if (shown) {
      view.place(placementOf(shown.across, viewport.across), placementOf(shown.up, viewport.up));
    }
    refresh();
  };
  const measure = (): boolean => {
    const { left, right, top, bottom } = marginsOf(element.clientWidth);
    Object.assign(canvas.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${Math.max(1, element.clientWidth - left - right)}px`,
      height: `${Math.max(1, element.clientHeight - top - bottom)}px`,
    });
    readout.style.right = `${right}px`;
    const { width, height } = canvas.getBoundingClientRect();
    const columns = Math.min(LARGEST.width, Math.max(1, Math.round(width * devicePixelRatio)));
    const bins = Math.min(LARGEST.height, Math.max(1, Math.round(height * devicePixelRatio)));
    if (columns === cells.columns && bins === cells.bins) return false;
    cells = { columns, bins };
    view.resize(columns, bins);
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
  };
  const stopPointer = listenToPointer(canvas, { ...handlers, hover });
  const stopKeys = listenToKeys(element, handlers);

  return {
    element,
    canvas,
    get cells() {
      return cells;
    },
    show(tones, viewport) {
      view.show(tones);
      shown = viewport;
      arrange();
    },
    look(viewport, names) {
      looked = { viewport, names };
      arrange();
    },
    paint(colours) {
      view.paint(colours);
      ramp.style.background = `linear-gradient(90deg, ${stopsOf(colours).join(', ')})`;
      refresh();
    },
    refresh,
    render,
    async dispose() {
      observer.disconnect();
      stopRatio();
      stopPointer();
      stopKeys();
      cancelAnimationFrame(frame);
      await view.dispose();
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
