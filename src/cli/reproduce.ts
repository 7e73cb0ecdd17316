import { existsSync } from 'node:fs';
import path from 'node:path';
import { holds } from '../reproduce/check.ts';
import type { GalleryEntry } from '../reproduce/gallery-page.ts';
import type { Effort, Reproduction } from '../reproduce/reproduction.ts';
import { type Arguments, choiceOf, commonOptions, textOf } from './arguments.ts';
import type { Command } from './command.ts';
import { engineOf } from './engine-choice.ts';
import { Interruption, type Io } from './io.ts';
import { paragraph } from './paragraph.ts';
import { duration, progressLine } from './progress-line.ts';
import { printJson } from './report.ts';
import { checkTable } from './reproduce/check-table.ts';
import { ALL, chooseReproductions } from './reproduce/choose-reproductions.ts';
import { engineShelf } from './reproduce/engine-shelf.ts';
import { checkFolder, type OutputFolder } from './reproduce/output-folder.ts';
import { fileNames, type Performance, perform } from './reproduce/perform.ts';
import { UsageError } from './usage-error.ts';

const usage = 'etascope reproduce [NAME…|all] --out DIR [options]';
const PAGE = 'README.md';

/** `etascope reproduce`: recomputes figures of the literature and says whether their numbers hold. */
export const reproduceCommand: Command = reproduceCommandFor(async () => {
  const { reproductions } = await import('../reproduce/registry.ts');
  return reproductions;
});

/** The command for other reproductions than the built-in ones. */
export function reproduceCommandFor(load: () => Promise<readonly Reproduction[]>): Command {
  return {
    name: 'reproduce',
    about: 'recompute figures of the literature; measured beside expected',
    usage,
    options: { out: { value: 'DIR', short: 'o' }, effort: { value: 'NAME' }, ...commonOptions },
    operands: ['NAME'],
    required: 0,
    repeatsLast: true,
    help: `Runs the specs of a figure, writes NAME.png, NAME.svg, NAME.npz and NAME.json into DIR, and prints
what was measured beside what is expected; exit code 1 where a number lies outside its error bar.
Without a NAME, lists the figures. all: every figure, and README.md, the page of them.

  --out DIR           folder for the files; made if it is not there, but its parent must be
  --effort NAME       full (default, some 20 s each) or quick (a tenth, with wider error bars)
  --engine NAME       auto (default), cpu, or webgpu: then all leaves out what needs float64
  --json              the list or the report as JSON to stdout
  --quiet             say nothing but the table and errors

examples
  etascope reproduce
  etascope reproduce period-doubling --out figures
  etascope reproduce all --out figures --effort quick`,
    run: async (args, io) => {
      refuseSet(args);
      const known = await load();
      if (args.operands.length === 0) return list(known, args, io);
      const engine = engineOf(args);
      const effort = choiceOf(args, 'effort', ['full', 'quick'] as const) ?? 'full';
      const { chosen, skipped } = chooseReproductions(known, args.operands, engine);
      const hasPage = args.operands.includes(ALL);
      const names = chosen.flatMap((reproduction) => fileNames(reproduction, effort));
      const folder = checkFolder(outOf(args), '--out', hasPage ? [...names, PAGE] : names, io);

      const isQuiet = args.flags.has('quiet');
      const tell = (text: string) => (isQuiet ? undefined : io.stderr(text));
      for (const { name } of skipped) tell(`${name}: skipped, it needs float64\n`);
      const shelf = engineShelf();
      const line = progressLine(io, isQuiet);
      const done: Performed[] = [];
      try {
        for (const reproduction of chosen) {
          const start = io.clock();
          const { files, ...performance } = await perform(reproduction, {
            ...{ effort, engine, shelf, line, io },
          });
          const written = folder.write(files).map(({ shown }) => shown);
          const seconds = io.clock() - start;
          done.push({ ...performance, written, seconds });
          if (!args.flags.has('json')) io.stdout(tableOf(performance));
          const { name } = reproduction;
          tell(`${name}: ${duration(seconds)}, on ${performance.engines.join(' and ')}, `);
          tell(`wrote ${path.join(folder.shown, name)}.png and ${files.length - 1} more\n`);
        }
      } catch (error) {
        const { aborted, reason } = io.signal;
        if (!(aborted && reason instanceof Interruption) || done.length === 0) throw error;
        io.stderr(
          `etascope reproduce: interrupted; ${done.length} of ${chosen.length} are written\n`,
        );
        return reason.exitCode;
      } finally {
        shelf.dispose();
      }
      if (hasPage) await writePage(done, effort, folder);
      if (args.flags.has('json')) printJson(io, done.map(jsonOf));
      const failed = done.filter((performance) => !performance.holds);
      for (const { reproduction } of failed) {
        io.stderr(
          `etascope reproduce: ${reproduction.name}: a number lies outside its error bar\n`,
        );
      }
      return failed.length > 0 ? 1 : 0;
    },
  };
}

type Performed = Omit<Performance, 'files'> & {
  readonly written: readonly string[];
  readonly seconds: number;
};

function refuseSet({ values }: Arguments): void {
  if (!values.has('set')) return;
  throw new UsageError(usage, {
    code: 'unexpected-value',
    where: '--set',
    what: 'what is expected belongs to the specs as they are',
    cure: 'print one with etascope presets NAME --set, and run it',
  });
}

function outOf(args: Arguments): string {
  const out = textOf(args, 'out');
  if (out !== undefined) return out;
  throw new UsageError(usage, {
    code: 'missing-argument',
    where: '--out',
    what: 'is missing',
    cure: 'say which folder the files go to',
  });
}

function list(known: readonly Reproduction[], args: Arguments, io: Io): number {
  if (args.values.has('out')) {
    throw new UsageError(usage, {
      code: 'missing-argument',
      where: 'NAME',
      what: 'is missing',
      cure: `say what to reproduce, or ${ALL}`,
    });
  }
  const entries = known.map(({ name, title, source, isReconstruction, onGpu }) => ({
    ...{ name, title, source, isReconstruction, onGpu },
  }));
  if (args.flags.has('json')) printJson(io, entries);
  else {
    for (const { name, title, source } of entries) {
      io.stdout(`${name}\n  ${paragraph(title, { indent: 2 })}\n`);
      io.stdout(`  ${paragraph(`Source: ${source}`, { indent: 2 })}\n`);
    }
  }
  return 0;
}

function tableOf({ reproduction, report }: Omit<Performance, 'files'>): string {
  const { name, title, isReconstruction } = reproduction;
  const label = isReconstruction ? ' (reconstruction)' : '';
  const notes = (report.notes ?? []).map((note) => `  ${paragraph(note, { indent: 2 })}\n`);
  return `${name}: ${title}${label}\n${checkTable(report.checks)}${notes.join('')}`;
}

function jsonOf({ reproduction, report, engines, written, seconds, ...rest }: Performed): object {
  const { name, title, source, isReconstruction } = reproduction;
  const checks = report.checks.map((check) => ({ ...check, holds: holds(check) }));
  const words = { name, title, source, isReconstruction, holds: rest.holds, checks };
  return { ...words, notes: report.notes ?? [], engines, seconds, files: written };
}

async function writePage(
  done: readonly Performed[],
  effort: Effort,
  folder: OutputFolder,
): Promise<void> {
  const { galleryPage } = await import('../reproduce/gallery-page.ts');
  const { presets } = await import('../spec/presets.ts');
  const examples = '../../examples';
  const entries = done.map(({ reproduction, report, engines }): GalleryEntry => {
    const spec = `${examples}/${reproduction.name}.json`;
    const hasSpec =
      Object.hasOwn(presets, reproduction.name) && existsSync(path.join(folder.path, spec));
    const { checks, notes = [] } = report;
    return { reproduction, checks, notes, engines, ...(hasSpec ? { spec } : {}) };
  });
  const bytes = new TextEncoder().encode(galleryPage(entries, effort));
  folder.write([{ name: PAGE, bytes }]);
}
