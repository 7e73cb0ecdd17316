import { type Options, parseArguments, textOf } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { wordCure } from '../../src/spec/nearest-word.ts';

const usage = 'npm run bench:peers -- [--rounds N] [--seconds S] [--only NAME] [--json FILE]';

export const help = `usage: ${usage}

Races etascope's engines against the same work in C, Numba and NumPy, as far as they are here;
bench/peers/method.md says how.

  --rounds N     rounds, default 7
  --seconds S    length of a round for each of them, default 1
  --only NAME    only this one, e.g. "etascope cpu"; repeatable
  --json FILE    all rounds as JSON; - for stdout (with npm --silent run), the table on stderr
  --help         this

exit codes: 0 done, 1 one failed or computes something else, 2 wrong request, 130 interrupted
`;

const options = {
  rounds: { value: 'N' },
  seconds: { value: 'S' },
  only: { value: 'NAME', repeatable: true },
  json: { value: 'FILE' },
  help: { short: 'h' },
  debug: {},
} as const satisfies Options;

/** What the bench was asked for. */
export interface Asked {
  readonly isHelp: boolean;
  readonly rounds: number;
  /** Seconds of one round of each. */
  readonly seconds: number;
  /** Names of those asked for; all where it is empty. */
  readonly only: readonly string[];
  /** Where the JSON goes, if anywhere; `-` is stdout. */
  readonly json?: string;
}

/**
 * Reads the command line.
 *
 * @param names of the candidates.
 * @throws {UsageError} for what cannot be meant.
 */
export function readOptions(words: readonly string[], names: readonly string[]): Asked {
  const args = parseArguments(words, { usage, options, operands: [], required: 0 });
  const numberOf = (option: string, preset: number, isRight: (value: number) => boolean) => {
    const text = textOf(args, option);
    if (text === undefined) return preset;
    const value = Number(text);
    if (text.trim() !== '' && isRight(value)) return value;
    throw new UsageError(usage, {
      code: 'bad-number',
      where: `--${option}`,
      what: 'not a number that makes sense here',
      got: text,
      cure: `write e.g. --${option} ${preset}`,
    });
  };
  const only = args.values.get('only') ?? [];
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(usage, {
      code: 'unknown-choice',
      where: '--only',
      what: 'nobody of that name',
      got: unknown,
      cure: wordCure(unknown, names),
    });
  }
  const json = textOf(args, 'json');
  return {
    isHelp: args.flags.has('help'),
    rounds: numberOf('rounds', 7, (n) => Number.isInteger(n) && n >= 1 && n <= 1000),
    seconds: numberOf('seconds', 1, (n) => n > 0 && n <= 60),
    only,
    ...(json === undefined ? {} : { json }),
  };
}
