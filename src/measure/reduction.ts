import { axisLengths } from '../spec/columns.ts';
import type { Spec } from '../spec/spec.ts';
import type { ResultArray } from './array.ts';
import { countDistinct } from './distinct.ts';
import { startsAreOne } from './layout.ts';
import type { Records } from './records.ts';

/** What a measure makes its arrays of. */
export interface Reduction {
  readonly spec: Spec;
  readonly records: Records;
  /** Lengths of the axes: the leading dimensions of its arrays. */
  readonly axes: readonly number[];
  /** Distinct final states of each column: uint32 [columns]. */
  readonly distinct: Uint32Array;
}

export function createReduction(spec: Spec, records: Records): Reduction {
  const axes = axisLengths(spec, records.columns);
  return { spec, records, axes, distinct: countDistinct(records) };
}

/** f64 of the shape of the axes and `inner`, by column. */
export function fill(
  { axes, records }: Reduction,
  inner: readonly number[],
  valuesOf: (column: number) => ArrayLike<number>,
): ResultArray & { readonly type: 'float64' } {
  const width = inner.reduce((product, length) => product * length, 1);
  const data = new Float64Array(records.columns * width);
  for (let column = 0; column < records.columns; column++) {
    data.set(valuesOf(column), column * width);
  }
  return { type: 'float64', shape: [...axes, ...inner], data };
}

/** u32 of the shape of the axes and `inner`, by column. */
export function fillCounts(
  { axes, records }: Reduction,
  inner: readonly number[],
  valuesOf: (column: number) => ArrayLike<number>,
): ResultArray & { readonly type: 'uint32' } {
  const width = inner.reduce((product, length) => product * length, 1);
  const data = new Uint32Array(records.columns * width);
  for (let column = 0; column < records.columns; column++) {
    data.set(valuesOf(column), column * width);
  }
  return { type: 'uint32', shape: [...axes, ...inner], data };
}

/** Values of some pieces, [pieces, width]; the array is used again for the next column. */
export interface Pieces {
  readonly count: number;
  readonly values: Float64Array;
}

/**
 * A reader of the independent pieces of a column that have something in them: `width` values of every
 * batch of every orbit.
 *
 * Orbits that start at one place and end at one place are one orbit: it counts once.
 *
 * @param start of the first batch in a record; its first value is a count, and 0 or NaN where there is
 *   nothing.
 */
export function pieceReader(
  { spec, records, distinct }: Reduction,
  start: number,
  width: number,
): (column: number) => Pieces {
  const { layout, orbits, data } = records;
  const { batches } = layout;
  const startTogether = startsAreOne(spec);
  const values = new Float64Array(orbits * batches * width);
  return (column) => {
    const isOne = startTogether && (distinct[column] ?? 0) <= 1;
    const read = isOne ? Math.min(1, orbits) : orbits;
    let count = 0;
    for (let orbit = 0; orbit < read; orbit++) {
      let from = (column * orbits + orbit) * layout.width + start;
      for (let batch = 0; batch < batches; batch++, from += width) {
        if (!((data[from] ?? 0) > 0)) continue;
        for (let value = 0; value < width; value++) {
          values[count * width + value] = data[from + value] ?? 0;
        }
        count++;
      }
    }
    return { count, values };
  };
}
