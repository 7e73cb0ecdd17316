import type { WgslText } from '../../../formula/emit-wgsl.ts';
import type { Snippet } from './snippet.ts';

/** The offset in bins of a value computed in f32. */
export function measured(
  emitted: WgslText,
  word: (key: string, value: () => number) => string,
  lo: number,
  hi: number,
  bins: number,
): Snippet {
  const low = word(`low ${lo}`, () => lo);
  const scale = word(`bins per unit ${lo} ${hi} ${bins}`, () => bins / (hi - lo));
  const { statements, functions, partial } = emitted;
  return { statements, functions, partial, result: `(${emitted.results[0]} - ${low}) * ${scale}` };
}
