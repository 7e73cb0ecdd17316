import type { Placed } from '../spec/measures/registry.ts';
import type { EscapeRequest } from '../spec/spec.ts';
import type { ResultArrays } from './array.ts';
import { fates } from './layout.ts';
import { type Records, recordOf } from './records.ts';
import { fill, fillCounts, type Reduction } from './reduction.ts';

/**
 * Escape times, in steps from the start. `_count` orbits escaped and `_censored` had not at the horizon;
 * the others diverged. `_mean` and `_stderr` are of the orbits that escaped. `_histogram` counts their
 * times over `_edges` [bins + 1], of equal ratio from 1 to horizon + 1; an escape at the start itself
 * counts in the first cell. `_times` [..., orbits], if asked for, is NaN where an orbit did not escape.
 */
export function escapeArrays(
  { request }: Placed<EscapeRequest>,
  reduction: Reduction,
): ResultArrays {
  const { name, bins, horizon } = request;
  const { records } = reduction;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => (horizon + 1) ** (i / bins));
  const columns = Array.from({ length: records.columns }, (_, column) =>
    escapesOf(records, column, edges),
  );
  const of = (value: (escapes: Escapes) => number) =>
    fill(reduction, [], (column) => [value(columns[column] ?? none)]);
  return {
    [`${name}_count`]: fillCounts(reduction, [], (column) => [columns[column]?.count ?? 0]),
    [`${name}_censored`]: fillCounts(reduction, [], (column) => [columns[column]?.censored ?? 0]),
    [`${name}_mean`]: of(({ mean }) => mean),
    [`${name}_stderr`]: of(({ error }) => error),
    [`${name}_histogram`]: fillCounts(
      reduction,
      [bins],
      (column) => columns[column]?.histogram ?? [],
    ),
    [`${name}_edges`]: { type: 'float64', shape: [bins + 1], data: edges },
    ...(request.times
      ? {
          [`${name}_times`]: fill(reduction, [records.orbits], (column) =>
            timesOf(records, column),
          ),
        }
      : {}),
  };
}

interface Escapes {
  readonly count: number;
  readonly censored: number;
  readonly mean: number;
  readonly error: number;
  readonly histogram: Uint32Array;
}

const none: Escapes = {
  count: 0,
  censored: 0,
  mean: Number.NaN,
  error: Number.NaN,
  histogram: new Uint32Array(),
};

function escapesOf(records: Records, column: number, edges: Float64Array): Escapes {
  const { fate, steps } = records.layout;
  const bins = edges.length - 1;
  const histogram = new Uint32Array(bins);
  const cellsPerLog = bins / Math.log(edges[bins] ?? 2);
  let count = 0;
  let censored = 0;
  let mean = 0;
  let squares = 0; // sum of squared distances from the mean (Welford 1962)
  for (let orbit = 0; orbit < records.orbits; orbit++) {
    const record = recordOf(records, column, orbit);
    if (record[fate] === fates.stayed) censored++;
    if (record[fate] !== fates.escaped) continue;
    const time = record[steps] ?? 0;
    count++;
    const distance = time - mean;
    mean += distance / count;
    squares += distance * (time - mean);
    // The logarithm may miss by one cell at an edge; the edges say which.
    let cell = Math.min(Math.floor(Math.log(Math.max(1, time)) * cellsPerLog), bins - 1);
    if (cell > 0 && time < (edges[cell] ?? 0)) cell--;
    else if (cell < bins - 1 && time >= (edges[cell + 1] ?? 0)) cell++;
    histogram[cell] = (histogram[cell] ?? 0) + 1;
  }
  return {
    count,
    censored,
    mean: count > 0 ? mean : Number.NaN,
    error: count > 1 ? Math.sqrt(squares / (count - 1) / count) : Number.NaN,
    histogram,
  };
}

function timesOf(records: Records, column: number): Float64Array {
  const { fate, steps } = records.layout;
  return Float64Array.from({ length: records.orbits }, (_, orbit) => {
    const record = recordOf(records, column, orbit);
    return record[fate] === fates.escaped ? (record[steps] ?? Number.NaN) : Number.NaN;
  });
}
