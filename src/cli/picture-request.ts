import type { MapOptions } from '../export/map.ts';
import type { Size } from '../export/resample.ts';
import { RequestError } from '../spec/errors.ts';
import { wordCure } from '../spec/nearest-word.ts';
import type { Spec } from '../spec/spec.ts';
import { type Arguments, choiceOf, type Options, textOf } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/** Options of every command that paints. */
export const pictureOptions = {
  measure: { value: 'NAME' },
  map: { value: 'NAME' },
  tone: { value: 'NAME' },
  range: { value: 'LO:HI' },
  size: { value: 'WxH' },
  bits: { value: '8|16' },
} as const satisfies Options;

/** Their lines in a help text. */
export const pictureHelp = `  --map NAME          colormap: inferno, magma, viridis, grey …; about 0 frostfire, rdbu …;
                      NAME_r reverses it
  --tone NAME         linear, log or rank: how numbers become colours
  --range LO:HI       values at the two ends of the colours of a map; --range=-1:2 below 0
  --size WxH          pixels; default one per cell
  --bits 8|16         bits per channel, default 8
  --measure NAME      which measure or array, if there are several; over two axes also its place in
                      further dimensions, lyapunov[1] or density[40]`;

/**
 * What the picture options of a command line ask for.
 *
 * @throws {UsageError} `unknown-choice`, `bad-size`, `bad-range`.
 */
export async function pictureRequest(args: Arguments): Promise<MapOptions> {
  const tone = await choiceAmong(args, 'tone');
  const map = await choiceAmong(args, 'map');
  const bits = choiceOf(args, 'bits', ['8', '16']);
  const size = textOf(args, 'size');
  const range = textOf(args, 'range');
  return {
    measure: textOf(args, 'measure'),
    map,
    tone,
    bits: bits === undefined ? undefined : Number(bits),
    size: size === undefined ? undefined : await parseSize(size, args.usage),
    range: range === undefined ? undefined : parseRange(range, args.usage),
  };
}

async function choiceAmong(args: Arguments, option: 'map' | 'tone'): Promise<string | undefined> {
  const text = textOf(args, option);
  if (text === undefined) return undefined; // and the tables need not be loaded
  const names: readonly string[] =
    option === 'map'
      ? (await import('../export/colormaps.ts')).colormapNames
      : (await import('../export/tone.ts')).toneNames;
  if (names.includes(text)) return text;
  throw new UsageError(args.usage, {
    code: 'unknown-choice',
    where: `--${option}`,
    what: 'no such choice',
    got: text,
    cure: wordCure(text, names),
  });
}

async function parseSize(text: string, usage: string): Promise<Size> {
  const { maxPixels } = await import('../export/picture.ts');
  const [, width, height] = /^([1-9]\d{0,8})x([1-9]\d{0,8})$/.exec(text)?.map(Number) ?? [];
  if (width && height && width * height <= maxPixels) return { width, height };
  throw new UsageError(usage, {
    code: 'bad-size',
    where: '--size',
    what: `not a width and a height in pixels, at least 1x1 and at most ${maxPixels} pixels in all`,
    got: text,
    cure: 'write e.g. 1920x1080',
  });
}

function parseRange(text: string, usage: string): readonly [number, number] {
  const [lo = Number.NaN, hi = Number.NaN, ...more] = text
    .split(':')
    .map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (Number.isFinite(lo) && Number.isFinite(hi) && lo < hi && more.length === 0) return [lo, hi];
  throw new UsageError(usage, {
    code: 'bad-range',
    where: '--range',
    what: 'not two numbers, the lesser one first',
    got: text,
    cure: 'write e.g. 0:2.5',
  });
}

/**
 * Why no picture of a result of `spec` can be painted as asked, or nothing where one can.
 *
 * Asked before the run, so that no one waits an hour for a picture that cannot be.
 */
export async function pictureFault(
  spec: Spec,
  options: MapOptions,
): Promise<RequestError | undefined> {
  const { planPicture } = await import('../export/paint-result.ts');
  const { maxPixels } = await import('../export/picture.ts');
  try {
    const { size } = planPicture(spec, options);
    const pixels = size.width * size.height;
    if (options.size || pixels <= maxPixels) return undefined;
    return new RequestError({
      code: 'bad-size',
      where: '--size',
      what: `one pixel per cell makes ${pixels} pixels, more than the ${maxPixels} a picture may have`,
      cure: 'give a --size, e.g. 3840x2160',
    });
  } catch (error) {
    if (error instanceof RequestError) return asOption(error);
    throw error;
  }
}

/** The same fault, where it is one of an option, named as on the command line. */
export function asOption(fault: RequestError, options: Options = pictureOptions): RequestError {
  const { code, where, message } = fault;
  if (!Object.hasOwn(options, where)) return fault;
  return new RequestError({ code, where: `--${where}`, what: message.slice(`${where}: `.length) });
}
