import type { Margins } from '../../view/axes.ts';
import type { SessionContext } from '../context.ts';
import type { ChartDrawing } from './chart.ts';

/** Size and margins of a chart under the map, so that its frame begins and ends where the map's does. */
export function stripRoom(
  { plot, page }: SessionContext,
  chart: SVGSVGElement,
  height: number,
): Pick<ChartDrawing, 'width' | 'height'> & { readonly margins: Margins } {
  const frame = plot.frame.getBoundingClientRect();
  const width = page.strips.clientWidth;
  const left = frame.left - chart.getBoundingClientRect().left;
  const right = width - left - frame.width;
  return { width, height, margins: { left, right, top: 4, bottom: 4 } };
}
