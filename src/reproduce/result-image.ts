import type { Result } from '../engine/result.ts';
import { colormap } from '../export/colormaps.ts';
import { paintResult } from '../export/paint-result.ts';
import type { ImageMark } from '../figure/figure.ts';
import { pixelsOf } from '../figure/pixels.ts';

/** Colours of a density on paper: few visits light, many dark, so that lines in colour stand out. */
const onPaper = { map: 'grey_r' } as const;

/**
 * What a run over one axis visited, as pixels of a panel.
 *
 * @param x edges of the axis in the unit of the panel; `y` those of the density.
 * @param size pixels; default: a cell each.
 */
export function densityImage(
  result: Result,
  x: readonly [number, number],
  y: readonly [number, number],
  size?: { readonly width: number; readonly height: number },
): ImageMark {
  const picture = paintResult(result, { ...onPaper, size });
  return { mark: 'image', picture: pixelsOf(picture), x, y };
}

/**
 * Numbers over two axes, with the bar of their colours.
 *
 * @param options what is painted, as of `paintResult`; its tone is `linear` or `log`.
 */
export function mapImage(
  result: Result,
  options: {
    readonly measure: string;
    readonly tone: 'linear' | 'log';
    readonly range?: readonly [number, number];
  },
  label: string,
  x: readonly [number, number],
  y: readonly [number, number],
): ImageMark {
  const picture = paintResult(result, options);
  const { legend } = picture;
  if (!('map' in legend)) throw new TypeError('a regime has a list of colours, not a bar');
  const { colours } = colormap(legend.map);
  const bar = Array.from({ length: 64 }, (_, at) => {
    const entry = 3 * Math.round((255 * at) / 63);
    const channels = [...colours.subarray(entry, entry + 3)];
    return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  });
  const [from, to] = legend.range;
  return {
    mark: 'image',
    picture: pixelsOf(picture),
    x,
    y,
    colours: { label, domain: [from, to], scale: options.tone, colours: bar },
  };
}
