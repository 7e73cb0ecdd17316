import { RequestError } from './errors.ts';
import { limits } from './limits.ts';

const space = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON text must not hold them unescaped
const quoted = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const word = /[A-Za-z_$][A-Za-z0-9_$]*/y;
const words = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
]);

/**
 * Reads JSON (RFC 8259) and points at what is wrong with it. Unlike `JSON.parse` it refuses a key
 * given twice in one object, where the first value would be lost in silence.
 *
 * @param where the file or option the text is from.
 * @throws {RequestError} `bad-json`, `duplicate-key`, `not-finite` or `limit`, with line, column
 *   and a caret under the place.
 */
export function readJson(text: string, where: string): unknown {
  let at = 0;

  function refuse(code: string, place: number, what: string, cure?: string): never {
    const { line, column, excerpt } = placeOf(text, place);
    throw new RequestError({
      code,
      where: `${where}:${line}:${column}`,
      what,
      ...(cure === undefined ? {} : { cure }),
      excerpt,
    });
  }

  function take(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  }

  /** Takes the next character if it is `mark`, and the white space around it. */
  function takeMark(mark: string): boolean {
    take(space);
    if (text[at] !== mark) return false;
    at += 1;
    take(space);
    return true;
  }

  function readValue(depth: number): unknown {
    if (depth > limits.depth.most) {
      refuse(
        'limit',
        at,
        `nested deeper than the limit of ${limits.depth.most}`,
        limits.depth.cure,
      );
    }
    if (takeMark('{')) return readObject(depth);
    if (takeMark('[')) return readList(depth);
    if (text[at] === '"') return readText();
    const start = at;
    const name = take(word);
    if (name !== undefined) {
      if (words.has(name)) return words.get(name);
      refuse('bad-json', start, `${name} is no JSON value`, valueCure(name));
    }
    const digits = take(number);
    if (digits === undefined) refuse('bad-json', at, `expected a value, ${found()}`, cureAt());
    if (/[0-9A-Za-z_.]/.test(text[at] ?? '')) {
      refuse('bad-json', start, 'is no JSON number', 'write it like 5, -0.5 or 1e-3');
    }
    const value = Number(digits);
    if (!Number.isFinite(value)) refuse('not-finite', start, 'is too large for a float64');
    return value;
  }

  function readList(depth: number): unknown[] {
    const items: unknown[] = [];
    if (takeMark(']')) return items;
    do {
      if (text[at] === ']') refuse('bad-json', at, 'a comma before ]', 'remove the comma');
      items.push(readValue(depth + 1));
    } while (takeMark(','));
    if (!takeMark(']')) refuse('bad-json', at, `expected , or ], ${found()}`, cureAt());
    return items;
  }

  function readObject(depth: number): Record<string, unknown> {
    const fields = new Map<string, unknown>();
    if (takeMark('}')) return {};
    do {
      if (text[at] === '}') refuse('bad-json', at, 'a comma before }', 'remove the comma');
      const start = at;
      if (text[at] !== '"') {
        refuse('bad-json', at, `expected a key in double quotes, ${found()}`, cureAt());
      }
      const key = readText();
      if (fields.has(key)) {
        refuse('duplicate-key', start, `the key "${key}" is given twice`, 'remove one of them');
      }
      if (!takeMark(':')) refuse('bad-json', at, `expected : after the key, ${found()}`);
      fields.set(key, readValue(depth + 1));
    } while (takeMark(','));
    if (!takeMark('}')) refuse('bad-json', at, `expected , or }, ${found()}`, cureAt());
    return Object.fromEntries(fields); // defines keys, so that "__proto__" is a key like any other
  }

  function readText(): string {
    const start = at;
    const taken = take(quoted);
    if (taken === undefined) {
      refuse('bad-json', start, 'the text in double quotes does not end, or holds a bad escape');
    }
    return JSON.parse(taken) as string; // the pattern admits a JSON string and nothing else
  }

  function found(): string {
    return at < text.length ? `found ${JSON.stringify(text[at])}` : 'found the end of the text';
  }

  function cureAt(): string | undefined {
    if (text[at] === "'") return 'JSON text stands in double quotes';
    if (text[at] === '/' || text[at] === '#') return 'JSON has no comments';
    if (text[at] === '+' || text[at] === '.') return 'write numbers like 5, -0.5 or 1e-3';
    return undefined;
  }

  if (text.length > limits.specText.most) {
    throw new RequestError({
      code: 'limit',
      where,
      what: `above the limit of ${limits.specText.most} characters`,
      got: `${text.length}`,
      cure: limits.specText.cure,
    });
  }
  if (text.startsWith('\uFEFF')) at = 1; // the byte order mark that some editors write
  take(space);
  const value = readValue(0);
  take(space);
  if (at < text.length)
    refuse('bad-json', at, `expected the end of the text, ${found()}`, cureAt());
  return value;
}

function valueCure(name: string): string {
  const lower = name.toLowerCase();
  if (words.has(lower)) return `write ${lower}`;
  if (lower === 'none' || lower === 'undefined') return 'leave the field out';
  if (lower === 'nan' || lower.startsWith('inf')) return 'JSON has finite numbers only';
  return `text stands in double quotes: "${name}"`;
}

/** Line and column, both from 1, of a place in a text, and its line with a caret under it. */
function placeOf(text: string, place: number) {
  const before = text.slice(0, place);
  const start = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  const column = place - start + 1;
  const end = text.indexOf('\n', place);
  const whole = text.slice(start, end < 0 ? undefined : end).replace(/[\t\r]/g, ' ');
  const cut = Math.max(0, column - 60); // a caret far to the right would be off the screen
  const label = `  ${line} | `;
  const caret = `${' '.repeat(label.length - 2)}| ${' '.repeat(column - 1 - cut)}^`;
  return { line, column, excerpt: `${label}${whole.slice(cut, cut + 100)}\n${caret}` };
}
