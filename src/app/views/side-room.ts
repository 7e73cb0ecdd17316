import type { ChartDrawing } from './chart.ts';

/** Size and margins of a chart beside the map. */
export function sideRoom(
  body: HTMLElement,
  height: number,
): Pick<ChartDrawing, 'width' | 'height' | 'margins'> {
  const width = body.clientWidth;
  return { width, height, margins: { left: 52, right: 20, top: 20, bottom: 38 } };
}
