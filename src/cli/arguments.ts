import { parseArgs } from 'node:util';
import { wordCure } from '../spec/nearest-word.ts';
import { UsageError } from './usage-error.ts';

/** One option: a flag, or, where it names its value, a string. */
export interface Option {
  /** How the help calls the value, e.g. `FILE`; absent for a flag. */
  readonly value?: string;
  readonly short?: string;
  readonly repeatable?: true;
}

export type Options = Readonly<Record<string, Option>>;

/** What a command line may hold. */
export interface Syntax {
  /** The usage line, `etascope run SPEC.json …`. */
  readonly usage: string;
  readonly options: Options;
  /** Names of the operands, those that must be there first. */
  readonly operands: readonly string[];
  /** How many of the operands must be there. */
  readonly required: number;
  /** Whether any number of the last operand may be there. */
  readonly repeatsLast?: true;
}

/** A command line taken apart: operands in order, flags, and the texts given to options. */
export interface Arguments {
  readonly usage: string;
  readonly operands: readonly string[];
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Options that every command takes. */
export const commonOptions = {
  engine: { value: 'NAME' },
  set: { value: 'FIELD=VALUE', repeatable: true },
  json: {},
  quiet: { short: 'q' },
  debug: {},
  help: { short: 'h' },
  version: {},
} as const satisfies Options;

/**
 * Takes a command line apart.
 *
 * `--help` and `--version` are honoured before anything else is checked, so that a person who asks
 * how it works is never told off first.
 *
 * @throws {UsageError} `unknown-option`, `missing-value`, `unexpected-value`, `repeated-option`,
 *   `missing-argument`, `extra-argument`.
 */
export function parseArguments(words: readonly string[], syntax: Syntax): Arguments {
  const { usage, options } = syntax;
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      Object.entries(options).map(([name, { value, short }]) => [
        name,
        {
          type: value ? 'string' : 'boolean',
          multiple: true,
          ...(short ? { short } : {}),
        } as const,
      ]),
    ),
    // Strictness is ours: parseArgs knows no did-you-mean and no usage line.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const operands: string[] = [];
  const flags = new Set<string>();
  const values = new Map<string, readonly string[]>();
  const faults: UsageError[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const option = Object.hasOwn(options, name) ? options[name] : undefined;
    const refuse = (code: string, what: string, cure: string, got?: string) =>
      faults.push(
        new UsageError(usage, { code, where: rawName, what, cure, ...(got ? { got } : {}) }),
      );
    if (!option) {
      const known = Object.keys(options).map((known) => `--${known}`);
      refuse('unknown-option', 'unknown option', wordCure(`--${name}`, known));
    } else if (!option.value) {
      if (inlineValue)
        refuse('unexpected-value', 'takes no value', `write ${rawName} alone`, value);
      flags.add(name);
    } else if (value === undefined || value === '' || (!inlineValue && /^-./.test(value))) {
      const next = value ? `, or ${rawName}=${value} if that is meant` : '';
      refuse('missing-value', `needs a value`, `write ${rawName} ${option.value}${next}`, value);
    } else {
      const before = values.get(name) ?? [];
      if (before.length > 0 && !option.repeatable) {
        refuse('repeated-option', 'given twice', 'keep one', [...before, value].join(' and '));
      }
      values.set(name, [...before, value]);
    }
  }
  const parsed: Arguments = { usage, operands, flags, values };
  if (flags.has('help') || flags.has('version')) return parsed;
  const [fault] = faults;
  if (fault) throw fault;
  checkOperands(parsed, syntax);
  return parsed;
}

function checkOperands({ operands }: Arguments, syntax: Syntax) {
  const { usage, operands: names, required } = syntax;
  const missing = names[operands.length];
  if (operands.length < required && missing) {
    throw new UsageError(usage, {
      code: 'missing-argument',
      where: missing,
      what: 'is missing',
      cure: 'see --help for examples',
    });
  }
  const extra = operands[names.length];
  if (extra !== undefined && !syntax.repeatsLast) {
    throw new UsageError(usage, {
      code: 'extra-argument',
      where: extra,
      what: 'one argument too many',
      cure: names.length === 0 ? 'this command takes none' : `it takes ${names.join(' ')}`,
    });
  }
}

/** The text given to an option that is not repeatable, if any. */
export function textOf(args: Arguments, option: string): string | undefined {
  return args.values.get(option)?.[0];
}

/**
 * The text given to an option, if any, where it is one of `choices`.
 *
 * @throws {UsageError} `unknown-choice`, listing them.
 */
export function choiceOf<Choice extends string>(
  args: Arguments,
  option: string,
  choices: readonly Choice[],
): Choice | undefined {
  const text = textOf(args, option);
  if (text === undefined) return undefined;
  const choice = choices.find((choice) => choice === text);
  if (choice === undefined) {
    throw new UsageError(args.usage, {
      code: 'unknown-choice',
      where: `--${option}`,
      what: 'no such choice',
      got: text,
      cure: wordCure(text, choices),
    });
  }
  return choice;
}
