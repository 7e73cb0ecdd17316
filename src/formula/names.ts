import type { Pool } from './pool.ts';
import type { TokenReader } from './token-reader.ts';
import type { Token } from './tokens.ts';
import type { Expression } from './tree.ts';
import { type Callable, callables, constants, nearest, words } from './vocabulary.ts';

export interface Scope {
  readonly pool: Pool;
  /** What the names in the text stand for. */
  readonly names: ReadonlyMap<string, Expression>;
  /** What to write here for names that another formula knows. */
  readonly instead?: ReadonlyMap<string, string> | undefined;
}

/**
 * What a name that is not called stands for.
 *
 * @param token the name, just read.
 * @throws {FormulaError} `unknown-name`; `unexpected-token` for a function or a word.
 */
export function named(
  token: Token,
  reader: TokenReader,
  { pool, names, instead }: Scope,
): Expression {
  const { text } = token;
  const constant = constants.get(text);
  if (constant !== undefined) return pool.number(constant);
  const given = names.get(text);
  if (given) return given;
  if (callables.has(text)) {
    const [what, cure] = [`${text} is a function`, `call it, as in ${text}(x)`];
    return reader.refuse(token, { code: 'unexpected-token', what, cure });
  }
  if (words.has(text)) return reader.refuseToken(token);
  const other = instead?.get(text);
  if (other) {
    const what = 'the name belongs to the micro formula';
    return reader.refuse(token, { code: 'unknown-name', what, cure: `write ${other}`, got: text });
  }
  const known = [...names.keys(), ...constants.keys()];
  const guess = nearest(text, [...known, ...callables.keys()]);
  const cure = `${didYouMean(guess)}known names: ${known.join(', ')}`;
  return reader.refuse(token, { code: 'unknown-name', what: 'unknown name', cure, got: text });
}

/**
 * Reads the arguments of a function and applies it.
 *
 * @param token the name of the function, just read; a bracket follows.
 * @param readArgument reads one argument, up to the comma or bracket after it.
 * @throws {FormulaError} `unknown-function`; `wrong-argument-count`; `unclosed-bracket`; those of
 *   `readArgument`.
 */
export function call(
  token: Token,
  reader: TokenReader,
  scope: Scope,
  readArgument: () => Expression,
): Expression {
  const callable = callables.get(token.text);
  if (!callable) return refuseCall(token, reader, scope);
  const open = reader.next();
  const operands: Expression[] = [];
  while (!reader.isNext(')') || operands.length > 0) {
    const { from } = reader.peek();
    operands.push(reader.expect('number', reader.nested(readArgument), from));
    if (!reader.isNext(',')) break;
    reader.next();
  }
  reader.close(open);
  const { operation, least, most } = callable;
  const [first, ...rest] = operands;
  if (!first || operands.length < least || operands.length > most) {
    return reader.refuse(reader.spanSince(token.from), {
      code: 'wrong-argument-count',
      what: `${token.text} takes ${argumentsOf(callable)}`,
      got: `${operands.length}`,
    });
  }
  if (rest.length === 0) return scope.pool.apply(operation, first);
  return rest.reduce((left, right) => scope.pool.apply(operation, left, right), first);
}

function refuseCall(token: Token, reader: TokenReader, { names }: Scope): never {
  const { text } = token;
  const code = 'unknown-function';
  if (names.has(text) || constants.has(text)) {
    const [what, cure] = [`${text} is no function`, `to multiply, write ${text} * (…)`];
    return reader.refuse(token, { code, what, cure });
  }
  if (words.has(text)) return reader.refuseToken(token);
  const known = [...callables.keys()];
  const cure = `${didYouMean(nearest(text, known))}functions: ${known.join(', ')}`;
  return reader.refuse(token, { code, what: 'unknown function', cure, got: text });
}

const didYouMean = (guess: string | undefined) => (guess ? `did you mean ${guess}? ` : '');

function argumentsOf({ least, most }: Callable): string {
  if (most > least) return `${least} or more arguments`;
  return least === 1 ? 'one argument' : `${least} arguments`;
}
