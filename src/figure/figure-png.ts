import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { encodePng } from '../export/png.ts';
import type { Figure } from './figure.ts';
import { figureSvg } from './figure-svg.ts';

/** Pixels of a PNG whose zoom is not given. */
const MOST_PIXELS = 3e6;

/** What turns an SVG into pixels: who may read files brings it. */
export interface Typesetter {
  /** The WebAssembly module of @resvg/resvg-wasm. */
  readonly wasm: Uint8Array;
  /** DejaVu Sans, as TrueType. */
  readonly font: Uint8Array;
}

export interface PngOptions {
  /** Pixels of the PNG for one of the figure; default 2, and less for a figure of more than 0.7 megapixels. */
  readonly zoom?: number;
  /** Keyword to text, kept in the file; see `provenanceText`. */
  readonly text?: Readonly<Record<string, string>>;
}

/**
 * Draws a figure as PNG. Equal figures give equal bytes.
 *
 * @throws {RequestError} `bad-figure`, as of `figureSvg`.
 */
export async function figurePng(
  figure: Figure,
  typesetter: Typesetter,
  options: PngOptions = {},
): Promise<Uint8Array> {
  return await svgPng(await figureSvg(figure), typesetter, options);
}

/** Turns the SVG of a figure into a PNG. */
export async function svgPng(
  svg: string,
  { wasm, font }: Typesetter,
  { zoom, text = {} }: PngOptions = {},
): Promise<Uint8Array> {
  await start(wasm);
  const scale = zoom ?? zoomOf(svg);
  // No picture has more pixels than twice its place: then each is drawn as it is.
  const drawn =
    scale < 2 ? svg : svg.replaceAll('<image ', '<image image-rendering="optimizeSpeed" ');
  const drawing = new Resvg(drawn, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontBuffers: [font], defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
  });
  const image = drawing.render();
  const { width, height, pixels } = image;
  const data = new Uint8Array(3 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      data[3 * pixel + channel] = pixels[4 * pixel + channel] ?? 0; // opaque: the figure is white below
    }
  }
  image.free();
  drawing.free();
  return encodePng({ width, height, channels: 3, bits: 8, data }, text);
}

/** 2, 1.5 or 1: as sharp as a few hundred kB allow. */
function zoomOf(svg: string): number {
  const [, width, height] = / width="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  const zoom = Math.sqrt(MOST_PIXELS / (Number(width) * Number(height)));
  return Math.min(2, Math.max(1, Math.floor(2 * zoom) / 2));
}

let started: Promise<void> | undefined;

/** The module can be started only once. */
function start(wasm: Uint8Array): Promise<void> {
  started ??= initWasm(wasm as Uint8Array<ArrayBuffer>); // no file is read into shared memory
  return started;
}
