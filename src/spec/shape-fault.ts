import type { BaseIssue } from 'valibot';
import type { Fault } from './errors.ts';
import { isLater } from './later.ts';
import { wordCure } from './nearest-word.ts';
import { type Path, pathText, valueText } from './path.ts';
import { schemaPlace } from './schema-place.ts';

type Issue = BaseIssue<unknown>;

/** Whether an object has a field that it cannot have. */
export function isUnknownKey({ type, expected, path }: Issue): boolean {
  return type === 'strict_object' && expected === 'never' && path?.at(-1)?.origin === 'key';
}

/** A value of the wrong type, a missing or unknown field, or a word that is none of those known. */
export function shapeFault(issue: Issue, path: Path): Fault {
  const owner = path.slice(0, -1);
  const key = path.at(-1);
  const container = issue.path?.at(-1)?.input;
  if (schemaPlace(owner)?.kind === 'pair' && Array.isArray(container)) {
    const isLong = issue.type === 'strict_tuple' || container.length !== 2;
    if (isLong) return wrongType(owner, container);
  }
  // To valibot a list is an object with fields 0, 1, ...
  if (typeof key === 'string' && Array.isArray(container)) return wrongType(owner, container);
  if (isUnknownKey(issue)) return unknownKey(owner, `${key}`);
  if (path.length === 1 && key === 'etascope') return wrongVersion(issue.input);
  const words = wordsExpected(issue);
  if (issue.input === undefined) return missing(path, words);
  return words.length > 0 ? unknownWord(path, issue.input, words) : wrongType(path, issue.input);
}

/** The words a picklist, literal or variant knows, out of `("linear" | "log")`. */
function wordsExpected({ type, expected }: Issue): string[] {
  if (type === 'strict_object') return [];
  return [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, word]) => `${word}`);
}

/** A value that is not of the type its place has. */
export function wrongType(path: Path, value: unknown): Fault {
  const what = `must be ${typeText(path)}`;
  const got = valueText(value);
  return {
    code: 'wrong-type',
    where: pathText(path),
    what,
    got,
    ...(schemaPlace(path)?.kind === 'text' && typeof value === 'number'
      ? { cure: `write it in double quotes: "${value}"` }
      : {}),
  };
}

function typeText(path: Path): string {
  switch (schemaPlace(path)?.kind) {
    case 'pair':
      return 'two numbers in a list, such as [0, 1]';
    case 'list':
      return 'a list, in [ ]';
    case 'text':
      return 'text, in double quotes';
    case 'number':
      return 'a number';
    default:
      return path.at(-2) === 'initial'
        ? 'a number, {"uniform": [lo, hi]}, {"grid": [lo, hi]} or {"normal": [mean, sd]}'
        : 'an object, in { }';
  }
}

function missing(path: Path, words: readonly string[]): Fault {
  const where = pathText(path);
  const cure = words.length > 0 ? `one of: ${words.join(', ')}` : `it must be ${typeText(path)}`;
  return { code: 'missing-key', where, what: 'is missing', cure };
}

function wrongVersion(input: unknown): Fault {
  const fault = { where: 'etascope', cure: 'write "etascope": 1, the version of the spec format' };
  return input === undefined
    ? { ...fault, code: 'missing-key', what: 'is missing' }
    : {
        ...fault,
        code: 'wrong-version',
        what: 'is not a version known here',
        got: valueText(input),
      };
}

/** A field that the object at `owner` cannot have. */
export function unknownKey(owner: Path, key: string): Fault {
  const keys = schemaPlace(owner)?.keys ?? [];
  const where = pathText([...owner, key]);
  if (isLater(`${owner.at(-1)}`, key)) {
    return {
      code: 'not-yet',
      where,
      what: 'is not in this version of etascope yet',
      cure: `this version has: ${keys.join(', ')}`,
    };
  }
  return { code: 'unknown-key', where, what: 'there is no such field', cure: wordCure(key, keys) };
}

function unknownWord(path: Path, input: unknown, words: readonly string[]): Fault {
  const where = pathText(path);
  const got = valueText(input);
  if (isLater(`${path.at(-1)}`, input)) {
    return {
      code: 'not-yet',
      where,
      what: 'is not in this version of etascope yet',
      got,
      cure: `this version has: ${words.join(', ')}`,
    };
  }
  return {
    code: 'unknown-word',
    where,
    what: 'is not a word known here',
    got,
    cure: wordCure(input, words),
  };
}
