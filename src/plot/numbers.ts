import type { Result } from '../engine/result.ts';
import { arrayOf } from '../study/result-array.ts';

/**
 * An array of a result as float64, row-major.
 *
 * @param inner its dimensions behind the axes.
 * @throws {RequestError} `bad-array` where the file has no such array of that shape.
 */
export function numbersOf(
  { spec, arrays }: Result,
  name: string,
  inner: readonly number[] = [],
): Float64Array {
  return bareNumbersOf({ arrays }, name, [...spec.axes.map(({ count }) => count), ...inner]);
}

/** The same of an array without the axes, such as edges. */
export function bareNumbersOf(
  result: Pick<Result, 'arrays'>,
  name: string,
  shape: readonly number[],
): Float64Array {
  return Float64Array.from(arrayOf(result, name, shape).data, Number);
}

/** Every `stride`-th number from `offset` on. */
export function strided(numbers: Float64Array, stride: number, offset: number): Float64Array {
  return numbers.filter((_, at) => at % stride === offset);
}

/** The sum of all. */
export function totalOf(numbers: Float64Array): number {
  return numbers.reduce((sum, value) => sum + value, 0);
}
