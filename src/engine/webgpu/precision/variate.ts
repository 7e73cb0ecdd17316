import type { WgslText } from '../../../formula/emit-wgsl.ts';
import type { ColumnSetting } from '../../../spec/columns.ts';
import type { Snippet } from './snippet.ts';

/**
 * A value of the state whose differences from another value of it are taken before they are rounded to
 * f32, as far as the precision allows: what differs little far from 0 keeps its digits.
 */
export interface Variate extends Snippet {
  /** WGSL type of the value: `result` is one. */
  readonly type: 'f32' | 'Coordinate';
  /** 4-byte words that hold a value. */
  readonly words: number;
  /** WGSL of a value from its words. */
  load(word: (index: number) => string): string;
  /** WGSL of the words of a value that has a name. */
  store(value: string): readonly string[];
  /** WGSL of the difference of two values that have names, f32, in `unit`. */
  minus(value: string, origin: string): string;
  /** WGSL of the least difference of a value that has a name from others like it. */
  resolution(value: string): string;
  /** What a difference of 1 is in the unit of the formula. */
  unit(setting: ColumnSetting): number;
  /** A value read back, f64, in `unit`, whose words stand `place` behind each of `from`. */
  value(words: Uint32Array, from: readonly number[], place: number): number;
}

/** A value computed in f32. */
export function roundedVariate({ statements, results, functions, partial }: WgslText): Variate {
  return {
    statements: [...statements, `let value = ${results[0]};`], // a constant becomes f32
    result: 'value',
    functions,
    partial,
    type: 'f32',
    words: 1,
    load: (word) => `bitcast<f32>(${word(0)})`,
    store: (value) => [`bitcast<u32>(${value})`],
    minus: (value, origin) => `(${value} - ${origin})`,
    resolution: (value) => `abs(${value}) * 0x1p-24f`,
    unit: () => 1,
    value: (given, [from = 0], place) => floatOf(given[from + place] ?? 0),
  };
}

const words = new Uint32Array(1);
const floats = new Float32Array(words.buffer);

/** The f32 number that a word holds. */
export function floatOf(word: number): number {
  words[0] = word;
  return floats[0] ?? 0;
}
