import type { Result } from '../engine/result.ts';
import { type Colormap, colormap } from '../export/colormaps.ts';
import { type Extent, valueAt } from '../export/extent.ts';
import type { Legend, ScaleLegend } from '../export/legend.ts';
import type { MapOptions } from '../export/map.ts';
import type { MapChoice } from '../export/map-arrays.ts';
import { mapCells } from '../export/map-cells.ts';
import { mapScale } from '../export/map-scale.ts';
import type { DensityCounts } from '../export/picture.ts';
import { toneCurve } from '../export/tone.ts';
import type { ColourBar, ColourList } from '../figure/figure.ts';

/** Colours of a bar: more than its pixels. */
const STEPS = 512;
/** Names in a list; the others, of the fewest cells, are counted. */
const MOST_NAMES = 14;

/** What the colours of a density mean: visits, over powers of ten unless they are linear in them. */
export function densityBar({ counts }: DensityCounts, legend: Legend): ColourBar | undefined {
  if (!('range' in legend)) return undefined;
  const [, most] = legend.range;
  if (!(most > 1)) return undefined;
  const isLinear = legend.tone === 'linear';
  const extent: Extent = isLinear
    ? { from: 0, to: most, scale: 'linear' }
    : { from: 1, to: most, scale: 'log' };
  return bar('visits of a pixel', extent, legend, toneCurve(counts, legend.tone));
}

/** What the colours of a map mean. */
export function mapKey(
  result: Result,
  choice: MapChoice,
  look: MapOptions,
  legend: Legend,
  label: string,
): ColourBar | ColourList | undefined {
  if (!('range' in legend)) return namesOf(legend.colours, label);
  const { values } = mapCells(result, choice);
  const scale = mapScale(values, choice.array.kind, look);
  const [from, to] = scale.range;
  if (!(from < to)) return undefined;
  const isOverPowers =
    scale.tone === 'log' || (scale.tone === 'rank' && from > 0 && to > 10 * from);
  const extent: Extent = { from, to, scale: isOverPowers ? 'log' : 'linear' };
  return bar(label, extent, legend, (value) => scale.place(value));
}

function bar(
  label: string,
  extent: Extent,
  { map, none }: ScaleLegend,
  place: (value: number) => number,
): ColourBar {
  const colours = colormap(map);
  return {
    label,
    domain: [extent.from, extent.to],
    scale: extent.scale,
    colours: Array.from({ length: STEPS }, (_, at) =>
      colourAt(colours, place(valueAt(extent, at / (STEPS - 1)))),
    ),
    ...(none ? { none: { colour: none.colour, label: 'none' } } : {}),
  };
}

function colourAt({ colours }: Colormap, place: number): string {
  const entry = 3 * Math.round(255 * place);
  return `#${[...colours.subarray(entry, entry + 3)].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function namesOf(
  colours: readonly { readonly colour: string; readonly meaning: string }[],
  label: string,
): ColourList {
  const shown = colours.slice(0, MOST_NAMES);
  const rest = colours.length - shown.length;
  return {
    label,
    entries: [
      ...shown.map(({ colour, meaning }) => ({ colour, label: meaning })),
      ...(rest > 0 ? [{ colour: '#ffffff', label: `and ${rest} more` }] : []),
    ],
  };
}
