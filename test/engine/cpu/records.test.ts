import { describe, expect, test } from 'vitest';
import { planTiles, type Tile } from '../../../src/engine/plan.ts';
import { MOMENTS_WIDTH, type RecordLayout } from '../../../src/measure/layout.ts';
import { recordOf } from '../../../src/measure/records.ts';
import { columnCount } from '../../../src/spec/columns.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { type HostDynamics, hostRecord } from '../../support/host-records.ts';
import { createTileBench } from '../../support/tile.ts';

interface Case {
  readonly name: string;
  readonly spec: unknown;
  readonly dynamics: HostDynamics;
}

const densities = [{ measure: 'density', of: 'x', range: [-1, 2], bins: 8 }] as const;
const everything = (of: readonly string[], exponents: number, when?: string, horizon?: number) => [
  ...densities,
  ...of.map((each, index) => ({ measure: 'moments', name: `moments${index}`, of: each }) as const),
  { measure: 'lyapunov', exponents } as const,
  { measure: 'period', max: 8 } as const,
  { measure: 'final' } as const,
  { measure: 'regime' } as const,
  ...(when ? [{ measure: 'escape', when, ...(horizon ? { horizon } : {}) } as const] : []),
];

// Orbits that stay are drawn to cycles, so that differences of rounding do not grow.
const logistic: Omit<HostDynamics, 'values' | 'escapes'> = {
  gradient: ([x = 0]) => [x * x - x],
  hessian: ([x = 0]) => [[2 * x - 1]],
  periods: [undefined],
};
const logisticSpec = {
  etascope: 1,
  objective: { macro: 'x^3 / 3 - x^2 / 2' },
  axes: [{ parameter: 'eta', from: 0.1, to: 2.4, count: 5 }],
  ensemble: { orbits: 37, initial: { x: { uniform: [-0.5, 2.2] } }, seed: 5 },
  steps: { skip: 9, keep: 150 },
};

const wells: Omit<HostDynamics, 'values' | 'escapes'> = {
  gradient: ([x = 0]) => [x + Math.sin(x / 1e-2)],
  hessian: ([x = 0]) => [[1 + Math.cos(x / 1e-2) / 1e-2]],
  periods: [2 * Math.PI * 1e-2],
};

const bowl: Omit<HostDynamics, 'values' | 'escapes'> = {
  gradient: ([x = 0, y = 0, z = 0]) => [
    x + 0.3 * y + x ** 3 + 0.2 * Math.sin(x / 0.5),
    0.3 * x + 0.8 * y - 0.1 * z,
    0.4 * z - 0.1 * y + 2 * z * Math.exp(z * z) * 0.05,
  ],
  hessian: ([x = 0, _y = 0, z = 0]) => [
    [1 + 3 * x * x + 0.4 * Math.cos(x / 0.5), 0.3, 0],
    [0.3, 0.8, -0.1],
    [0, -0.1, 0.4 + 0.1 * (1 + 2 * z * z) * Math.exp(z * z)],
  ],
  periods: [Math.PI, undefined, undefined],
};
const bowlSpec = {
  etascope: 1,
  objective: {
    variables: ['x', 'y', 'z'],
    macro: 'x^2/2 + 0.3 x*y + 0.4 y^2 + 0.2 z^2 - 0.1 y*z + x^4/4 + 0.05 exp(z^2)',
    micro: '-0.2 cos(x)',
    epsilon: 0.5,
  },
  ensemble: {
    orbits: 3,
    initial: { x: { uniform: [-1, 1] }, y: { uniform: [-1, 1] }, z: { uniform: [-1, 1] } },
  },
  axes: [{ parameter: 'eta', from: 0.05, to: 0.5, count: 3 }],
  steps: { skip: 3, keep: 70 },
};
const stays = () => false;

const cases: readonly Case[] = [
  {
    name: 'orbits that stay, cycle and diverge, of values that some states do not have',
    spec: { ...logisticSpec, measures: everything(['x', 'log(x - 0.9)', '1 / (x - x)'], 1) },
    dynamics: {
      ...logistic,
      values: [([x = 0]) => x, ([x = 0]) => Math.log(x - 0.9), () => Number.NaN],
      escapes: stays,
    },
  },
  {
    name: 'orbits that escape, some where they start',
    spec: { ...logisticSpec, measures: everything(['x', 'f'], 1, 'x > 0.9999 and x < 1.2') },
    dynamics: {
      ...logistic,
      values: [([x = 0]) => x, ([x = 0]) => x ** 3 / 3 - x ** 2 / 2],
      escapes: ([x = 0]) => x > 0.9999 && x < 1.2,
    },
  },
  {
    name: 'a horizon within the steps observed',
    spec: { ...logisticSpec, measures: everything(['x'], 1, 'x > 0.99 and x < 1.01', 40) },
    dynamics: {
      ...logistic,
      values: [([x = 0]) => x],
      escapes: ([x = 0]) => x > 0.99 && x < 1.01,
    },
  },
  {
    name: 'a horizon within the steps skipped',
    spec: { ...logisticSpec, measures: everything(['x'], 1, 'x > 0.9 and x < 1.1', 5) },
    dynamics: { ...logistic, values: [([x = 0]) => x], escapes: ([x = 0]) => x > 0.9 && x < 1.1 },
  },
  {
    name: 'a horizon beyond the steps observed, of a condition that is not defined everywhere',
    spec: {
      ...logisticSpec,
      axes: [{ parameter: 'eta', from: 0.004, to: 0.03, count: 3 }],
      measures: everything(['x'], 1, 'log(1 - x) < -4', 1000),
    },
    dynamics: {
      ...logistic,
      values: [([x = 0]) => x],
      escapes: ([x = 0]) => x < 1 && Math.log(1 - x) < -4,
    },
  },
  {
    name: 'one orbit in many batches, in periods of the micro-structure',
    spec: {
      etascope: 1,
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-2 },
      axes: [{ parameter: 'eta', from: 1e-3, to: 0.034, count: 7 }],
      ensemble: { orbits: 1, initial: { x: 0.4 } },
      steps: { skip: 7, keep: 301 },
      measures: everything(['x', 'x^2'], 1),
    },
    dynamics: { ...wells, values: [([x = 0]) => x, ([x = 0]) => x * x], escapes: stays },
  },
  {
    name: 'the full spectrum of three coordinates',
    spec: { ...bowlSpec, measures: everything(['x * y'], 3) },
    dynamics: { ...bowl, values: [([x = 0, y = 0]) => x * y], escapes: stays },
  },
  {
    name: 'two of three exponents of orbits that escape',
    spec: { ...bowlSpec, measures: everything(['z'], 2, 'abs(z) < 0.02') },
    dynamics: {
      ...bowl,
      values: [([_x, _y, z = 0]) => z],
      escapes: ([_x, _y, z = 0]) => Math.abs(z) < 0.02,
    },
  },
];

/** The records and counts of all orbits, by the tiles given. */
async function follow(spec: Spec, tiles: readonly Tile[], milliseconds = 1000) {
  const { begin, tallies, take, records: create, program } = await createTileBench(spec);
  const [sum, records] = [tallies(), create()];
  for (const tile of tiles) {
    const run = begin(tile);
    let steps = 0;
    for (let hasMore = true; hasMore; ) {
      hasMore = run.work(milliseconds);
      steps += run.takeSteps();
      take(tile, run, sum, records);
    }
    const total = Math.max(
      spec.steps.skip + spec.steps.keep,
      program.layout.record.escape?.request.horizon ?? 0,
    );
    expect(steps).toBe(tile.columns * tile.orbits * total);
  }
  return { sum, records };
}

const whole = (spec: Spec): readonly Tile[] => [
  { columnFrom: 0, columns: columnCount(spec), orbitFrom: 0, orbits: spec.ensemble.orbits },
];

/** Places of a record that are whole numbers, and must agree exactly. */
function wholePlaces({ fate, steps, moments, batches, tangents, period }: RecordLayout): number[] {
  const inBatches = (start: number, width: number) =>
    Array.from({ length: batches }, (_, batch) => start + batch * width);
  return [
    fate,
    steps,
    ...moments.flatMap(({ start }) => inBatches(start, MOMENTS_WIDTH)),
    ...(tangents ? inBatches(tangents.start, 1 + tangents.exponents) : []),
    ...(period ? [period.start] : []),
  ];
}

describe.each(cases)('records of $name', ({ spec: input, dynamics }) => {
  const spec = parseSpec(input);
  const { orbits } = spec.ensemble;

  test('are those of a loop on the host', async () => {
    const { sum, records } = await follow(spec, whole(spec));
    const fates = new Set<number>();
    for (let column = 0; column < columnCount(spec); column++) {
      let lost = 0;
      for (let orbit = 0; orbit < orbits; orbit++) {
        const host = hostRecord(spec, dynamics, column, orbit);
        const record = recordOf(records, column, orbit);
        const where = `column ${column}, orbit ${orbit}`;
        lost += host.lost;
        fates.add(host.record[records.layout.fate] ?? -1);
        for (const place of wholePlaces(records.layout)) {
          expect(record[place], `${where}, place ${place}`).toBe(host.record[place]);
        }
        for (const [place, value] of host.record.entries()) {
          const got = record[place] ?? Number.POSITIVE_INFINITY;
          if (Number.isNaN(value)) expect(got, `${where}, place ${place}`).toBeNaN();
          // Some hundred roundings, of sums of up to as many terms of the size of the largest.
          else if (Math.abs(got - value) > 1e-10 * Math.max(1, Math.abs(value)))
            expect(got, `${where}, place ${place}`).toBe(value);
        }
      }
      const row = sum.stride - 2;
      const counts = [...sum.rows.slice(column * sum.stride, (column + 1) * sum.stride)].map(
        Number,
      );
      expect(counts[row]).toBe(lost);
      const seen = counts.slice(0, row).reduce((all, count) => all + count, 0);
      expect(seen + lost).toBe(orbits * spec.steps.keep);
    }
    expect(fates.size).toBeGreaterThanOrEqual(orbits > 30 ? 2 : 1);
  });

  test('are the same bit for bit however the work is cut', async () => {
    const { sum, records } = await follow(spec, whole(spec));
    for (const limits of [
      { columns: 1, states: 5 },
      { columns: 2, states: 34, firstOrbits: 1 },
    ]) {
      const tiles = planTiles(columnCount(spec), orbits, limits).toReversed();
      const cut = await follow(spec, tiles, 1e-3);
      expect(cut.sum.rows).toEqual(sum.rows);
      expect(cut.records.data).toEqual(records.data);
    }
  });
});
