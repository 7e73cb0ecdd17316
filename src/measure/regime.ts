import type { Placed } from '../spec/measures/registry.ts';
import type { RegimeRequest } from '../spec/spec.ts';
import type { ResultArrays } from './array.ts';
import { fates, type RecordLayout } from './layout.ts';
import { recordOf } from './records.ts';
import { fillCounts, type Reduction } from './reduction.ts';

/** What an orbit does, by its number in the arrays. The first rule that holds decides. */
export const regimes = [
  /** It came to a fixed point: its period is 1. */
  'converged',
  /** It came to a cycle of a longer period, up to the longest looked for. */
  'periodic',
  /** Its neighbours part by more than a factor of e^8 while it is observed, in one micro-well. */
  'locally chaotic',
  /** They part, and it wanders farther than a period of the micro-structure, or there is none. */
  'globally chaotic',
  /** It left the radius, or the domain of its formula; this is asked before all others. */
  'diverged',
  /** None of these: a longer period, a quasi-periodic orbit, or one that is still on its way. */
  'undecided',
] as const;

const [CONVERGED, PERIODIC, LOCAL, GLOBAL, DIVERGED, UNDECIDED] = [0, 1, 2, 3, 4, 5] as const;

/** Logarithm of the factor that neighbours of a chaotic orbit part by. */
const PARTING = 8;
/** An attractor inside one micro-well is not wider than this, in periods of the micro-structure. */
const WELL = 1;

/**
 * The array of its name says what most orbits of a column do (a number of `regimes`), `_period` the
 * period that most of those have, 0 where none, and `_orbits` [..., 6] how many orbits do each.
 */
export function regimeArrays(
  { request: { name } }: Placed<RegimeRequest>,
  reduction: Reduction,
): ResultArrays {
  const { columns, orbits, layout } = reduction.records;
  const counts = Array.from({ length: columns }, () => new Uint32Array(regimes.length));
  const periods = Array.from({ length: columns }, () => new Map<number, number>());
  for (let column = 0; column < columns; column++) {
    for (let orbit = 0; orbit < orbits; orbit++) {
      const record = recordOf(reduction.records, column, orbit);
      const regime = regimeOf(record, layout);
      if (regime === undefined) continue;
      const counted = counts[column];
      if (counted) counted[regime] = (counted[regime] ?? 0) + 1;
      const period = record[layout.period?.start ?? 0] ?? 0;
      const seen = periods[column];
      if (regime <= PERIODIC) seen?.set(period, (seen.get(period) ?? 0) + 1);
    }
  }
  const most = counts.map((counted) => (counted ? counted.indexOf(Math.max(...counted)) : 0));
  return {
    [name]: fillCounts(reduction, [], (column) => [most[column] ?? UNDECIDED]),
    [`${name}_period`]: fillCounts(reduction, [], (column) => [
      (most[column] ?? UNDECIDED) <= PERIODIC ? commonest(periods[column]) : 0,
    ]),
    [`${name}_orbits`]: fillCounts(reduction, [regimes.length], (column) => counts[column] ?? []),
  };
}

/** Undefined while the orbit is under way. */
function regimeOf(record: Float64Array, layout: RecordLayout): number | undefined {
  const fate = record[layout.fate] ?? Number.NaN;
  if (Number.isNaN(fate)) return undefined;
  if (fate === fates.diverged) return DIVERGED;
  const period = record[layout.period?.start ?? 0] ?? 0;
  if (period === 1) return CONVERGED;
  if (period > 1) return PERIODIC;
  const { start = 0, exponents = 0 } = layout.tangents ?? {};
  let parting = 0;
  for (let batch = 0; batch < layout.batches; batch++) {
    parting += record[start + batch * (1 + exponents) + 1] ?? 0;
  }
  if (!(parting > PARTING)) return UNDECIDED;
  return (record[layout.extent ?? 0] ?? 0) <= WELL ? LOCAL : GLOBAL;
}

/** The period seen most often; of equals, the shortest. */
function commonest(seen: ReadonlyMap<number, number> = new Map()): number {
  const [first] = [...seen].sort(([a, n], [b, m]) => m - n || a - b);
  return first?.[0] ?? 0;
}
