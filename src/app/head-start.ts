import { startEarly } from '../engine/cpu/start-early.ts';
import { startWebWorker } from '../engine/cpu/web-worker.ts';
import type { StartWorker } from '../engine/cpu/worker-port.ts';
import { type CountsView, createCountsView } from '../view/counts-view.ts';

/** What makes a page's pictures, begun before the page itself is loaded: who asks first gets what began early. */
export interface HeadStart {
  /** Starts workers of the processor's engine. */
  readonly startWorker: StartWorker;
  /** @throws as `createCountsView`. */
  createView(): CountsView;
}

/** Begins what the first picture is computed and drawn by: two workers, which start while scripts are read. */
export function createHeadStart(): HeadStart {
  let view: CountsView | undefined;
  const startWorker = startEarly(startWebWorker);
  try {
    view = createCountsView();
  } catch {
    // Thrown again when a picture is to be drawn.
  }
  return {
    startWorker,
    createView() {
      const early = view;
      view = undefined;
      return early ?? createCountsView();
    },
  };
}
