import type { RecordLayout } from './layout.ts';

/** The records of all orbits of a run: f64 [columns, orbits, width], NaN where there is none yet. */
export interface Records {
  readonly layout: RecordLayout;
  readonly columns: number;
  readonly orbits: number;
  readonly data: Float64Array;
}

/** Records of a run of which nothing is known yet. */
export function createRecords(layout: RecordLayout, columns: number, orbits: number): Records {
  const data = new Float64Array(columns * orbits * layout.width).fill(Number.NaN);
  return { layout, columns, orbits, data };
}

/** Which orbits a piece of work was about. */
export interface OrbitBlock {
  readonly columnFrom: number;
  readonly columns: number;
  readonly orbitFrom: number;
  readonly orbits: number;
}

/**
 * Puts the records of a block where they belong.
 *
 * @param given f64 [columns, orbits, width] of the block.
 */
export function putRecords(records: Records, block: OrbitBlock, given: Float64Array): void {
  const { width } = records.layout;
  const length = block.orbits * width;
  for (let column = 0; column < block.columns; column++) {
    const to = ((block.columnFrom + column) * records.orbits + block.orbitFrom) * width;
    records.data.set(given.subarray(column * length, (column + 1) * length), to);
  }
}

/** An independent copy. */
export function copyRecords(records: Records): Records {
  return { ...records, data: records.data.slice() };
}

/** The record of one orbit, a view of the values. */
export function recordOf({ layout, orbits, data }: Records, column: number, orbit: number) {
  const from = (column * orbits + orbit) * layout.width;
  return data.subarray(from, from + layout.width);
}
