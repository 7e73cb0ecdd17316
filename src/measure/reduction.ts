import type { Spec } from '../spec/spec.ts';
import type { ResultArray } from './array.ts';
import { startsAreOne } from './layout.ts';
import { type Records, recordOf } from './records.ts';

/** What a measure makes its arrays of. */
export interface Reduction {
  readonly spec: Spec;
  readonly records: Records;
  /** Lengths of the axes: the leading dimensions of its arrays. */
  readonly axes: readonly number[];
  /** Distinct final states of each column: uint32 [columns]. */
  readonly distinct: Uint32Array;
}

/** Final states of a column that are compared. */
const COMPARED = 4096;

export function createReduction(spec: Spec, records: Records): Reduction {
  const axes = spec.axes.map(({ count }) => count);
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

/**
 * The independent pieces of a column that have something in them: `width` values of every batch of every
 * orbit, f64 [pieces, width].
 *
 * Orbits that start at one place and end at one place are one orbit: it counts once.
 *
 * @param start of the first batch in a record; its first value is a count, and 0 or NaN where there is
 *   nothing.
 */
export function piecesOf(
  { spec, records, distinct }: Reduction,
  column: number,
  start: number,
  width: number,
): Float64Array {
  const { batches } = records.layout;
  const isOne = startsAreOne(spec) && (distinct[column] ?? 0) <= 1;
  const orbits = isOne ? Math.min(1, records.orbits) : records.orbits;
  const pieces = new Float64Array(orbits * batches * width);
  let length = 0;
  for (let orbit = 0; orbit < orbits; orbit++) {
    const record = recordOf(records, column, orbit);
    for (let batch = 0; batch < batches; batch++) {
      const at = start + batch * width;
      if (!((record[at] ?? 0) > 0)) continue;
      pieces.set(record.subarray(at, at + width), length);
      length += width;
    }
  }
  return pieces.subarray(0, length);
}

/**
 * Distinct final states among the first 4096 orbits of every column; of orbits that diverged there is
 * none. Few of them where many orbits wander show that the arithmetic has brought orbits together.
 */
function countDistinct(records: Records): Uint32Array {
  const { layout, columns, orbits } = records;
  const { final, variables } = layout;
  const compared = Math.min(orbits, COMPARED);
  return Uint32Array.from({ length: columns }, (_, column) => {
    const states = new Set<number | string>();
    for (let orbit = 0; orbit < compared; orbit++) {
      const state = recordOf(records, column, orbit).subarray(final, final + variables);
      const [first = Number.NaN] = state;
      if (Number.isNaN(first)) continue;
      states.add(variables === 1 ? first : state.join());
    }
    return states.size;
  });
}
