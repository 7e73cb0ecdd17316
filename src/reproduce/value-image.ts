import { colormap, paint8 } from '../export/colormaps.ts';
import type { ImageMark } from '../figure/figure.ts';

/** Numbers over two axes, and how they are painted. */
export interface ValueImage {
  readonly columns: number;
  readonly rows: number;
  /** [rows, columns], from the lowest y on. */
  readonly values: ArrayLike<number>;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  /** What the values are. */
  readonly label: string;
  /** Values of the first and the last colour; what lies beyond takes these. */
  readonly domain: readonly [number, number];
  readonly scale: 'linear' | 'log';
  /** Name of a colormap. */
  readonly map: string;
}

/** An image of numbers with its bar of colours. */
export function valueImage(of: ValueImage): ImageMark {
  const { columns, rows, values, x, y, label, domain, scale } = of;
  const palette = colormap(of.map);
  const place = scale === 'log' ? Math.log : (value: number) => value;
  const [lo, hi] = [place(domain[0]), place(domain[1])];
  const tones = Float64Array.from({ length: columns * rows }, (_, pixel) => {
    const row = rows - 1 - Math.floor(pixel / columns);
    const tone = (place(values[row * columns + (pixel % columns)] ?? Number.NaN) - lo) / (hi - lo);
    return tone > 0 ? Math.min(1, tone) : 0;
  });
  const hex = (entry: number) =>
    `#${Array.from(palette.colours.subarray(3 * entry, 3 * entry + 3), (channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  const picture = {
    width: columns,
    height: rows,
    channels: palette.isGrey ? (1 as const) : (3 as const),
    data: paint8(tones, palette),
  };
  const colours = Array.from({ length: 256 }, (_, entry) => hex(entry));
  return { mark: 'image', picture, x, y, colours: { label, domain, scale, colours } };
}
