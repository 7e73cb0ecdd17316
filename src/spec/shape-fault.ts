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
  const document = issue.path?.length === path.length ? issue.path[0]?.input : undefined;
  if (schemaPlace(owner, document)?.kind === 'pair' && Array.isArray(container)) {
    const isLong = issue.type === 'strict_tuple' || container.length !== 2;
    if (isLong) return wrongType(owner, container, document);
  }
  // To valibot a list is an object with fields 0, 1, ...
  if (typeof key === 'string' && Array.isArray(container))
    return wrongType(owner, container, document);
  if (isUnknownKey(issue)) return unknownKey(owner, `${key}`, document);
  if (path.length === 1 && key === 'etascope') return wrongVersion(issue.input);
  const words = wordsExpected(issue);
  if (issue.input === undefined) return missing(path, words, document);
  return words.length > 0
    ? unknownWord(path, issue.input, words)
    : wrongType(path, issue.input, document);
}

/** The words a picklist, literal or variant knows, out of `("linear" | "log")`. */
function wordsExpected({ type, expected }: Issue): string[] {
  if (type === 'strict_object') return [];
  return [...(expected ?? '').matchAll(/"([^"]*)"/g)].map(([, word]) => `${word}`);
}

/** A value that is not of the type its place has, in a document where that is known. */
export function wrongType(path: Path, value: unknown, document?: unknown): Fault {
  const what = `must be ${typeText(path, document)}`;
  const got = valueText(value);
  return {
    code: 'wrong-type',
    where: pathText(path),
    what,
    got,
    ...(schemaPlace(path, document)?.kind === 'text' && typeof value === 'number'
      ? { cure: `write it in double quotes: "${value}"` }
      : {}),
  };
}

/** Pairs as they are written. */
const examples = { numbers: '[0, 1]', formulas: '["x", "y"]', ranges: '[[0, 1], [0, 1]]' } as const;

function typeText(path: Path, document: unknown): string {
  const place = schemaPlace(path, document);
  switch (place?.kind) {
    case 'pair':
      return `two ${place.of} in a list, such as ${examples[place.of ?? 'numbers']}`;
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

function missing(path: Path, words: readonly string[], document: unknown): Fault {
  const where = pathText(path);
  const cure =
    words.length > 0 ? `one of: ${words.join(', ')}` : `it must be ${typeText(path, document)}`;
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
export function unknownKey(owner: Path, key: string, document?: unknown): Fault {
  const keys = schemaPlace(owner, document)?.keys ?? [];
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
