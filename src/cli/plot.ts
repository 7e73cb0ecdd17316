import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { RequestError } from '../spec/errors.ts';
import { type Arguments, choiceOf, commonOptions, textOf } from './arguments.ts';
import type { Command } from './command.ts';
import { checkTarget, writeFiles } from './output.ts';
import { asOption, pictureOptions, pictureRequest } from './picture-request.ts';
import { quantity } from './progress-line.ts';
import { printJson } from './report.ts';
import { readResult, refuseChanges } from './result-input.ts';
import { UsageError } from './usage-error.ts';

const usage = 'etascope plot RESULT.npz --out FIGURE.svg|.png [options]';

const { bits: _, ...paintOptions } = pictureOptions;
const plotOptions = {
  out: { value: 'FIGURE', short: 'o' },
  ...paintOptions,
  log: { value: 'AXES' },
  title: { value: 'TEXT' },
} as const;

/** `etascope plot`: draws a result as a figure with axes. */
export const plotCommand: Command = {
  name: 'plot',
  about: 'draw an existing result with axes, as SVG or PNG',
  usage,
  options: { ...plotOptions, ...commonOptions },
  operands: ['RESULT.npz'],
  required: 1,
  help: `Draws a result with axes, units and what its colours mean: over one axis densities as pictures and
other measures as points with error bars, over two as maps; without an axis as histograms, with the
laws that are known. Several measures stand one below another. Computes nothing anew.

  --out FIGURE        where to write it; .svg or .png
  --measure NAME      which measure or array, if not all; over two axes also its place in further
                      dimensions, lyapunov[1]
  --log AXES          x, y or xy: logarithmic axes, besides those the result is logarithmic in
  --size WxH          pixels between the axes of a panel; default 720x420
  --title TEXT        default: the title of the spec
  --map NAME          colormap: inferno, magma, viridis, grey …; NAME_r reverses it
  --tone NAME         linear, log or rank: how numbers become colours
  --range LO:HI       values at the two ends of the colours of a map
  --json              print a report as JSON to stdout
  --quiet             say nothing but errors

examples
  etascope plot result.npz --out figure.svg
  etascope plot sweep.npz --out exponents.png --measure lyapunov --title "Where chaos begins"
  etascope plot escape.npz --out escape.svg --log xy --size 480x360`,
  run: async (args, io) => {
    const [operand = ''] = args.operands;
    const { shown, isPng } = outputOf(args);
    refuseChanges(args);
    const look = await pictureRequest(args);
    const log = choiceOf(args, 'log', ['x', 'y', 'xy'] as const);
    const result = await readResult(operand, io);
    const taken = operand === '-' ? [] : [{ shown: operand, file: path.resolve(io.cwd, operand) }];
    const target = checkTarget(shown, '--out', taken, io);

    const { plotResult } = await import('../plot/plot-result.ts');
    const { figurePng, figureSvg } = await import('./draw-figure.ts');
    const { provenanceText } = await import('../export/png.ts');
    try {
      const options = { ...look, log, title: textOf(args, 'title') };
      const figure = plotResult(result, options);
      const bytes = isPng
        ? await figurePng(figure, { text: provenanceText(result) })
        : new TextEncoder().encode(await figureSvg(figure));
      await setImmediate(); // a signal that came meanwhile gets its turn
      io.signal.throwIfAborted();
      writeFiles([{ ...target, bytes }]);

      const panels = figure.panels.length;
      if (args.flags.has('json')) {
        const kind = isPng ? 'png' : 'svg';
        const shows = figure.panels.map(({ x, y }) => ({ x: x.label, y: y.label }));
        const files = [{ kind, path: target.shown, bytes: bytes.length }];
        printJson(io, { files, panels: shows });
      } else if (!args.flags.has('quiet')) {
        const words = panels === 1 ? '1 panel' : `${panels} panels`;
        io.stderr(`wrote ${target.shown}, ${words}, ${quantity(bytes.length)}B\n`);
      }
      return 0;
    } catch (error) {
      throw error instanceof RequestError ? asOption(error, plotOptions) : error;
    }
  },
};

/** @throws {UsageError} `missing-argument`, `unknown-format`. */
function outputOf(args: Arguments): { readonly shown: string; readonly isPng: boolean } {
  const shown = textOf(args, 'out');
  if (shown === undefined) {
    throw new UsageError(usage, {
      code: 'missing-argument',
      where: '--out',
      what: 'is missing',
      cure: 'say where to write the figure',
    });
  }
  const extension = path.extname(shown).toLowerCase();
  if (extension === '.png' || extension === '.svg') return { shown, isPng: extension === '.png' };
  throw new UsageError(usage, {
    code: 'unknown-format',
    where: '--out',
    what: 'a figure is an SVG or a PNG file',
    got: shown,
    cure: 'end its name in .svg or .png',
  });
}
