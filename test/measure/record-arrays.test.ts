import { describe, expect, test } from 'vitest';
import { batchStart, fates, layRun } from '../../src/measure/layout.ts';
import { recordArrays } from '../../src/measure/record-arrays.ts';
import { createRecords, putRecords } from '../../src/measure/records.ts';
import { regimes } from '../../src/measure/regime.ts';
import { parseSpec } from '../../src/spec/parse.ts';

const { stayed, diverged, escaped } = fates;

/** What a test says of an orbit; the rest of its record is as of one that was there and did nothing. */
interface Told {
  readonly fate?: number;
  readonly steps?: number;
  readonly final?: number;
  readonly period?: number;
  readonly extent?: number;
  /** Logarithm of what neighbours parted by, over 100 steps. */
  readonly parting?: number;
}

/** The arrays of one column of orbits that are told one by one. */
function arraysOf(measures: readonly object[], orbits: readonly (Told | undefined)[]) {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2' },
    optimizer: { eta: 0.1 },
    ensemble: { orbits: orbits.length, initial: { x: { uniform: [0, 1] } } },
    steps: { keep: 16 },
    measures,
  });
  const { record } = layRun(spec);
  const records = createRecords(record, 1, orbits.length);
  orbits.forEach((told, orbit) => {
    if (!told) return;
    const values = new Float64Array(record.width);
    values[record.fate] = told.fate ?? stayed;
    values[record.steps] = told.steps ?? 16;
    values[record.final] = told.final ?? orbit;
    if (record.period) values[record.period.start] = told.period ?? 0;
    if (record.extent !== undefined) values[record.extent] = told.extent ?? 0;
    if (record.tangents) values.set([100, told.parting ?? 0], record.tangents.start);
    const block = { columnFrom: 0, columns: 1, orbitFrom: orbit, orbits: 1 };
    putRecords(records, block, values);
  });
  const arrays = recordArrays(spec, records);
  return (name: string) => Array.from(arrays[name]?.data ?? [], Number);
}

describe('escape times', () => {
  const measure = { measure: 'escape', when: 'x > 1', horizon: 999, bins: 3, times: true };
  const array = arraysOf(
    [measure],
    [
      { fate: escaped, steps: 0 },
      { fate: escaped, steps: 9 },
      { fate: escaped, steps: 10 },
      { fate: escaped, steps: 999 },
      { fate: stayed, steps: 999 },
      { fate: diverged, steps: 5 },
      undefined,
    ],
  );

  test('are counted, apart from orbits that stayed, diverged, or are under way', () => {
    expect(array('escape_count')).toEqual([4]);
    expect(array('escape_censored')).toEqual([1]);
    expect(array('escape_times')).toEqual([0, 9, 10, 999, Number.NaN, Number.NaN, Number.NaN]);
  });

  test('have the mean and its standard error of the orbits that escaped', () => {
    expect(array('escape_mean')[0]).toBeCloseTo(254.5, 12);
    // by hand: deviations -254.5, -245.5, -244.5, 744.5
    expect(array('escape_stderr')[0]).toBeCloseTo(Math.sqrt(739_101 / 3 / 4), 6);
  });

  test('fall into cells of equal ratio, half open, up to the horizon itself', () => {
    for (const [i, edge] of array('escape_edges').entries()) expect(edge).toBeCloseTo(10 ** i, 9);
    expect(array('escape_histogram')).toEqual([2, 1, 1]);
  });
});

describe('the regime of a column', () => {
  const chaos = { parting: 70 };
  const seen: readonly [string, Told][] = [
    ['converged', { period: 1 }],
    ['periodic', { period: 6, parting: -50 }],
    ['locally chaotic', { ...chaos, extent: 0.98 }],
    ['globally chaotic', { ...chaos, extent: 1.5 }],
    ['globally chaotic', { ...chaos, extent: Number.NaN }],
    ['diverged', { fate: diverged, period: 0 }],
    ['undecided', { parting: 0.5 }],
    ['undecided', { parting: -3 }],
  ];

  test.each(seen)('is "%s" where all its orbits are %o', (name, told) => {
    const array = arraysOf([{ measure: 'regime' }], [told, told, told]);
    expect(array('regime').map((regime) => regimes[regime])).toEqual([name]);
    expect(array('regime_orbits').reduce((sum, n) => sum + n, 0)).toBe(3);
    expect(array('regime_period')).toEqual([told.period ?? 0]);
  });

  test('is what most orbits do, with the period that most of those have', () => {
    const array = arraysOf(
      [{ measure: 'regime' }],
      [{ period: 2 }, { period: 4 }, { period: 4 }, { period: 1 }, chaos, undefined],
    );
    expect(array('regime')).toEqual([1]);
    expect(array('regime_period')).toEqual([4]);
    expect(array('regime_orbits')).toEqual([1, 3, 1, 0, 0, 0]);
  });
});

test('periods and last states are given orbit by orbit, and distinct states counted', () => {
  const array = arraysOf(
    [{ measure: 'period' }, { measure: 'final' }],
    [
      { period: 3, final: 0.5 },
      { period: 0, final: 0.25 },
      { fate: diverged, final: Number.NaN },
      { final: 0.5 },
      undefined,
    ],
  );
  expect(array('period')).toEqual([3, 0, 0, 0, 0]);
  expect(array('final')).toEqual([0.5, 0.25, Number.NaN, 0.5, Number.NaN]);
  expect(array('distinct')).toEqual([2]);
});

describe('the layout of a run', () => {
  const base = {
    etascope: 1,
    objective: { variables: ['x', 'y'], macro: 'x^2 + y^2' },
    optimizer: { eta: 0.1 },
    steps: { skip: 5, keep: 1000 },
  };
  const starts = { x: { uniform: [0, 1] }, y: 0 };
  const layout = (orbits: number, measures: readonly object[], initial: object = starts) =>
    layRun(parseSpec({ ...base, ensemble: { orbits, initial }, measures })).record;
  const moments = { measure: 'moments', of: 'x' };

  test('cuts few orbits, or many that are one, into at least 32 pieces', () => {
    expect(layout(1, [moments]).batches).toBe(32);
    expect(layout(6, [moments]).batches).toBe(6);
    expect(layout(64, [moments]).batches).toBe(1);
    expect(layout(64, [moments], { x: 1, y: 2 }).batches).toBe(32);
    expect(layout(1, [{ measure: 'final' }]).batches).toBe(1);
  });

  test('has batches that meet, begin at the start and end at the end', () => {
    const starts = [0, 1, 2, 3, 4, 5, 6].map((batch) => batchStart(1000, 6, batch));
    expect([starts[0], starts[6]]).toEqual([0, 1000]);
    const lengths = starts.slice(1).map((start, i) => start - (starts[i] ?? 0));
    for (const length of lengths) expect([166, 167]).toContain(length);
  });

  test('is refused where no machine could hold the records of all orbits', () => {
    expect(() => layout(2 ** 26, [{ measure: 'final' }])).toThrow(/limit of 134217728/);
  });

  test('gives every value a place of its own', () => {
    const record = layout(2, [
      moments,
      { ...moments, name: 'other' },
      { measure: 'lyapunov', exponents: 2 },
      { measure: 'regime' },
    ]);
    const { batches } = record;
    const used = [
      [record.fate, 1],
      [record.steps, 1],
      [record.final, 2],
      ...record.moments.map(({ start }) => [start, 6 * batches]),
      [record.tangents?.start, 3 * batches],
      [record.period?.start, 1],
      [record.extent, 1],
    ].flatMap(([start = -1, width = 0]) => Array.from({ length: width }, (_, i) => start + i));
    expect(used.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: record.width }, (_, i) => i),
    );
  });
});
