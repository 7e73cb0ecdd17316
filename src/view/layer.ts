import type { Placement } from './viewport.ts';

/**
 * Draws a picture where it now lies on a canvas, without a pixel between two cells.
 *
 * @param source one pixel a cell.
 */
export function drawLayer(
  target: OffscreenCanvasRenderingContext2D,
  source: OffscreenCanvas,
  across: Placement,
  up: Placement,
): void {
  const { width, height } = target.canvas;
  const x = visible(across, source.width, width);
  const fromTop = { offset: 1 - up.offset - up.length, length: up.length };
  const y = visible(fromTop, source.height, height);
  if (x.cells <= 0 || y.cells <= 0) return;
  target.imageSmoothingEnabled = false;
  target.drawImage(
    source,
    ...([x.first, y.first, x.cells, y.cells] as const),
    ...([x.at, y.at, x.size, y.size] as const),
  );
}

/** Which cells are to be seen, and where: a picture may be far larger than the canvas. */
function visible({ offset, length }: Placement, cells: number, pixels: number) {
  const first = Math.max(0, Math.floor((-offset / length) * cells));
  const end = Math.min(cells, Math.ceil(((1 - offset) / length) * cells));
  const pixelsPerCell = (length * pixels) / cells;
  return {
    first,
    cells: end - first,
    at: offset * pixels + first * pixelsPerCell,
    size: (end - first) * pixelsPerCell,
  };
}
