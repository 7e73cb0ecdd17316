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
  const same = known.find((candidate) => candidate.toLowerCase() === lower);
  if (same) return same;
  const close = known
    .map((candidate) => ({ candidate, edits: editsBetween(lower, candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.min(2, Math.floor(candidate.length / 2)))
    .sort((a, b) => a.edits - b.edits);
  return close[0]?.candidate;
}

/** Levenshtein distance, where swapping two neighbours counts once. */
function editsBetween(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = (last[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      let edits = Math.min(substituted, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) edits = Math.min(edits, (before[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
