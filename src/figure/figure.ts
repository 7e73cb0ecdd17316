/** A figure: panels with axes under one title, as plain numbers; nothing of how it is drawn. */
export interface Figure {
  readonly title: string;
  /** One line below the title, e.g. the objective. */
  readonly subtitle?: string;
  /** Drawn in rows of `columns`. */
  readonly panels: readonly Panel[];
  /** Panels in a row; default 1. */
  readonly columns?: number;
}

/**
 * One pair of axes and what is drawn between them: first marks lowest, but dashed curves above all that is
 * not dashed, and words above all.
 */
export interface Panel {
  readonly title?: string;
  readonly x: AxisLine;
  readonly y: AxisLine;
  readonly marks: readonly Mark[];
  /** Pixels of the area between the axes; default 720 x 420. */
  readonly width?: number;
  readonly height?: number;
}

/** An axis: what it shows and between which numbers. */
export interface AxisLine {
  /** Quantity and unit, e.g. `learning rate η` (dimensionless numbers have no unit). */
  readonly label: string;
  /** Default `linear`. */
  readonly scale?: 'linear' | 'log';
  /** Least and greatest number shown; default: what the marks span. */
  readonly domain?: readonly [number, number];
}

/**
 * A colour of the figure: `data` for what was computed, `theory` for what was expected, `quiet` for lines to
 * go by, others by number. Default: `theory` for dashed curves and level lines, `quiet` for rules, else `data`.
 */
export type Colour = 'data' | 'theory' | 'quiet' | 0 | 1 | 2 | 3 | 4 | 5;

interface Labelled {
  /** Its words in the legend; none, none there. */
  readonly label?: string;
  readonly colour?: Colour;
}

/** Arrays of a mark have one length; a number that is not finite breaks a curve and hides a point. */
export type Mark =
  | CurveMark
  | PointsMark
  | HistogramMark
  | ImageMark
  | RuleMark
  | ContourMark
  | TextMark;

/** A line through points, in their order, thinned to what half a pixel shows. */
export interface CurveMark extends Labelled {
  readonly mark: 'curve';
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly dash?: boolean;
}

/**
 * Points, with bars from y - error to y + error where `error` is given. All that lie between the axes are
 * drawn, but one at most at each hundredth of a pixel.
 */
export interface PointsMark extends Labelled {
  readonly mark: 'points';
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly error?: ArrayLike<number>;
  /** Diameter in pixels; default 6. */
  readonly size?: number;
}

/** Filled bars between `edges` [n + 1], as high as `heights` [n]. */
export interface HistogramMark extends Labelled {
  readonly mark: 'histogram';
  readonly edges: ArrayLike<number>;
  readonly heights: ArrayLike<number>;
}

/** Pixels that fill a rectangle of the axes; their rows run from the top down. */
export interface ImageMark {
  readonly mark: 'image';
  readonly picture: Pixels;
  /** Left and right edge, on the x axis. */
  readonly x: readonly [number, number];
  /** Lower and upper edge, on the y axis. */
  readonly y: readonly [number, number];
  /** What the colours mean: a bar beside the panel, or a list of flat colours. */
  readonly colours?: ColourBar | ColourList;
}

/** Pixels of 8 bits, row-major from the top left; three channels are red, green, blue (sRGB), one is grey. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

export interface ColourBar {
  readonly label: string;
  /** Numbers at the ends of `colours`. */
  readonly domain: readonly [number, number];
  readonly scale?: 'linear' | 'log';
  /** Colours as `#rrggbb`, evenly spaced from the first number to the last. */
  readonly colours: readonly string[];
  /** The colour of pixels without a number, below the bar. */
  readonly none?: { readonly colour: string; readonly label: string };
}

export interface ColourList {
  readonly label: string;
  readonly entries: readonly { readonly colour: string; readonly label: string }[];
}

/** A line over the whole panel at a number of one axis, with its words beside it: a threshold. */
export interface RuleMark {
  readonly mark: 'rule';
  /** Which axis the number is of. */
  readonly axis: 'x' | 'y';
  readonly at: number;
  /** Words at its end, e.g. `K₁`. */
  readonly label?: string;
  readonly colour?: Colour;
}

/** Level lines of a function of both axes, given at cell centres: `values` [rows, columns], from the lowest y on. */
export interface ContourMark extends Labelled {
  readonly mark: 'contour';
  readonly columns: number;
  readonly rows: number;
  readonly values: ArrayLike<number>;
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly levels: readonly number[];
}

/** Words at a place. */
export interface TextMark {
  readonly mark: 'text';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly colour?: Colour;
}
