import type { Result, ResultArray } from '../../engine/result.ts';
import { columnCount, columnIndices } from '../../spec/columns.ts';
import { RequestError } from '../../spec/errors.ts';
import type { Spec } from '../../spec/spec.ts';
import { plainText } from './number-text.ts';

/** A result as it is read by the sections of an analysis. */
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
  const { data } = checkedArray(result, name, shape);
  const stride = inner.reduce((product, length) => product * length, 1);
  return {
    at: (column, place = 0) => Number(data[column * stride + place] ?? Number.NaN),
    of: (column) => Array.from(data.subarray(column * stride, (column + 1) * stride), Number),
  };
}

/** The same of an array without the axes, such as edges. */
export function edgesOf({ result }: Study, name: string, length: number): Float64Array {
  return Float64Array.from(checkedArray(result, name, [length]).data, Number);
}

function checkedArray({ arrays }: Result, name: string, shape: readonly number[]): ResultArray {
  const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
  if (array && array.shape.join() === shape.join()) return array;
  throw new RequestError({
    code: 'bad-array',
    where: name,
    what: `expected an array of shape [${shape.join(', ')}]`,
    got: array ? `one of shape [${array.shape.join(', ')}]` : 'no such array',
    cure: 'the arrays do not belong to the spec: run it again',
  });
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

/** The same as cells of a table. */
export function placeCells(study: Study, column: number): readonly string[] {
  return Object.values(placeOf(study, column)).map((value) => plainText(value, 6));
}

/** The same in words, e.g. `eta = 0.1, epsilon = 0.001`. */
export function placeText(study: Study, column: number): string {
  return Object.entries(placeOf(study, column))
    .map(([parameter, value]) => `${parameter} = ${plainText(value, 6)}`)
    .join(', ');
}

/** Every column of a study. */
export function everyColumn({ columns }: Study): readonly number[] {
  return Array.from({ length: columns }, (_, column) => column);
}

/** Names of the axes, for the head of a table. */
export const axisNames = ({ spec }: Study): readonly string[] =>
  spec.axes.map(({ parameter }) => parameter);
