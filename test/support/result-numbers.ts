import type { Result } from '../../src/engine/result.ts';

/** The entries of an array of a result as plain numbers. */
export function numbers({ arrays }: Result, name: string): number[] {
  const array = arrays[name];
  if (!array) throw new Error(`no array ${name} among ${Object.keys(arrays)}`);
  return Array.from(array.data, Number);
}

export function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
