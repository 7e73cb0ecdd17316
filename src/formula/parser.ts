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

import { FormulaError, type Span } from './errors.ts';
import type { Pool } from './pool.ts';
import { type Token, tokenize } from './tokens.ts';
import { type Expression, isCondition, type Operation } from './tree.ts';
import { callables, constants, nearest, words } from './vocabulary.ts';

/** What a formula must give: a real number, or true or false. */
export type Sort = 'number' | 'condition';

export interface FormulaContext {
  readonly pool: Pool;
  /** What the names in the text stand for. */
  readonly names: ReadonlyMap<string, Expression>;
  /** Path of the formula in the spec, for error messages. */
  readonly where: string;
  readonly sort: Sort;
}

const LONGEST = 4096;
const DEEPEST = 100;

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
  const { pool, names, where } = context;
  if (text.length > LONGEST) {
    const what = `a formula has at most ${LONGEST} characters`;
    throw new FormulaError({ code: 'formula-too-long', where, what, got: `${text.length}` });
  }
  const tokens = tokenize(text, where);
  let position = 0;
  let depth = 0;

  function refuse(code: string, span: Span, what: string, cure?: string, got?: string): never {
    const optional = { ...(cure && { cure }), ...(got && { got }) };
    throw new FormulaError({ code, where, what, text, span, ...optional });
  }
  const peek = (ahead = 0): Token => tokens[Math.min(position + ahead, tokens.length - 1)] as Token; // `end` is always there
  const next = (): Token => {
    const token = peek();
    position += 1;
    return token;
  };
  const isNext = (...texts: readonly string[]) =>
    peek().kind !== 'number' && texts.includes(peek().text);
  const spanSince = (from: number): Span => ({ from, to: tokens[position - 1]?.to ?? from });

  function nested<T>(read: () => T): T {
    depth += 1;
    if (depth > DEEPEST) {
      refuse('formula-too-deep', peek(), `more than ${DEEPEST} levels of nesting`, 'simplify it');
    }
    const result = read();
    depth -= 1;
    return result;
  }

  function expect(sort: Sort, expression: Expression, from: number): Expression {
    const found: Sort = isCondition(expression) ? 'condition' : 'number';
    if (found === sort) return expression;
    const span = spanSince(from);
    return sort === 'number'
      ? refuse(
          'wrong-sort',
          span,
          'a comparison stands where a number is needed',
          'compare numbers only at the outside, joined by and, or, not',
        )
      : refuse(
          'wrong-sort',
          span,
          'a number stands where a comparison is needed',
          'compare it, as in `x > 0`',
        );
  }

  /** A chain of equal operators, left to right, over operands of one sort. */
  function chain(
    sort: Sort,
    read: () => Expression,
    operators: Readonly<Record<string, Operation>>,
  ) {
    const { from } = peek();
    let left = read();
    for (let token = peek(); token.kind !== 'number' && operators[token.text]; token = peek()) {
      const operation = operators[token.text] as Operation; // looked up in the line above
      expect(sort, left, from);
      next();
      const start = peek().from;
      const right = expect(sort, read(), start);
      left = pool.apply(operation, left, right);
    }
    return left;
  }

  const either = (): Expression => chain('condition', both, { or: 'or' });
  const both = (): Expression => chain('condition', negation, { and: 'and' });

  function negation(): Expression {
    if (!isNext('not')) return comparison();
    next();
    const { from } = peek();
    return pool.apply('not', expect('condition', nested(negation), from));
  }

  function comparison(): Expression {
    const { from } = peek();
    const left = sum();
    if (!isNext('<', '<=', '>', '>=')) return left;
    expect('number', left, from);
    const { text: sign } = next();
    const start = peek().from;
    const right = expect('number', sum(), start);
    if (isNext('<', '<=', '>', '>=')) {
      refuse(
        'chained-comparison',
        peek(),
        'comparisons cannot be chained',
        'write `a < b and b < c`',
      );
    }
    const operation = sign.endsWith('=') ? 'lessEqual' : 'less';
    return sign.startsWith('<')
      ? pool.apply(operation, left, right)
      : pool.apply(operation, right, left);
  }

  const sum = (): Expression => chain('number', product, { '+': 'add', '-': 'subtract' });

  function product(): Expression {
    const { from } = peek();
    let left = sign();
    let isDivided = false;
    for (;;) {
      const start = peek().from;
      if (isNext('*', '/')) {
        expect('number', left, from);
        const operation = next().text === '/' ? 'divide' : 'multiply';
        isDivided = operation === 'divide';
        const first = peek().from;
        left = pool.apply(operation, left, expect('number', sign(), first));
      } else if (isImplicitProduct()) {
        if (isDivided) {
          const cure = 'write * or brackets: `a / (2 * x)` or `a / 2 * x`';
          refuse(
            'ambiguous-product',
            peek(),
            'a product without * after a division can be read in two ways',
            cure,
          );
        }
        expect('number', left, from);
        left = pool.apply('multiply', left, expect('number', power(), start));
      } else return left;
    }
  }

  /** Whether the next token begins a factor right after a number or a closing bracket. */
  function isImplicitProduct(): boolean {
    const { kind, text: opened } = peek();
    const before = tokens[position - 1];
    const follows = before?.kind === 'number' || before?.text === ')';
    const begins = kind === 'name' ? !words.has(opened) : opened === '(';
    return follows && begins;
  }

  function sign(): Expression {
    if (!isNext('+', '-')) return power();
    const { text: mark } = next();
    const { from } = peek();
    const operand = expect('number', nested(sign), from);
    return mark === '-' ? pool.negate(operand) : operand;
  }

  function power(): Expression {
    const { from } = peek();
    const base = operand();
    if (!isNext('^')) return base;
    expect('number', base, from);
    next();
    const start = peek().from;
    return pool.apply('power', base, expect('number', nested(sign), start));
  }

  function operand(): Expression {
    const token = next();
    if (token.kind === 'number') return literal(token);
    if (token.kind === 'name') return peek().text === '(' ? call(token) : named(token);
    if (token.text !== '(') return unexpected(token);
    const inside = nested(either);
    close(token);
    return inside;
  }

  function literal(token: Token): Expression {
    const value = Number(token.text);
    if (Number.isFinite(value)) return pool.number(value);
    return refuse(
      'number-out-of-range',
      token,
      'a number too large for float64',
      'the largest is 1.79e308',
    );
  }

  function named(token: Token): Expression {
    const constant = constants.get(token.text);
    if (constant !== undefined) return pool.number(constant);
    const given = names.get(token.text);
    if (given) return given;
    if (callables.has(token.text)) {
      return refuse(
        'unexpected-token',
        token,
        `${token.text} is a function`,
        `call it, as in ${token.text}(x)`,
      );
    }
    if (words.has(token.text)) return unexpected(token);
    const known = [...names.keys(), ...constants.keys()];
    const guess = nearest(token.text, [...known, ...callables.keys()]);
    const cure = `${guess ? `did you mean ${guess}? ` : ''}known names: ${known.join(', ')}`;
    return refuse('unknown-name', token, 'unknown name', cure, token.text);
  }

  function call(token: Token): Expression {
    const callable = callables.get(token.text);
    if (!callable) return unknownFunction(token);
    const open = next();
    const operands: Expression[] = [];
    while (!isNext(')') || operands.length > 0) {
      const { from } = peek();
      operands.push(expect('number', nested(either), from));
      if (!isNext(',')) break;
      next();
    }
    close(open);
    const { operation, least, most } = callable;
    const [first, ...rest] = operands;
    if (!first || operands.length < least || operands.length > most) {
      const wanted =
        most > least
          ? `${least} or more arguments`
          : least === 1
            ? 'one argument'
            : `${least} arguments`;
      refuse(
        'wrong-argument-count',
        spanSince(token.from),
        `${token.text} takes ${wanted}`,
        undefined,
        `${operands.length}`,
      );
    }
    if (rest.length === 0) return pool.apply(operation, first);
    return rest.reduce((left, right) => pool.apply(operation, left, right), first);
  }

  function unknownFunction(token: Token): never {
    if (names.has(token.text) || constants.has(token.text)) {
      const cure = `to multiply, write ${token.text} * (…)`;
      refuse('unknown-function', token, `${token.text} is no function`, cure);
    }
    if (words.has(token.text)) return unexpected(token);
    const known = [...callables.keys()];
    const guess = nearest(token.text, known);
    const cure = `${guess ? `did you mean ${guess}? ` : ''}functions: ${known.join(', ')}`;
    return refuse('unknown-function', token, 'unknown function', cure, token.text);
  }

  function close(open: Token): void {
    if (isNext(')')) {
      next();
      return;
    }
    if (peek().kind === 'end')
      refuse('unclosed-bracket', open, 'this bracket is not closed', 'add )');
    afterOperand();
  }

  /** Refuses whatever stands where an operator or the end should be. */
  function afterOperand(): never {
    const token = peek();
    const isOperand = token.kind === 'name' ? !words.has(token.text) : token.kind === 'number';
    if (isOperand || (token.kind === 'symbol' && token.text === '(')) {
      const before = tokens[position - 1]?.text ?? '';
      const cure = `to multiply, write ${before} * ${token.text}`;
      refuse('missing-operator', token, 'an operator is missing before this', cure);
    }
    return unexpected(token);
  }

  function unexpected(token: Token): never {
    if (token.kind === 'end') {
      return refuse(
        'unexpected-token',
        token,
        'the formula ends where a number, a name or ( is needed',
      );
    }
    if (token.text === ')')
      return refuse(
        'unexpected-token',
        token,
        'a number or a name is missing before this bracket, or nothing opened it',
      );
    return refuse(
      'unexpected-token',
      token,
      'this cannot stand here',
      undefined,
      `\`${token.text}\``,
    );
  }

  if (peek().kind === 'end') {
    const cure =
      context.sort === 'number' ? 'write 0 for none' : 'write a comparison, as in `x > 0`';
    refuse('empty-formula', peek(), 'the formula is empty', cure);
  }
  const { from } = peek();
  const result = either();
  if (peek().kind !== 'end') afterOperand();
  return expect(context.sort, result, from);
}
