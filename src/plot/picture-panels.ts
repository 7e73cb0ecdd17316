import type { Result } from '../engine/result.ts';
import { paintMap } from '../export/map.ts';
import { chooseMapArray } from '../export/map-arrays.ts';
import { densityCounts, paintDensity } from '../export/picture.ts';
import type { ImageMark, Panel } from '../figure/figure.ts';
import { pixelsOf } from '../figure/pixels.ts';
import type { Axis, DensityRequest } from '../spec/spec.ts';
import { densityBar, mapKey } from './colour-keys.ts';
import { arrayLabel } from './labels.ts';
import { axisLine } from './names.ts';
import type { PlotOptions } from './plot-result.ts';

/** Pixels a picture has at most: twice those of its panel, since figures are drawn at twice their size. */
const MOST = { width: 1440, height: 840 } as const;

/** A density over one axis: its picture, counts brought to the pixels of the panel before they get colours. */
export function densityPanel(
  result: Result,
  { name, of, range, bins }: DensityRequest,
  { map, tone }: PlotOptions,
): Panel {
  const [axis] = result.spec.axes as readonly [Axis]; // the caller has seen that there is one
  const size = { width: Math.min(axis.count, MOST.width), height: Math.min(bins, MOST.height) };
  const options = { measure: name, map, tone, size };
  const painting = paintDensity(result, options);
  const x = axisLine(axis);
  return {
    x,
    y: { label: of, domain: [...range] },
    marks: [
      {
        mark: 'image',
        picture: pixelsOf(painting),
        x: [axis.from, axis.to],
        y: [...range],
        ...keyed(densityBar(densityCounts(result, options), painting.legend)),
      },
    ],
  };
}

/** Maps over two axes: of the array asked for, or of every measure but densities. */
export function mapPanels(result: Result, options: PlotOptions): readonly Panel[] {
  const { spec } = result;
  const [first, second] = spec.axes as readonly [Axis, Axis]; // the caller has counted them
  const names = spec.measures.flatMap(({ measure, name }) => (measure === 'density' ? [] : [name]));
  const asked = options.measure === undefined && names.length > 0 ? names : [options.measure];
  const { map, tone, range } = options;
  return asked.map((measure) => {
    const look = { measure, map, tone, range };
    const choice = chooseMapArray(spec, measure);
    const painting = paintMap(result, look);
    const label = arrayLabel(spec, choice);
    const key = mapKey(result, choice, look, painting.legend, label);
    return {
      ...(key ? {} : { title: `${label}: one value` }),
      x: axisLine(first),
      y: axisLine(second),
      marks: [
        {
          mark: 'image',
          picture: pixelsOf(painting),
          x: [first.from, first.to],
          y: [second.from, second.to],
          ...keyed(key),
        },
      ],
    };
  });
}

/** No key where all colours are one. */
function keyed(colours: ImageMark['colours']): Pick<ImageMark, 'colours'> {
  return colours === undefined ? {} : { colours };
}
