import { type Options, parseArguments, textOf } from '../../src/cli/arguments.ts';
import { numberOf } from '../../src/cli/number-option.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { wordCure } from '../../src/spec/nearest-word.ts';
import { deviceSweep, processorSweep, type Sweep } from './workload.ts';

/** A race, as its options need to know it. */
export interface Event {
  /** The npm script that starts it. */
  readonly who: string;
  /** What it does, a line of help. */
  readonly about: string;
  /** What is swept unless asked otherwise. */
  readonly sweep: keyof typeof sweeps;
}

const sweeps = { processor: processorSweep, device: deviceSweep } as const;

/** How a race is asked for. */
export function usageOf(who: string): string {
  return `npm run ${who} -- [--sweep NAME] [--rounds N] [--seconds S] [--only NAME] [--json FILE]`;
}

/** What `--help` prints. */
export function helpOf({ who, about, sweep }: Event): string {
  return `usage: ${usageOf(who)}

${about}
bench/peers/method.md says how.

  --sweep NAME   processor, 32 768 orbits, or device, a million; default ${sweep}
  --rounds N     rounds, default 7
  --seconds S    length of a round for each of them, default 1
  --only NAME    only this one, as the table names it; repeatable
  --json FILE    all rounds as JSON; - for stdout (with npm --silent run), the table on stderr
  --help         this

exit codes: 0 done, 1 one failed or computes something else, 2 wrong request, 130 interrupted
`;
}

const options = {
  sweep: { value: 'NAME' },
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
  readonly sweep: Sweep;
  readonly rounds: number;
  /** Seconds of one round of each. */
  readonly seconds: number;
  /** Names of those asked for, unchecked; all where it is empty. */
  readonly only: readonly string[];
  /** Where the JSON goes, if anywhere; `-` is stdout. */
  readonly json?: string;
}

/**
 * Reads the command line.
 *
 * @throws {UsageError} `bad-number`, `unknown-choice` for what cannot be meant.
 */
export function readOptions(words: readonly string[], event: Event): Asked {
  const usage = usageOf(event.who);
  const args = parseArguments(words, { usage, options, operands: [], required: 0 });
  const chosen = textOf(args, 'sweep') ?? event.sweep;
  checkName(chosen, Object.keys(sweeps), { usage, where: '--sweep' });
  const json = textOf(args, 'json');
  return {
    isHelp: args.flags.has('help'),
    sweep: chosen === 'device' ? sweeps.device : sweeps.processor,
    rounds: numberOf(args, 'rounds', { preset: 7, most: 1000, isWhole: true }),
    seconds: numberOf(args, 'seconds', { preset: 1, most: 60 }),
    only: args.values.get('only') ?? [],
    ...(json === undefined ? {} : { json }),
  };
}

/**
 * Makes sure that there is someone, or something, of a name.
 *
 * @throws {UsageError} `unknown-choice` with the names there are.
 */
export function checkName(
  name: string,
  names: readonly string[],
  { usage, where }: { readonly usage: string; readonly where: string },
): void {
  if (names.includes(name)) return;
  throw new UsageError(usage, {
    code: 'unknown-choice',
    where,
    what: 'unknown name',
    got: name,
    cure: wordCure(name, names),
  });
}
