import { nearestWord } from '../spec/nearest-word.ts';
import type { Operation } from './tree.ts';

/** A function of the formula language. */
export interface Callable {
  readonly operation: Operation;
  readonly least: number;
  readonly most: number;
}

const unary = (operation: Operation): Callable => ({ operation, least: 1, most: 1 });

/** The functions a formula may call; anything else is refused. */
export const callables: ReadonlyMap<string, Callable> = new Map([
  ...(
    [
      ...(['sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh'] as const),
      ...(['exp', 'log', 'sqrt', 'abs', 'sign'] as const),
    ] as const
  ).map((name) => [name, unary(name)] as const),
  ['pow', { operation: 'power', least: 2, most: 2 }],
  ['max', { operation: 'max', least: 2, most: Number.POSITIVE_INFINITY }],
  ['min', { operation: 'min', least: 2, most: Number.POSITIVE_INFINITY }],
]);

export const constants: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['e', Math.E],
]);

/** What joins comparisons. */
export const words: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/** Whether a name has a meaning of its own, so that no variable or parameter can have it. */
export function isReserved(name: string): boolean {
  return callables.has(name) || constants.has(name) || words.has(name);
}

/** What other languages call the functions here. */
const synonyms: Readonly<Record<string, string>> = {
  ln: 'log',
  arcsin: 'asin',
  arccos: 'acos',
  arctan: 'atan',
  arctg: 'atan',
  tg: 'tan',
  sgn: 'sign',
  fabs: 'abs',
  power: 'pow',
  eps: 'epsilon',
  maximum: 'max',
  minimum: 'min',
};

/** The name among `known` that `name` was likely meant to be. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  const synonym = synonyms[lower];
  if (synonym && known.includes(synonym)) return synonym;
  return nearestWord(name, known);
}
