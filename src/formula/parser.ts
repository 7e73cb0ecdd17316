// Grammar, loosest first; a name stands for an expression that the caller gives:
//
//   or          and ('or' and)*
//   and         not ('and' not)*
//   not         'not' not | comparison
//   comparison  sum (('<' | '<=' | '>' | '>=') sum)?
//   sum         product (('+' | '-') product)*
//   product     sign (('*' | '/') sign | power)*      2x, 2(x), (x)(y), (x)y: implicit product
//   sign        ('-' | '+') sign | power
//   power       operand ('^' sign)?                   so −x^2 = −(x^2), 2^−1, and a^b^c = a^(b^c)
//   operand     number | name | function '(' or (',' or)* ')' | '(' or ')'

import { FormulaError } from './errors.ts';
import { call, named, type Scope } from './names.ts';
import { type Sort, TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';
import type { Expression, Operation } from './tree.ts';
import { words } from './vocabulary.ts';

export type { Sort };

export interface FormulaContext extends Scope {
  /** Path of the formula in the spec, for error messages. */
  readonly where: string;
  readonly sort: Sort;
}

const LONGEST = 4096;

/**
 * Reads a formula.
 *
 * @throws {FormulaError} `formula-too-long` beyond 4096 characters; `formula-too-deep` beyond 100
 *   levels of brackets, signs and powers; `empty-formula`; `unknown-character`; `unknown-name`;
 *   `unknown-function`; `wrong-argument-count`; `ambiguous-product`; `missing-operator`;
 *   `chained-comparison`; `number-out-of-range`; `wrong-sort` where a condition stands for a number
 *   or the reverse; `unclosed-bracket`; `unexpected-token`.
 */
export function parseFormula(text: string, context: FormulaContext): Expression {
  const { where, sort } = context;
  if (text.length > LONGEST) {
    const what = `a formula has at most ${LONGEST} characters`;
    throw new FormulaError({ code: 'formula-too-long', where, what, got: `${text.length}` });
  }
  const reader = new TokenReader(text, where);
  const start = reader.peek();
  if (start.kind === 'end') {
    const cure = sort === 'number' ? 'write 0 for none' : 'write a comparison, as in `x > 0`';
    reader.refuse(start, { code: 'empty-formula', what: 'the formula is empty', cure });
  }
  const result = grammar(reader, context)();
  if (reader.peek().kind !== 'end') reader.refuseNext();
  return reader.expect(sort, result, start.from);
}

/** The rules above, one function each, over one reader; gives the loosest. */
function grammar(reader: TokenReader, scope: Scope): () => Expression {
  const { pool } = scope;

  /** A chain of equal operators, left to right, over operands of one sort. */
  function chain(
    sort: Sort,
    read: () => Expression,
    operators: Readonly<Record<string, Operation>>,
  ): Expression {
    const { from } = reader.peek();
    let left = read();
    for (;;) {
      const token = reader.peek();
      const isOperator = token.kind !== 'number' && Object.hasOwn(operators, token.text);
      const operation = isOperator ? operators[token.text] : undefined;
      if (!operation) return left;
      reader.expect(sort, left, from);
      reader.next();
      const start = reader.peek().from;
      const right = reader.expect(sort, read(), start);
      left = pool.apply(operation, left, right);
    }
  }

  const either = (): Expression => chain('condition', both, { or: 'or' });
  const both = (): Expression => chain('condition', negation, { and: 'and' });

  function negation(): Expression {
    if (!reader.isNext('not')) return comparison();
    reader.next();
    const { from } = reader.peek();
    return pool.apply('not', reader.expect('condition', reader.nested(negation), from));
  }

  function comparison(): Expression {
    const { from } = reader.peek();
    const left = sum();
    if (!reader.isNext('<', '<=', '>', '>=')) return left;
    reader.expect('number', left, from);
    const { text: sign } = reader.next();
    const start = reader.peek().from;
    const right = reader.expect('number', sum(), start);
    if (reader.isNext('<', '<=', '>', '>=')) {
      const [what, cure] = ['comparisons cannot be chained', 'write `a < b and b < c`'];
      reader.refuse(reader.peek(), { code: 'chained-comparison', what, cure });
    }
    const operation = sign.endsWith('=') ? 'lessEqual' : 'less';
    return sign.startsWith('<')
      ? pool.apply(operation, left, right)
      : pool.apply(operation, right, left);
  }

  const sum = (): Expression => chain('number', product, { '+': 'add', '-': 'subtract' });

  function product(): Expression {
    const { from } = reader.peek();
    let left = sign();
    let isDivided = false;
    for (;;) {
      const start = reader.peek();
      if (reader.isNext('*', '/')) {
        reader.expect('number', left, from);
        const operation = reader.next().text === '/' ? 'divide' : 'multiply';
        isDivided = operation === 'divide';
        const first = reader.peek().from;
        left = pool.apply(operation, left, reader.expect('number', sign(), first));
      } else if (isImplicitProduct(reader)) {
        if (isDivided) {
          const what = 'a product without * after a division can be read in two ways';
          const cure = 'write * or brackets: `a / (2 * x)` or `a / 2 * x`';
          reader.refuse(start, { code: 'ambiguous-product', what, cure });
        }
        reader.expect('number', left, from);
        left = pool.apply('multiply', left, reader.expect('number', power(), start.from));
      } else return left;
    }
  }

  function sign(): Expression {
    if (!reader.isNext('+', '-')) return power();
    const { text: mark } = reader.next();
    const { from } = reader.peek();
    const operand = reader.expect('number', reader.nested(sign), from);
    return mark === '-' ? pool.negate(operand) : operand;
  }

  function power(): Expression {
    const { from } = reader.peek();
    const base = operand();
    if (!reader.isNext('^')) return base;
    reader.expect('number', base, from);
    reader.next();
    const start = reader.peek().from;
    return pool.apply('power', base, reader.expect('number', reader.nested(sign), start));
  }

  function operand(): Expression {
    const token = reader.next();
    if (token.kind === 'number') return literal(token);
    if (token.kind === 'name') {
      const isCalled = reader.peek().text === '(';
      return isCalled ? call(token, reader, scope, either) : named(token, reader, scope);
    }
    if (token.text !== '(') return reader.refuseToken(token);
    const inside = reader.nested(either);
    reader.close(token);
    return inside;
  }

  function literal(token: Token): Expression {
    const value = Number(token.text);
    if (Number.isFinite(value)) return pool.number(value);
    const [what, cure] = ['a number too large for float64', 'the largest is 1.79e308'];
    return reader.refuse(token, { code: 'number-out-of-range', what, cure });
  }

  return either;
}

/** Whether the next token begins a factor right after a number or a closing bracket. */
function isImplicitProduct(reader: TokenReader): boolean {
  const { kind, text } = reader.peek();
  const follows = reader.last?.kind === 'number' || reader.last?.text === ')';
  const begins = kind === 'name' ? !words.has(text) : text === '(';
  return follows && begins;
}
