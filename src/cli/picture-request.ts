import type { PaintOptions } from '../export/picture.ts';
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
  size: { value: 'WxH' },
  bits: { value: '8|16' },
} as const satisfies Options;

/** Their lines in a help text. */
export const pictureHelp = `  --map NAME          colormap: inferno (default), magma, viridis, grey …; NAME_r reverses it
  --tone NAME         linear, log or rank (default): how counts become brightness
  --size WxH          pixels; default one per cell of the density
  --bits 8|16         bits per channel, default 8
  --measure NAME      which density, if there are several`;

/**
 * What the picture options of a command line ask for.
 *
 * @throws {UsageError} `unknown-choice`, `bad-size`.
 */
export async function pictureRequest(args: Arguments): Promise<PaintOptions> {
  const tone = await choiceAmong(args, 'tone');
  const map = await choiceAmong(args, 'map');
  const bits = choiceOf(args, 'bits', ['8', '16']);
  const size = textOf(args, 'size');
  return {
    measure: textOf(args, 'measure'),
    map,
    tone,
    bits: bits === undefined ? undefined : Number(bits),
    size: size === undefined ? undefined : await parseSize(size, args.usage),
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

/**
 * Why the density of `spec` cannot be painted as asked, or nothing where it can.
 *
 * Asked before the run, so that no one waits an hour for a picture that cannot be.
 */
export async function pictureFault(
  spec: Spec,
  { measure, size }: PaintOptions,
): Promise<RequestError | undefined> {
  const densities = spec.measures.filter((request) => request.measure === 'density');
  const density = measure ? densities.find(({ name }) => name === measure) : densities[0];
  if (!density) {
    return new RequestError({
      code: 'no-density',
      where: '--measure',
      what: measure
        ? 'the spec has no density of that name'
        : 'the spec asks for no density to paint',
      ...(measure ? { got: measure } : {}),
      cure:
        densities.length > 0
          ? `choose ${densities.map(({ name }) => name).join(', ')}`
          : 'use --out alone',
    });
  }
  if (spec.axes.length > 1) {
    return new RequestError({
      code: 'not-a-picture',
      where: 'axes',
      what: 'a density over two axes has three dimensions, and a picture has two',
      cure: 'use --out alone, or fix one of the axes',
    });
  }
  const columns = spec.axes[0]?.count;
  // a curve, where there is no axis, is 16 : 9
  const pixels = columns
    ? columns * density.bins
    : Math.ceil((9 * density.bins) / 16) * density.bins;
  const { maxPixels } = await import('../export/picture.ts');
  if (!size && pixels > maxPixels) {
    return new RequestError({
      code: 'bad-size',
      where: '--size',
      what: `one pixel per cell makes ${pixels} pixels, more than the ${maxPixels} a picture may have`,
      cure: 'give a --size, e.g. 3840x2160',
    });
  }
  return undefined;
}
