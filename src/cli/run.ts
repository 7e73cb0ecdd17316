import path from 'node:path';
import type { Provenance, Result } from '../engine/result.ts';
import type { EncodedPicture } from '../export/encoded-picture.ts';
import type { MapOptions } from '../export/map.ts';
import type { Print } from '../export/print-picture.ts';
import { type Arguments, commonOptions, textOf } from './arguments.ts';
import type { Command } from './command.ts';
import { engineOf } from './engine-choice.ts';
import { finishPicture } from './finish-picture.ts';
import type { Io } from './io.ts';
import { checkTarget, type Target, writeFiles } from './output.ts';
import { pictureFault, pictureHelp, pictureOptions, pictureRequest } from './picture-request.ts';
import { duration, progressLine, quantity } from './progress-line.ts';
import { legendWords, pictureReport, printJson } from './report.ts';
import { readSpec, type SpecInput } from './spec-input.ts';

const usage = 'etascope run SPEC.json [--out RESULT.npz] [--png PICTURE.png] [options]';

/** `etascope run`: computes what a spec asks for and writes it to files. */
export const runCommand: Command = {
  name: 'run',
  about: 'run a spec; write its result (NPZ) and its picture (PNG)',
  usage,
  options: {
    out: { value: 'RESULT.npz', short: 'o' },
    png: { value: 'PICTURE.png' },
    ...pictureOptions,
    ...commonOptions,
  },
  operands: ['SPEC.json'],
  required: 1,
  help: `SPEC.json is a spec file, - for stdin, or a preset's name if no such file exists.
Without --out and --png, writes NAME.npz and NAME.png into this folder.

  --out RESULT.npz    write the arrays, with the spec they came from
  --png PICTURE.png   write a picture: over one axis of the density, over two a map of a measure
${pictureHelp}
  --set FIELD=VALUE   override a field of the spec; repeatable
  --engine NAME       auto (default: a GPU where there is one, else cpu), webgpu or cpu
  --json              print a report as JSON to stdout
  --quiet             say nothing but errors

examples
  etascope run period-doubling
  etascope run spec.json --out result.npz --png picture.png --tone log
  etascope run spec.json --set steps.keep=5000 --set axes[0].to=3e-3
  etascope presets logistic | etascope run - --png logistic.png`,
  run: async (args, io) => {
    const [operand = ''] = args.operands;
    const look = await pictureRequest(args);
    const input = await readSpec(operand, args.values.get('set') ?? [], io);
    const notes: string[] = [];
    if (input.preset) notes.push(`no file ${input.preset} here: running the preset of that name`);
    const targets = await chooseTargets(args, input, look, notes, io);
    const isQuiet = args.flags.has('quiet') || args.flags.has('json');
    if (!isQuiet) for (const note of notes) io.stderr(`note: ${note}\n`);

    const run = await compute(args, input, targets, look, io);
    const { files, picture, provenance } = await encodeFiles(run, targets, look, io);
    writeFiles(files);

    const { orbitSteps, engine, precision, warnings, specHash } = provenance;
    if (args.flags.has('json')) {
      printJson(io, {
        files: files.map(({ kind, shown, bytes }) => ({ kind, path: shown, bytes: bytes.length })),
        orbitSteps,
        seconds: run.seconds,
        orbitStepsPerSecond: orbitSteps / run.seconds,
        engine,
        device: run.device,
        precision,
        specHash,
        ...(picture ? { picture: pictureReport(picture) } : {}),
        notes,
        warnings,
      });
    } else if (!isQuiet) {
      for (const warning of warnings) io.stderr(`warning: ${warning}\n`);
      const speed = `${quantity(orbitSteps / run.seconds)} orbit-steps/s`;
      io.stderr(`${quantity(orbitSteps)} orbit-steps in ${duration(run.seconds)}, ${speed}`);
      io.stderr(`, on ${engine} (${run.device})\n`);
      for (const { shown, bytes } of files)
        io.stderr(`wrote ${shown}, ${quantity(bytes.length)}B\n`);
      if (picture) io.stderr(`painted ${legendWords(picture.legend)}\n`);
    }
    return 0;
  },
};

interface Targets {
  readonly npz?: Target;
  readonly png?: Target;
}

/** Which files are asked for; every one of them can be written, and the picture can be painted. */
async function chooseTargets(
  args: Arguments,
  { spec, name, file }: SpecInput,
  look: MapOptions,
  notes: string[],
  io: Io,
): Promise<Targets> {
  const [out, png] = [textOf(args, 'out'), textOf(args, 'png')];
  const fault = await pictureFault(spec, look);
  const isDefault = out === undefined && png === undefined;
  // A picture that nobody asked for may be left out; one that was asked for may not.
  const asksForPicture =
    png !== undefined || Object.keys(pictureOptions).some((option) => args.values.has(option));
  if (fault && asksForPicture) throw fault;
  if (fault && isDefault) notes.push(`no picture: ${fault.message}`);

  const taken: Target[] =
    file === undefined ? [] : [{ shown: file, file: path.resolve(io.cwd, file) }];
  const choose = (shown: string | undefined, option: string) => {
    if (shown === undefined) return undefined;
    const target = checkTarget(shown, option, taken, io);
    taken.push(target);
    return target;
  };
  const npzTarget = choose(isDefault ? `${name}.npz` : out, '--out');
  const pngTarget = choose(isDefault && !fault ? `${name}.png` : png, '--png');
  return { ...(npzTarget ? { npz: npzTarget } : {}), ...(pngTarget ? { png: pngTarget } : {}) };
}

interface EncodedFile extends Target {
  readonly kind: 'npz' | 'png';
  readonly bytes: Uint8Array;
}

/** What was computed: a result, or a picture alone, of which a large one needs no result. */
interface Computed {
  readonly made: { readonly result: Result } | { readonly print: AsyncGenerator<number, Print> };
  readonly seconds: number;
  readonly device: string;
}

async function compute(
  args: Arguments,
  { spec }: SpecInput,
  { npz, png }: Targets,
  look: MapOptions,
  io: Io,
): Promise<Computed> {
  const { createEngine } = await import('../node/index.ts');
  const { printPicture } = await import('../export/print-picture.ts');
  io.signal.throwIfAborted();
  const engine = await createEngine({
    engine: engineOf(args),
    precision: spec.precision,
    rule: spec.optimizer.rule,
  });
  const line = progressLine(io, args.flags.has('quiet'));
  try {
    io.signal.throwIfAborted();
    const start = io.clock();
    const options = { signal: io.signal, onProgress: line.draw };
    const made =
      png && !npz
        ? { print: await printPicture(engine, spec, look, options) }
        : { result: await engine.run(spec, options) };
    return { made, seconds: io.clock() - start, device: engine.description };
  } finally {
    line.clear();
    engine.dispose();
  }
}

async function encodeFiles(
  { made }: Computed,
  { npz, png }: Targets,
  look: MapOptions,
  io: Io,
): Promise<{
  readonly files: readonly EncodedFile[];
  readonly picture?: EncodedPicture;
  readonly provenance: Provenance;
}> {
  const painted = (picture: EncodedPicture) =>
    png ? [{ ...png, kind: 'png' as const, bytes: picture.bytes }] : [];
  if ('print' in made) {
    const picture = await finishPicture(made.print, io);
    return { files: painted(picture), picture, provenance: picture.provenance };
  }
  const { encodeNpz } = await import('../export/npz.ts');
  const { encodePicture } = await import('../export/print-picture.ts');
  const { result } = made;
  const { provenance } = result;
  const arrays = npz ? [{ ...npz, kind: 'npz' as const, bytes: encodeNpz(result) }] : [];
  if (!png) return { files: arrays, provenance };
  const picture = await finishPicture(encodePicture(result, look), io);
  return { files: [...arrays, ...painted(picture)], picture, provenance };
}
