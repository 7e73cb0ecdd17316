import { RequestError } from '../spec/errors.ts';

/** What theory says, or why it says nothing. */
export type Known<T> = { readonly value: T } | { readonly missing: string };

/** Asks the theory; where it does not apply, its refusal is the reason. */
export function attempt<T>(ask: () => T): Known<T> {
  try {
    return { value: ask() };
  } catch (error) {
    if (error instanceof RequestError) return { missing: error.message };
    throw error;
  }
}

/** Continues with what is known. */
export function andThen<T, U>(known: Known<T>, next: (value: T) => Known<U>): Known<U> {
  return 'value' in known ? next(known.value) : known;
}

/** The value, if it is known. */
export function ifKnown<T>(known: Known<T>): T | undefined {
  return 'value' in known ? known.value : undefined;
}

/** Why things are not known, each reason once. */
export function reasonsOf(all: readonly Known<unknown>[]): readonly string[] {
  return [...new Set(all.flatMap((known) => ('missing' in known ? [known.missing] : [])))];
}
