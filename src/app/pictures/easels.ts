import type { Result } from '../../engine/result.ts';
import { chooseHistogram, findDensity } from '../../export/find-density.ts';
import type { Legend } from '../../export/legend.ts';
import type { CountsView } from '../../view/counts-view.ts';
import type { DensityView } from '../../view/density-view.ts';
import { createPixelsView, type PixelsView } from '../../view/pixels-view.ts';
import type { Explorable } from '../explorable.ts';
import type { Hub } from '../hub.ts';
import { type Look, toneOf } from '../look.ts';
import { mapChoiceOf, paintOptionsOf } from './paint-options.ts';
import { planeOf } from './plane-cells.ts';

/** What is told of pictures whose colours are their own. */
export interface LegendEvents {
  /** What the colours of the picture mean that is shown now. */
  legend: Legend | undefined;
}

/** Where results of one kind are shown. */
export interface Easel {
  readonly view: DensityView;
  /**
   * Settles when `view` has the result in this look.
   *
   * @throws {RequestError} `bad-array` where the result does not fit its spec; the reason of `signal`.
   */
  show(result: Result, look: Look, signal: AbortSignal): Promise<void>;
}

/** The easels of a page; their views are made when they are needed. */
export interface Easels {
  of(request: Explorable): Easel;
  dispose(): Promise<void>;
}

/** @param counts the view that draws counts of cells; it stays the caller's. */
export function createEasels(counts: () => CountsView, legends: Hub<LegendEvents>): Easels {
  let pixels: PixelsView | undefined;
  const pixelsView = () => {
    pixels ??= createPixelsView();
    return pixels;
  };

  const visits = (view: CountsView): Easel => ({
    view,
    async show(result, look, signal) {
      const { shape, data } = findDensity(result);
      const [columns = 0, bins = 0] = shape;
      await view.show(
        { columns, bins, stride: bins, start: 0, counts: data },
        toneOf(look),
        signal,
      );
    },
  });
  const plane = (view: PixelsView, request: Explorable): Easel => ({
    view,
    async show(result, look, signal) {
      const choice = mapChoiceOf(result.spec, look);
      const cells = await planeOf(result, choice, signal);
      const { values, periods } = cells;
      const transfer = [values, ...(periods ? [periods] : [])].map((image) => image.values.buffer);
      const options = paintOptionsOf(request, look);
      const painted = { kind: 'plane', plane: cells, choice, options } as const;
      legends.tell('legend', await view.show(painted, signal, transfer));
    },
  });
  const curve = (view: PixelsView, request: Explorable): Easel => ({
    view,
    async show(result, look, signal) {
      const { name } = chooseHistogram(result.spec);
      const arrays = { [name]: findDensity(result) };
      const options = paintOptionsOf(request, look);
      const painted = { kind: 'curve', result: { ...result, arrays }, options } as const;
      legends.tell('legend', await view.show(painted, signal));
    },
  });
  const blank = (view: PixelsView): Easel => ({
    view,
    async show(_, __, signal) {
      await view.show({ kind: 'blank' }, signal);
    },
  });

  return {
    of(request) {
      switch (request.kind) {
        case 'density':
        case 'escape':
        case 'joint':
          return visits(counts());
        case 'map':
          return plane(pixelsView(), request);
        case 'curve':
        case 'escape-curve':
          return curve(pixelsView(), request);
        case 'none':
          return blank(pixelsView());
      }
    },
    async dispose() {
      await pixels?.dispose();
    },
  };
}
