import type { Result } from '../engine/result.ts';
import { columnCount, columnIndices } from '../spec/columns.ts';
import type { Spec } from '../spec/spec.ts';
import { arrayOf } from './result-array.ts';

/** A result as it is read beside theory. */
export interface Study {
  readonly result: Result;
  readonly spec: Spec;
  readonly columns: number;
  /** Columns that are told in full, rising. */
  readonly chosen: readonly number[];
}

/** A result with the columns that are told in full. */
export function createStudy(result: Result, chosen: readonly number[]): Study {
  return { result, spec: result.spec, columns: columnCount(result.spec), chosen };
}

/** Numbers of an array of a result, by column. */
export interface ColumnNumbers {
  /** One number of a column. */
  at(column: number, place?: number): number;
  /** All numbers of a column. */
  of(column: number): readonly number[];
}

/**
 * An array of a result, by column.
 *
 * @param inner its dimensions behind the axes.
 * @throws {RequestError} `bad-array` where the file has no such array of that shape.
 */
export function numbersOf(
  { result, spec }: Study,
  name: string,
  inner: readonly number[] = [],
): ColumnNumbers {
  const shape = [...spec.axes.map(({ count }) => count), ...inner];
  const { data } = arrayOf(result, name, shape);
  const stride = inner.reduce((product, length) => product * length, 1);
  return {
    at: (column, place = 0) => Number(data[column * stride + place] ?? Number.NaN),
    of: (column) => Array.from(data.subarray(column * stride, (column + 1) * stride), Number),
  };
}

/** The same of an array without the axes, such as edges. */
export function edgesOf({ result }: Study, name: string, length: number): Float64Array {
  return Float64Array.from(arrayOf(result, name, [length]).data, Number);
}

/** The axis values of a column, by parameter. */
export function placeOf({ spec, result }: Study, column: number): Readonly<Record<string, number>> {
  const indices = columnIndices(spec, column);
  return Object.fromEntries(
    spec.axes.map(({ parameter }, axis) => [
      parameter,
      Number(result.arrays[`axis${axis}`]?.data[indices[axis] ?? 0]),
    ]),
  );
}

/** Every column of a study. */
export function everyColumn({ columns }: Study): readonly number[] {
  return Array.from({ length: columns }, (_, column) => column);
}
