import { expect, test } from 'vitest';
import { parseArguments, textOf } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';

const syntax = {
  usage: 'tool FILE [PLACE]',
  options: {
    out: { value: 'FILE', short: 'o' },
    set: { value: 'FIELD=VALUE', repeatable: true },
    quiet: { short: 'q' },
    help: {},
    version: {},
  },
  operands: ['FILE', 'PLACE'],
  required: 1,
} as const;

const refusal = (...words: string[]): UsageError => {
  try {
    parseArguments(words, syntax);
  } catch (error) {
    if (error instanceof UsageError) return error;
  }
  throw new Error('was not refused');
};

test('options may stand before, between and after operands, in every usual spelling', () => {
  const lines = [
    ['a', '--out', 'b', '-q', 'c'],
    ['--out=b', 'a', 'c', '--quiet'],
    ['-o', 'b', '-q', 'a', 'c'],
    ['-qo', 'b', '--', 'a', 'c'],
  ];
  for (const line of lines) {
    const args = parseArguments(line, syntax);
    expect(args.operands).toEqual(['a', 'c']);
    expect(textOf(args, 'out')).toBe('b');
    expect(args.flags.has('quiet')).toBe(true);
  }
});

test('a repeatable option keeps its values in order, and = within a value stays in it', () => {
  const args = parseArguments(['a', '--set', 'x=1', '--set=y=z=2'], syntax);
  expect(args.values.get('set')).toEqual(['x=1', 'y=z=2']);
});

test('a lone - is an operand and a value, not an option', () => {
  const args = parseArguments(['-', '--out', '-'], syntax);
  expect(args.operands).toEqual(['-']);
  expect(textOf(args, 'out')).toBe('-');
});

test('after -- everything is an operand', () => {
  expect(parseArguments(['--', '--out'], syntax).operands).toEqual(['--out']);
});

test('help is given even for a wrong line', () => {
  expect(parseArguments(['--nonsense', '--help'], syntax).flags.has('help')).toBe(true);
});

test('a value that looks like an option is refused, with the way to mean it', () => {
  const error = refusal('a', '--out', '--quiet');
  expect(error.code).toBe('missing-value');
  expect(error.message).toContain('--out=--quiet');
  expect(textOf(parseArguments(['a', '--out=--quiet'], syntax), 'out')).toBe('--quiet');
});

test('a misspelt option is refused with the one that was meant', () => {
  const error = refusal('a', '--otu', 'b');
  expect(error.code).toBe('unknown-option');
  expect(error.where).toBe('--otu');
  expect(error.message).toContain('did you mean --out?');
  expect(error.usage).toBe(syntax.usage);
});

test('names that every object has are no options', () => {
  for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) {
    expect(refusal('a', `--${name}`).code).toBe('unknown-option');
  }
});
