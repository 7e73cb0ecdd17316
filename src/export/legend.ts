import type { ToneName } from './tone.ts';

/** How the colours of a picture say values. */
export interface ScaleLegend {
  /** What is painted, as it may be asked for: `density`, `lyapunov[0]`. */
  readonly array: string;
  readonly map: string;
  readonly tone: ToneName;
  /** Values at the first and last colour of the map. */
  readonly range: readonly [number, number];
  /** Value at the middle colour, where it is not the middle of the range. */
  readonly centre?: 0;
  /** Least and greatest value of all cells; absent where no cell has one. */
  readonly values?: readonly [number, number];
  /** Cells without a value, e.g. where all orbits diverged, and their colour. */
  readonly none?: Swatch;
}

/** What each colour of a picture means. */
export interface NamesLegend {
  readonly array: string;
  readonly colours: readonly (Swatch & { readonly meaning: string })[];
}

export type Legend = ScaleLegend | NamesLegend;

/** A colour with the number of pixels that have it. */
export interface Swatch {
  /** sRGB, `#rrggbb`. */
  readonly colour: string;
  readonly pixels: number;
}

/** Red, green and blue of `#rrggbb`, 0 to 255. */
export function channelsOf(colour: string): readonly number[] {
  return (colour.match(/[0-9a-f]{2}/g) ?? []).map((digits) => Number.parseInt(digits, 16));
}
