import type { Result } from '../engine/result.ts';
import { paintMap } from '../export/map.ts';
import { chooseMapArray } from '../export/map-arrays.ts';
import { densityCounts, paintDensity } from '../export/picture.ts';
import type { ImageMark, Mark, Panel } from '../figure/figure.ts';
import { pixelsOf } from '../figure/pixels.ts';
import type { Axis, DensityRequest, JointDensityRequest } from '../spec/spec.ts';
import { levelsOf, macroPlaneOf } from '../study/macro-plane.ts';
import { densityBar, mapKey } from './colour-keys.ts';
import { arrayLabel } from './labels.ts';
import { axisLine } from './names.ts';
import type { PlotOptions } from './plot-options.ts';

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

/** Cells along each side at which the macro part is computed, and its level lines. */
const [PLACES, LEVELS] = [120, 12];

/** A joint density without an axis: its picture, with level lines of the macro part where it is over that plane. */
export function jointPanel(
  result: Result,
  request: JointDensityRequest,
  { map, tone }: PlotOptions,
): Panel {
  const { name, of, range, bins } = request;
  const [width, height] = [Math.min(bins[0], MOST.width), Math.min(bins[1], MOST.height)];
  const options = { measure: name, map, tone, size: { width, height } };
  const painting = paintDensity(result, options);
  const [x, y] = range;
  const macro = macroPlaneOf(result.spec, request)?.({ x, y, columns: PLACES, rows: PLACES });
  const lines: readonly Mark[] = macro
    ? [
        {
          ...{ mark: 'contour', ...macro, levels: levelsOf(macro.values, LEVELS) },
          ...{ label: 'level lines of f₀', colour: 4 },
        },
      ]
    : [];
  return {
    x: { label: of[0], domain: [...x] },
    y: { label: of[1], domain: [...y] },
    marks: [
      {
        mark: 'image',
        picture: pixelsOf(painting),
        x: [...x],
        y: [...y],
        ...keyed(densityBar(densityCounts(result, options), painting.legend)),
      },
      ...lines,
    ],
  };
}

/** Maps over two axes: of the array asked for, or of every measure but densities of any kind. */
export function mapPanels(result: Result, options: PlotOptions): readonly Panel[] {
  const { spec } = result;
  const [first, second] = spec.axes as readonly [Axis, Axis]; // the caller has counted them
  const names = spec.measures.flatMap(({ measure, name }) =>
    measure.endsWith('density') ? [] : [name],
  );
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
