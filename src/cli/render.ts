import path from 'node:path';
import { commonOptions, textOf } from './arguments.ts';
import type { Command } from './command.ts';
import { finishPicture } from './finish-picture.ts';
import { checkTarget, writeFiles } from './output.ts';
import { pictureFault, pictureHelp, pictureOptions, pictureRequest } from './picture-request.ts';
import { quantity } from './progress-line.ts';
import { legendWords, pictureReport, printJson } from './report.ts';
import { readResult, refuseChanges } from './result-input.ts';
import { UsageError } from './usage-error.ts';

const usage = 'etascope render RESULT.npz --png PICTURE.png [options]';

/** `etascope render`: paints a result that is there already. */
export const renderCommand: Command = {
  name: 'render',
  about: 'paint an existing result',
  usage,
  options: { png: { value: 'PICTURE.png' }, ...pictureOptions, ...commonOptions },
  operands: ['RESULT.npz'],
  required: 1,
  help: `Paints a result: over one axis a density or escape times, over two a map of any other measure.
Computes nothing anew.

  --png PICTURE.png   where to write it
${pictureHelp}
  --json              print a report as JSON to stdout
  --quiet             say nothing but errors

examples
  etascope render result.npz --png picture.png
  etascope render result.npz --png print.png --map grey_r --tone log --bits 16
  etascope render result.npz --png small.png --size 960x540
  etascope render plane.npz --png exponents.png --measure lyapunov --map rdbu_r --range=-2:2`,
  run: async (args, io) => {
    const [operand = ''] = args.operands;
    const png = textOf(args, 'png');
    if (png === undefined) {
      throw new UsageError(usage, {
        code: 'missing-argument',
        where: '--png',
        what: 'is missing',
        cure: 'say where to write the picture',
      });
    }
    refuseChanges(args);
    const look = await pictureRequest(args);
    const result = await readResult(operand, io);
    const fault = await pictureFault(result.spec, look);
    if (fault) throw fault;
    const taken = operand === '-' ? [] : [{ shown: operand, file: path.resolve(io.cwd, operand) }];
    const target = checkTarget(png, '--png', taken, io);

    const { encodePicture } = await import('../export/print-picture.ts');
    const picture = await finishPicture(encodePicture(result, look), io);
    const file = { ...target, bytes: picture.bytes };
    writeFiles([file]);

    const { width, height, legend } = picture;
    if (args.flags.has('json')) {
      const path = file.shown;
      printJson(io, {
        files: [{ kind: 'png', path, bytes: file.bytes.length }],
        ...pictureReport(picture),
      });
    } else if (!args.flags.has('quiet')) {
      io.stderr(`wrote ${file.shown}, ${width}x${height}, ${quantity(file.bytes.length)}B\n`);
      io.stderr(`painted ${legendWords(legend)}\n`);
    }
    return 0;
  },
};
