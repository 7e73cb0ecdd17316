/** Pause between two sketches of a window that moves, milliseconds: a frame. */
const PAUSE = 16;

/** Sketches of a window that moves: one at a time, and never of a place that it has left since. */
export interface Sketches {
  /** The window has moved. */
  move(): void;
  /** It is computed now, so that no sketch is wanted. */
  end(): void;
}

/**
 * Draws a moving window again and again.
 *
 * @param draw sketches the window as it is.
 */
export function createSketches(draw: () => Promise<void>, signal: AbortSignal): Sketches {
  let isDrawing = false;
  let hasMoved = false; // since the last sketch began
  const drawAll = async () => {
    isDrawing = true;
    while (hasMoved && !signal.aborted) {
      hasMoved = false;
      await draw();
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
    isDrawing = false;
  };
  return {
    move() {
      hasMoved = true;
      if (!isDrawing) void drawAll();
    },
    end() {
      hasMoved = false;
    },
  };
}
