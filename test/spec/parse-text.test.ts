import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RequestError } from '../../src/spec/errors.ts';
import { parseSpecText } from '../../src/spec/parse-text.ts';

function refusal(text: string): RequestError {
  try {
    parseSpecText(text, 'spec.json');
  } catch (error) {
    if (error instanceof RequestError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

/** What JSON.parse makes of a text, or undefined where it refuses. */
function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

describe('parseSpecText', () => {
  test('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2, '\t'), (json, indent) => {
        const value: unknown = JSON.parse(json);
        const text = JSON.stringify(value, null, indent);
        expect(parseSpecText(text, 'spec.json')).toEqual(value);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  test('refuses what JSON.parse refuses, and reads it the same otherwise', () => {
    const valid = '{"a":[1,-2.5e+3,true,null],"b":{"c":"\\u00e9\\n"},"d":""}';
    const slips = fc.record({
      at: fc.nat(valid.length),
      cut: fc.nat(2),
      put: fc.constantFrom('', ...'{}[]",:0-.eE+tn\\u \n/x'),
    });
    fc.assert(
      fc.property(slips, ({ at, cut, put }) => {
        const text = valid.slice(0, at) + put + valid.slice(at + cut);
        const expected = parsed(text);
        if (expected) expect(parseSpecText(text, 'spec.json')).toEqual(expected.value);
        else expect(refusal(text).code).toMatch(/bad-json|duplicate-key/);
      }),
      { seed: 5, numRuns: 2000 },
    );
  });

  test('points at the place with line, column and caret', () => {
    const { message, where } = refusal('{\n  "axes": [],\n  "steps": { "keep": 5, }\n}\n');
    expect(where).toBe('spec.json:3:25');
    expect(message.split('\n')).toEqual([
      'spec.json:3:25: a comma before }; remove the comma',
      '  3 |   "steps": { "keep": 5, }',
      `    | ${' '.repeat(24)}^`,
    ]);
  });

  test('keeps the caret on the screen in a long line', () => {
    const [, line = '', caret = ''] = refusal(`{"a": "${'x'.repeat(500)}" "b"}`).message.split(
      '\n',
    );
    expect(line.length).toBeLessThan(120);
    expect(line[caret.length - 1]).toBe('"');
    expect(line.slice(caret.length - 1)).toBe('"b"}');
  });

  test.each([
    ['', 'bad-json', '1:1', 'expected a value, found the end of the text'],
    ['{"a": 1', 'bad-json', '1:8', 'expected , or }, found the end of the text'],
    ['{"a": 1} x', 'bad-json', '1:10', 'expected the end of the text, found "x"'],
    ['[1, 2,]', 'bad-json', '1:7', 'a comma before ]; remove the comma'],
    ['[1 2]', 'bad-json', '1:4', 'expected , or ], found "2"'],
    ["{'a': 1}", 'bad-json', '1:2', 'double quotes'],
    ['{a: 1}', 'bad-json', '1:2', 'expected a key in double quotes, found "a"'],
    ['{"a" 1}', 'bad-json', '1:6', 'expected : after the key'],
    ['{"a": 1} // why', 'bad-json', '1:10', 'JSON has no comments'],
    ['{"a": NaN}', 'bad-json', '1:7', 'JSON has finite numbers only'],
    ['{"a": -Infinity}', 'bad-json', '1:7', 'expected a value'],
    ['{"a": True}', 'bad-json', '1:7', 'write true'],
    ['{"a": None}', 'bad-json', '1:7', 'leave the field out'],
    ['{"a": float64}', 'bad-json', '1:7', '"float64"'],
    ['{"a": .5}', 'bad-json', '1:7', 'write numbers like'],
    ['{"a": 05}', 'bad-json', '1:7', 'is no JSON number'],
    ['{"a": 1e999}', 'not-finite', '1:7', 'too large for a float64'],
    ['{"a": "b}', 'bad-json', '1:7', 'does not end'],
    ['{"a": "\\x"}', 'bad-json', '1:7', 'escape'],
    ['{"a": 1, "a": 2}', 'duplicate-key', '1:10', 'the key "a" is given twice'],
    ['['.repeat(1e5), 'limit', '1:34', 'limit of 32'],
  ])('refuses %j', (text, code, place, says) => {
    const error = refusal(text.slice(0, 200_000));
    expect(error).toMatchObject({ code, where: `spec.json:${place}` });
    expect(error.message).toContain(says);
  });

  test('refuses a file too large to be a spec before reading it', () => {
    const error = refusal(' '.repeat(2 ** 20 + 1));
    expect(error).toMatchObject({ code: 'limit', where: 'spec.json' });
    expect(error.message).toMatch(/1048576 characters, got 1048577/);
  });

  test('takes __proto__ as a key like any other, for the validator to refuse', () => {
    const value = parseSpecText('{"__proto__": {"a": 1}}', 'spec.json') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect('a' in value).toBe(false);
  });

  test('skips a byte order mark', () => {
    expect(parseSpecText('\uFEFF{"a": 1}', 'spec.json')).toEqual({ a: 1 });
  });
});
