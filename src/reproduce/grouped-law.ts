import { type Distances, distances, groupFloor, type Masses } from '../analysis/distance.ts';
import type { Result } from '../engine/result.ts';
import type { Check } from './check.ts';
import { numbersOf } from './result-columns.ts';

/** A number with its standard error. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/** What independent groups of orbits visited. */
export interface GroupedLaw {
  readonly edges: Float64Array;
  readonly groups: readonly Masses[];
  /** All groups together. */
  readonly pooled: Required<Masses>;
  /** How far all groups together are from their own law, as the groups are from one another. */
  readonly floor: Distances;
}

/** Columns of runs that differ in nothing but their draws. */
export interface Groups {
  readonly results: readonly Result[];
  readonly columns: readonly number[];
}

/** The columns of the last axis of a result, at cell `column` of the axes before it. */
export function groupsOf(result: Result, column: number): Groups {
  const count = result.spec.axes.at(-1)?.count ?? 1;
  return {
    results: [result],
    columns: Array.from({ length: count }, (_, group) => column * count + group),
  };
}

/** What a density says of all groups. */
export function groupedLaw(groups: Groups, name = 'density'): GroupedLaw {
  const [first] = groups.results;
  if (!first) throw new TypeError('a law needs a result');
  const edges = numbersOf(first, `${name}_edges`);
  const visits = rowsOf(groups, name);
  const outsides = rowsOf(groups, `${name}_outside`);
  const each = visits.map((bins, group) => ({ bins, outside: outsides[group] ?? [0, 0] }));
  const pooled = { bins: sumOf(visits), outside: sumOf(outsides) };
  return { edges, groups: each, pooled, floor: groupFloor(each, edges) };
}

/** A number that every group has with its standard error: their mean. */
export function groupedNumber(groups: Groups, name: string): Estimate {
  const values = rowsOf(groups, name).map(([value = Number.NaN]) => value);
  const errors = rowsOf(groups, `${name}_stderr`).map(([error = Number.NaN]) => error);
  const sum = values.reduce((total, value) => total + value, 0);
  return { value: sum / values.length, error: Math.hypot(...errors) / errors.length };
}

/** A measured number beside the exact one. */
export function numberCheck(
  of: Pick<Check, 'what' | 'expected' | 'source'>,
  { value, error }: Estimate,
  bias = { size: 0, why: '' },
): Check {
  const why = bias.size > 0 ? `4 standard errors and ${bias.why}` : '4 standard errors';
  return { ...of, measured: value, tolerance: 4 * error + bias.size, why };
}

/** Total variation of what was visited to a law, beside the floor. */
export function lawCheck(
  of: Pick<Check, 'what' | 'source'>,
  visited: GroupedLaw,
  law: Masses,
): Check {
  const { pooled, edges, floor } = visited;
  return {
    ...of,
    measured: distances(pooled, law, edges).totalVariation,
    expected: floor.totalVariation,
    tolerance: 6 * floorScatter(visited, law) * floor.totalVariation,
    why: '6 standard deviations, from those of the groups: such distances are skewed, and these known to a fifth',
  };
}

/** Standard deviation, relative, of the distance of a group to a law: that of all groups is the same. */
export function floorScatter({ groups, edges }: GroupedLaw, law: Masses): number {
  const each = groups.map((group) => distances(group, law, edges).totalVariation);
  const mean = each.reduce((sum, distance) => sum + distance, 0) / each.length;
  const squares = each.reduce((sum, distance) => sum + (distance - mean) ** 2, 0);
  return Math.sqrt(squares / (each.length - 1)) / mean;
}

/** Probability per unit of x in every bin: f64 [bins]. */
export function densityOf({ pooled, edges }: GroupedLaw): Float64Array {
  const total = [...Array.from(pooled.bins, Number), ...Array.from(pooled.outside, Number)].reduce(
    (a, b) => a + b,
  );
  return Float64Array.from(
    pooled.bins,
    (visits, bin) => Number(visits) / total / ((edges[bin + 1] ?? 0) - (edges[bin] ?? 0)),
  );
}

function rowsOf({ results, columns }: Groups, name: string): readonly Float64Array[] {
  return results.flatMap(({ arrays, spec }) => {
    const array = arrays[name];
    if (!array) throw new TypeError(`no array ${name} among ${Object.keys(arrays).join(', ')}`);
    const width = array.data.length / spec.axes.reduce((cells, { count }) => cells * count, 1);
    return columns.map((column) =>
      Float64Array.from(array.data.subarray(column * width, (column + 1) * width), Number),
    );
  });
}

function sumOf(rows: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array(rows[0]?.length ?? 0);
  for (const row of rows)
    row.forEach((value, at) => {
      sum[at] = (sum[at] ?? 0) + value;
    });
  return sum;
}
