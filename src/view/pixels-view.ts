import type { Legend } from '../export/legend.ts';
import type { DensityView } from './density-view.ts';
import type { FromPixelsPainter, Paintable, ToPixelsPainter } from './pixels-messages.ts';

export type { Paintable } from './pixels-messages.ts';

/**
 * Draws what `paintResult` paints, on a 2D canvas: in the very colours, since a worker calls the very
 * functions. Its colours come with what is shown; those of a density mean nothing here.
 */
export interface PixelsView extends DensityView {
  /**
   * Takes something to paint; the next `render` then draws it. Until then what was shown stays.
   *
   * @param transfer memory of the paintable that is the caller's no longer.
   * @returns what its colours mean.
   * @throws the reason of `signal`; {Error} where it cannot be painted, or the browser refuses the worker.
   */
  show(
    paintable: Paintable,
    signal: AbortSignal,
    transfer?: Transferable[],
  ): Promise<Legend | undefined>;
}

/** @throws {Error} where the browser is too old to let workers draw. */
export function createPixelsView(): PixelsView {
  const canvas = document.createElement('canvas');
  if (!('transferControlToOffscreen' in canvas)) {
    throw new Error('this browser lets no worker draw: use one of 2023 or later');
  }
  const offscreen = canvas.transferControlToOffscreen();
  const worker = new Worker(new URL('./pixels-painter.ts', import.meta.url), {
    type: 'module',
    name: 'etascope pixels',
  });
  let last: Promise<unknown> = Promise.resolve();
  let end: (reason: unknown) => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    end = reject;
  });
  ended.catch(() => {}); // told to whoever shows something
  const tell = (message: ToPixelsPainter, transfer: Transferable[] = []) =>
    worker.postMessage(message, transfer);
  worker.onerror = (event) => {
    event.preventDefault();
    end(new Error(`the picture cannot be drawn: ${event.message || 'its worker does not begin'}`));
  };
  tell({ kind: 'canvas', canvas: offscreen }, [offscreen]);

  const take = async (paintable: Paintable, signal: AbortSignal, transfer: Transferable[]) => {
    signal.throwIfAborted();
    const answered = new Promise<FromPixelsPainter>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<FromPixelsPainter>) => resolve(data);
    });
    tell({ kind: 'paint', paintable }, transfer);
    const answer = await Promise.race([answered, ended]);
    if (answer.kind === 'failed') throw new Error(`the picture cannot be drawn: ${answer.message}`);
    signal.throwIfAborted();
    tell({ kind: 'show' });
    return answer.legend;
  };

  return {
    canvas,
    show(paintable, signal, transfer = []) {
      const taken = last.then(() => take(paintable, signal, transfer));
      last = taken.catch(() => {});
      return taken;
    },
    place: (across, up) => tell({ kind: 'place', across, up }),
    paint: () => {}, // its colours are its own
    resize: (width, height) => tell({ kind: 'resize', width, height }),
    render: () => tell({ kind: 'render' }),
    async dispose() {
      worker.terminate();
      end(new DOMException('the view is gone', 'AbortError'));
    },
  };
}
