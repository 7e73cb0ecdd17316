import { choiceOf, type Options, parseArguments, textOf } from '../../src/cli/arguments.ts';
import { numberOf } from '../../src/cli/number-option.ts';
import type { Engine } from '../../src/engine/engine.ts';

/** The npm script that starts the bench. */
export const who = 'bench:scaling';
const usage = `npm run ${who} -- [--engine NAME] [--seconds S] [--json FILE]`;

/** What `--help` prints. */
export const help = `usage: ${usage}

Times each engine from one column, orbit, step or bin up to 10^9 orbit-steps, as far as this machine does
them in time, and looks at the memory of processes that run one size each.

  --engine NAME  webgpu or cpu alone; default all there are
  --seconds S    the longest that one run may take, default 2
  --json FILE    every point as JSON
  --help         this

exit codes: 0 done, 1 failed or visits were lost, 2 wrong request, 130 interrupted
`;

const options = {
  engine: { value: 'NAME' },
  seconds: { value: 'S' },
  json: { value: 'FILE' },
  help: { short: 'h' },
  debug: {},
} as const satisfies Options;

const engines = ['webgpu', 'cpu'] as const satisfies readonly Engine['name'][];

/** What the bench was asked for. */
export interface Asked {
  readonly isHelp: boolean;
  readonly engines: readonly (typeof engines)[number][];
  /** Seconds that a run may take. */
  readonly most: number;
  /** Where the JSON goes, if anywhere. */
  readonly json?: string;
}

/**
 * Reads the command line.
 *
 * @throws {UsageError} `bad-number`, `unknown-choice` for what cannot be meant.
 */
export function readOptions(words: readonly string[]): Asked {
  const args = parseArguments(words, { usage, options, operands: [], required: 0 });
  const engine = choiceOf(args, 'engine', engines);
  const json = textOf(args, 'json');
  return {
    isHelp: args.flags.has('help'),
    engines: engine ? [engine] : engines,
    most: numberOf(args, 'seconds', { preset: 2, most: 3600 }),
    ...(json === undefined ? {} : { json }),
  };
}
