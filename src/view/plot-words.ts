import { coordinateText } from '../export/decimal.ts';
import { type Extent, valueAt } from '../export/extent.ts';
import type { AxisNames, AxisUnit } from './axes.ts';
import { type Cells, type Place, shareAt, type Viewport } from './viewport.ts';

/** What a plot shows and which keys it knows, for those who do not see it. */
export function inWords({ across, up }: Viewport, names: AxisNames): string {
  const what = names.what === undefined ? 'Density of' : `${names.what}:`;
  const upward = names.up === '' ? 'Curve' : `${what} ${names.up} from ${up.from} to ${up.to},`;
  return `${upward} over ${names.across} from ${across.from} to ${across.to}. Arrow keys pan, plus and minus zoom, 0 resets; Shift and arrow keys move the crosshair, Enter pins it.`;
}

/** The values of a place, to the resolution of the cells. */
export function placeText(
  { across, up }: Place,
  { viewport, names }: { readonly viewport: Viewport; readonly names: AxisNames },
  unit: AxisUnit | undefined,
  { columns, bins }: Cells,
): string {
  const { factor } = unit ?? { factor: 1 };
  const width = cellAt(viewport.across, across, columns);
  const height = cellAt(viewport.up, up, bins);
  const acrossText = coordinateText(across * factor, width * factor);
  const acrossWords = `${unit?.symbol ?? names.across} = ${acrossText}`;
  return names.up === ''
    ? acrossWords
    : `${acrossWords}   ${names.up} = ${coordinateText(up, height)}`;
}

/** Length of a cell at a value. */
function cellAt(extent: Extent, value: number, count: number): number {
  const share = shareAt(extent, value);
  return Math.abs(valueAt(extent, share + 1 / count) - value);
}

/** The centre of the cell that a share lies in, as a share. */
export function centreOf(share: number, count: number): number {
  return (Math.floor(share * count) + 0.5) / count;
}
