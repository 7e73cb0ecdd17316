import { RequestError } from '../spec/errors.ts';
import { wordCure } from '../spec/nearest-word.ts';
import { commonOptions } from './arguments.ts';
import type { Command } from './command.ts';
import { paragraph } from './paragraph.ts';
import { printJson } from './report.ts';
import { checkFormulas } from './spec-input.ts';
import { UsageError } from './usage-error.ts';

const usage = 'etascope presets [NAME] [--set FIELD=VALUE]… [--json]';

/** `etascope presets`: lists the built-in specs, or prints one as JSON. */
export const presetsCommand: Command = {
  name: 'presets',
  about: 'list the built-in specs, or print one as JSON',
  usage,
  options: commonOptions,
  operands: ['NAME'],
  required: 0,
  help: `Lists the built-in specs; with a NAME, prints that spec to stdout as JSON.

  --set FIELD=VALUE   change a field of the printed spec; repeatable
  --json              the list as JSON

examples
  etascope presets
  etascope presets period-doubling > mine.json
  etascope run period-doubling`,
  run: async (args, io) => {
    const { presets } = await import('../spec/presets.ts');
    const [name] = args.operands;
    const sets = args.values.get('set') ?? [];
    if (name !== undefined) {
      const { applyOverrides } = await import('../spec/overrides.ts');
      const { parseSpec } = await import('../spec/parse.ts');
      const input = applyOverrides(presetNamed(presets, name).spec, sets);
      await checkFormulas(parseSpec(input)); // what is printed can be run
      printJson(io, input);
      return 0;
    }
    if (sets.length > 0) {
      throw new UsageError(usage, {
        code: 'missing-argument',
        where: '--set',
        what: 'changes a preset, but none is named',
        cure: 'name one',
      });
    }
    if (args.flags.has('json')) {
      const list = Object.entries(presets).map(([name, { about, source }]) => ({
        name,
        about,
        source,
      }));
      printJson(io, list);
      return 0;
    }
    for (const [name, { about, source }] of Object.entries(presets)) {
      io.stdout(`${name}\n  ${paragraph(about, { indent: 2 })}\n`);
      io.stdout(`  ${paragraph(`Source: ${source}`, { indent: 2 })}\n`);
    }
    return 0;
  },
};

/**
 * A preset by its name.
 *
 * @throws {RequestError} `unknown-preset`, with the nearest name and all of them.
 */
export function presetNamed<Preset>(
  presets: Readonly<Record<string, Preset>>,
  name: string,
): Preset {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset) return preset;
  throw new RequestError({
    code: 'unknown-preset',
    where: name,
    what: 'no such preset',
    cure: wordCure(name, Object.keys(presets)),
  });
}
