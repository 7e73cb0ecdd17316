import { VERSION } from '../engine/version.ts';
import { wordCure } from '../spec/nearest-word.ts';
import { analyzeCommand } from './analyze.ts';
import { type Arguments, commonOptions, parseArguments } from './arguments.ts';
import { benchCommand } from './bench.ts';
import type { Command } from './command.ts';
import { doctorCommand } from './doctor.ts';
import { engineOf } from './engine-choice.ts';
import type { Io } from './io.ts';
import { plotCommand } from './plot.ts';
import { presetsCommand } from './presets.ts';
import { renderCommand } from './render.ts';
import { reportFailure } from './report.ts';
import { reproduceCommand } from './reproduce.ts';
import { runCommand } from './run.ts';
import { UsageError } from './usage-error.ts';

/** Every command, in the order the help lists them. */
export const commands: readonly Command[] = [
  runCommand,
  renderCommand,
  plotCommand,
  analyzeCommand,
  reproduceCommand,
  presetsCommand,
  doctorCommand,
  benchCommand,
];

const usage = 'etascope COMMAND [options]';

const generalHelp = `etascope ${VERSION}: sweeps of gradient descent at large learning rates

usage: ${usage}

commands
${commands.map(({ name, about }) => `  ${name.padEnd(9)} ${about}`).join('\n')}

options everywhere
  --engine NAME       webgpu, cpu or auto (default): webgpu on a hardware adapter, else cpu
  --set FIELD=VALUE   override a field of the spec; repeatable
  --json              machine-readable result or report on stdout
  --quiet, -q         say nothing but errors
  --debug             show where in the program an error arose
  --help, -h          help; after a command, the help of that command
  --version           the version

examples
  etascope run period-doubling
  etascope run --help

exit codes: 0 done, 1 failed, 2 wrong request, 130 interrupted
`;

/**
 * Executes one command line, without the program's name.
 *
 * Never throws: what goes wrong is told on stderr and by the exit code.
 *
 * @returns 0 done; 1 failed; 2 wrong request, nothing written; 130 or 143 ended by a signal.
 */
export async function execute(words: readonly string[], io: Io): Promise<number> {
  const flags = flagsIn(words);
  const asked = commandName(words);
  const isHelp = asked?.name === 'help';
  const rest = asked ? words.toSpliced(asked.at, 1) : words;
  const command = isHelp ? findHelped(rest) : commands.find(({ name }) => name === asked?.name);
  const who = command ? `etascope ${command.name}` : 'etascope';
  try {
    if (flags.has('version')) {
      io.stdout(`${VERSION}\n`);
      return 0;
    }
    if (command) {
      if (isHelp) {
        io.stdout(helpOf(command));
        return 0;
      }
      return await obey(command, rest, io);
    }
    if (isHelp || flags.has('help')) {
      io.stdout(generalHelp);
      return 0;
    }
    if (!asked) parseArguments(words, { usage, options: commonOptions, operands: [], required: 0 });
    throw noSuchCommand(asked?.name);
  } catch (error) {
    return reportFailure({ error, who, flags }, io);
  }
}

async function obey(command: Command, words: readonly string[], io: Io): Promise<number> {
  const args: Arguments = parseArguments(words, command);
  if (args.flags.has('help')) {
    io.stdout(helpOf(command));
    return 0;
  }
  engineOf(args); // a wrong name is wrong everywhere, also where no engine is needed
  io.signal.throwIfAborted();
  return await command.run(args, io);
}

function helpOf({ usage, help }: Command): string {
  return `usage: ${usage}\n\n${help}\n`;
}

function findHelped(words: readonly string[]): Command | undefined {
  return commands.find(({ name }) => name === commandName(words)?.name);
}

/** The first word that is no option and no option's value. */
function commandName(words: readonly string[]): { name: string; at: number } | undefined {
  const takesNext = Object.entries(commonOptions).flatMap(([name, option]) =>
    'value' in option ? [`--${name}`] : [],
  );
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (takesNext.includes(word)) at += 1;
    else if (!word.startsWith('-') || word === '-') return { name: word, at };
  }
  return undefined;
}

/** The flags that decide how even a wrong command line is answered. */
function flagsIn(words: readonly string[]): ReadonlySet<string> {
  const end = words.indexOf('--');
  const before = end < 0 ? words : words.slice(0, end);
  const flags = ['help', 'version', 'json', 'debug'].filter((name) => before.includes(`--${name}`));
  return new Set(before.includes('-h') ? [...flags, 'help'] : flags);
}

function noSuchCommand(name: string | undefined): UsageError {
  const names = commands.map((command) => command.name);
  if (name === undefined) {
    return new UsageError(`${usage} (etascope --help)`, {
      code: 'missing-argument',
      where: 'COMMAND',
      what: 'is missing',
      cure: wordCure(undefined, names),
    });
  }
  return new UsageError(usage, {
    code: 'unknown-command',
    where: name,
    what: 'no such command',
    cure: wordCure(name, names),
  });
}
