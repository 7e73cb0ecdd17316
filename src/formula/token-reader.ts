import { FormulaError, type FormulaFault, type Span } from './errors.ts';
import { type Token, tokenize } from './tokens.ts';
import { type Expression, isCondition } from './tree.ts';
import { words } from './vocabulary.ts';

/** What a formula must give: a real number, or true or false. */
export type Sort = 'number' | 'condition';

const DEEPEST = 100;

/** Goes through the tokens of one formula, once from left to right, and refuses what is misplaced. */
export class TokenReader {
  readonly #text: string;
  readonly #where: string;
  readonly #tokens: readonly Token[];
  #position = 0;
  #depth = 0;

  /**
   * @param where path of the formula in the spec, for error messages.
   * @throws {FormulaError} `unknown-character`.
   */
  constructor(text: string, where: string) {
    this.#text = text;
    this.#where = where;
    this.#tokens = tokenize(text, where);
  }

  /** The token just read; none at the start. */
  get last(): Token | undefined {
    return this.#tokens[this.#position - 1];
  }

  /** The token that `next` will give; past the end, `end` again and again. */
  peek(): Token {
    return this.#tokens[Math.min(this.#position, this.#tokens.length - 1)] as Token; // `end` is always there
  }

  next(): Token {
    const token = this.peek();
    this.#position += 1;
    return token;
  }

  /** Whether the next token is one of these names or symbols. */
  isNext(...texts: readonly string[]): boolean {
    const { kind, text } = this.peek();
    return kind !== 'number' && texts.includes(text);
  }

  /** From a place in the text to the end of the token just read. */
  spanSince(from: number): Span {
    return { from, to: this.last?.to ?? from };
  }

  /**
   * Reads one level deeper, so that no text can overflow the stack.
   *
   * @throws {FormulaError} `formula-too-deep`.
   */
  nested<T>(read: () => T): T {
    this.#depth += 1;
    if (this.#depth > DEEPEST) {
      const what = `more than ${DEEPEST} levels of nesting`;
      this.refuse(this.peek(), { code: 'formula-too-deep', what, cure: 'simplify it' });
    }
    const result = read();
    this.#depth -= 1;
    return result;
  }

  /**
   * Gives back an expression just read, if it is of that sort.
   *
   * @param from where in the text the expression begins.
   * @throws {FormulaError} `wrong-sort`.
   */
  expect(sort: Sort, expression: Expression, from: number): Expression {
    const found: Sort = isCondition(expression) ? 'condition' : 'number';
    if (found === sort) return expression;
    const fault =
      sort === 'number'
        ? {
            what: 'a comparison stands where a number is needed',
            cure: 'compare numbers only at the outside, joined by and, or, not',
          }
        : {
            what: 'a number stands where a comparison is needed',
            cure: 'compare it, as in `x > 0`',
          };
    return this.refuse(this.spanSince(from), { code: 'wrong-sort', ...fault });
  }

  /**
   * Reads the bracket that closes `open`.
   *
   * @throws {FormulaError} `unclosed-bracket`; those of `refuseNext`.
   */
  close(open: Token): void {
    if (this.isNext(')')) {
      this.next();
      return;
    }
    if (this.peek().kind === 'end') {
      const what = 'this bracket is not closed';
      this.refuse(open, { code: 'unclosed-bracket', what, cure: 'add )' });
    }
    this.refuseNext();
  }

  /** Throws at a place in the text. */
  refuse(span: Span, fault: Pick<FormulaFault, 'code' | 'what' | 'cure' | 'got'>): never {
    throw new FormulaError({ ...fault, where: this.#where, text: this.#text, span });
  }

  /**
   * Refuses whatever stands where an operator or the end should be.
   *
   * @throws {FormulaError} `missing-operator`, `unexpected-token`.
   */
  refuseNext(): never {
    const token = this.peek();
    const isOperand = token.kind === 'name' ? !words.has(token.text) : token.kind === 'number';
    if (isOperand || (token.kind === 'symbol' && token.text === '(')) {
      const what = 'an operator is missing before this';
      const cure = `to multiply, write ${this.last?.text ?? ''} * ${token.text}`;
      this.refuse(token, { code: 'missing-operator', what, cure });
    }
    return this.refuseToken(token);
  }

  /**
   * Refuses a token that cannot stand where it does.
   *
   * @throws {FormulaError} `unexpected-token`.
   */
  refuseToken(token: Token): never {
    const code = 'unexpected-token';
    if (token.kind === 'end') {
      const what = 'the formula ends where a number, a name or ( is needed';
      return this.refuse(token, { code, what });
    }
    if (token.text === ')') {
      const what = 'a number or a name is missing before this bracket, or nothing opened it';
      return this.refuse(token, { code, what });
    }
    const got = `\`${token.text}\``;
    return this.refuse(token, { code, what: 'this cannot stand here', got });
  }
}
