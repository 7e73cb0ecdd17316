import { FormulaError, type Span } from './errors.ts';

export interface Token extends Span {
  readonly kind: 'number' | 'name' | 'symbol' | 'end';
  /** What stands there; `^` for `**`, and ASCII for the signs of typeset mathematics. */
  readonly text: string;
}

const spelled: Readonly<Record<string, string>> = { '**': '^', '−': '-', '×': '*', '·': '*' };

const blank = /\s+/y;
const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const symbol = /\*\*|<=|>=|[-+*/^(),<>−×·]/y;

/** What would be right instead of a character that formulas do not use. */
const cures: Readonly<Record<string, string>> = {
  '=': 'a formula gives a value; to compare, use <, <=, > or >=',
  '!': 'write `not` before a comparison; there are no factorials',
  '&': 'write `and`',
  '|': 'write `or` between comparisons, abs(u) for the absolute value',
  '[': 'group with ( and )',
  '{': 'group with ( and )',
  '²': 'write ^2',
  '³': 'write ^3',
  π: 'write pi',
  ε: 'write epsilon',
  '√': 'write sqrt(u)',
  '≤': 'write <=',
  '≥': 'write >=',
};
const DEFAULT_CURE = 'a formula is made of numbers, names, + - * / ^ ( ) , < <= > >=';

/**
 * Cuts a formula into tokens; the last one is `end`.
 *
 * @throws {FormulaError} `unknown-character`.
 */
export function tokenize(text: string, where: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const gap = take(blank);
    if (gap) {
      at += gap.length;
      continue;
    }
    const found =
      take(number) ?? take(name) ?? take(symbol) ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
    const span = { from: at, to: at + found.length };
    const first = found[0] ?? '';
    if (/[\d.]/.test(first) && found !== '.') tokens.push({ kind: 'number', text: found, ...span });
    else if (/[A-Za-z_]/.test(first)) tokens.push({ kind: 'name', text: found, ...span });
    else if (take(symbol)) tokens.push({ kind: 'symbol', text: spelled[found] ?? found, ...span });
    else {
      const [what, got] = ['a character that formulas do not use', JSON.stringify(found)];
      const cure = cures[found] ?? DEFAULT_CURE;
      throw new FormulaError({ code: 'unknown-character', where, what, got, cure, text, span });
    }
    at = span.to;
  }
  tokens.push({ kind: 'end', text: 'the end', from: text.length, to: text.length });
  return tokens;
}
