import { describe, expect, test } from 'vitest';
import type { SweepOptions } from '../../../src/engine/webgpu/sweep.ts';
import { fates } from '../../../src/measure/layout.ts';
import { recordOf } from '../../../src/measure/records.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testDevice } from '../../support/device.ts';
import { expectRecords } from './expect-records.ts';
import { hostRecords } from './host-records.ts';
import { createSweeper } from './swept.ts';

const sweep = createSweeper(await testDevice());

describe.each(['statistics', 'float32'] as const)(
  'records of %s equal those of float64',
  (precision) => {
    test('on two axes, for a state that alternates, with values that are not always defined', async () => {
      const spec = parseSpec({
        etascope: 1,
        objective: { macro: 'a * x^2 / 2', parameters: { a: 1 } }, // x' = (1 - eta a) x
        axes: [
          { parameter: 'eta', from: 1.9, to: 1.96, count: 3 },
          { parameter: 'parameters.a', from: -0.5475, to: 1.5225, count: 2 }, // -0.03 diverges
        ],
        ensemble: { orbits: 3, initial: { x: { grid: [0.5, 2] } } },
        steps: { skip: 5, keep: 150 }, // more than a block of 128
        measures: [
          { measure: 'moments', of: 'x' },
          { measure: 'moments', name: 'log', of: 'log(x)' },
          { measure: 'moments', name: 'far', of: '1 + x^2 / 4' },
          { measure: 'moments', name: 'huge', of: '1e20 * x' },
          { measure: 'moments', name: 'tiny', of: '1e-20 * f' },
          { measure: 'lyapunov' },
          { measure: 'final' },
          { measure: 'density', of: 'x', range: [-2, 2], bins: 8 },
        ],
        precision,
        stop: { radius: 1000 },
      });
      const host = hostRecords(spec);
      const { records } = await sweep(spec);
      expectRecords(records, host, 3e-5);
      const ends = host.data.filter((_, at) => at % host.layout.width === host.layout.fate);
      expect(new Set(ends)).toEqual(new Set([fates.stayed, fates.diverged]));
    });

    test('of two variables with all exponents, near 2-cycles in their micro-wells', async () => {
      const spec = parseSpec({
        etascope: 1,
        objective: {
          variables: ['x', 'y'],
          macro: '0.26 (x^2 + y^2) - 0.48 x * y',
          micro: '-cos(x) - cos(y)',
          epsilon: 1e-2,
        },
        axes: [{ parameter: 'eta', from: 0.021, to: 0.03, count: 3 }],
        ensemble: { orbits: 2, initial: { x: { grid: [-0.01, 0.02] }, y: 0.013 } },
        steps: { skip: 40, keep: 200 },
        measures: [
          { measure: 'moments', of: 'x' },
          { measure: 'moments', name: 'product', of: '(x + 1) * (y - 2)' },
          { measure: 'lyapunov', exponents: 2 },
          { measure: 'period', max: 16, tolerance: 1e-4 },
          { measure: 'regime' },
          { measure: 'final' },
        ],
        precision,
      });
      expectRecords((await sweep(spec)).records, hostRecords(spec), 2e-3);
    });

    test('of orbits that escape, also at their start, before, among and after what is observed', async () => {
      const spec = parseSpec({
        etascope: 1,
        objective: { macro: '-x^2 / 2' }, // x' = (1 + eta) x
        axes: [{ parameter: 'eta', from: 0.01, to: 0.09, count: 4 }],
        ensemble: { orbits: 70, initial: { x: { grid: [0.01, 1.1] } } },
        steps: { skip: 20, keep: 30 },
        measures: [
          { measure: 'escape', when: 'abs(x) > 1 and log(x) > -9', horizon: 90 },
          { measure: 'moments', of: 'x' },
          { measure: 'lyapunov' },
          { measure: 'final' },
        ],
        precision,
      });
      const host = hostRecords(spec);
      expectRecords((await sweep(spec)).records, host, 1e-4);
      const steps = host.data.filter((_, at) => at % host.layout.width === host.layout.steps);
      for (const [from, to] of [
        [0, 0],
        [1, 20],
        [21, 50],
        [51, 89],
        [90, 90],
      ] as const) {
        expect(steps.some((n) => from <= n && n <= to)).toBe(true);
      }
    });

    test('of orbits watched to a horizon within what is observed', async () => {
      const spec = parseSpec({
        etascope: 1,
        objective: { macro: '-x^2 / 2' },
        optimizer: { eta: 0.125 },
        ensemble: { orbits: 9, initial: { x: { grid: [0.1, 1] } } },
        steps: { skip: 3, keep: 20 },
        measures: [
          { measure: 'escape', when: 'x > 1', horizon: 10 },
          { measure: 'moments', of: 'x' },
        ],
        precision,
      });
      expectRecords((await sweep(spec)).records, hostRecords(spec), 1e-4);
    });
  },
);

test('values that grow a billionfold after the first states of a batch are summed rightly', async () => {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: '-x^2 / 2' }, // x' = 2 x, exactly
    optimizer: { eta: 1 },
    ensemble: { orbits: 2, initial: { x: { grid: [1e-8, 2e-8] } } },
    steps: { skip: 0, keep: 46 },
    measures: [{ measure: 'moments', of: 'x' }],
    precision: 'float32',
  });
  expectRecords((await sweep(spec)).records, hostRecords(spec), 1e-5);
});

test('tangents along a derivative that is not defined everywhere are those of float64', async () => {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x * log(x) - x' }, // f'' = 1 / x
    optimizer: { eta: 0.5 },
    ensemble: { orbits: 5, initial: { x: { grid: [0.2, 3] } } },
    steps: { skip: 2, keep: 40 },
    measures: [{ measure: 'lyapunov' }, { measure: 'regime' }],
  });
  expectRecords((await sweep(spec)).records, hostRecords(spec), 1e-5);
});

test('more tangent vectors than a device can hold are refused', async () => {
  const variables = Array.from({ length: 33 }, (_, at) => `x${at}`);
  const spec = parseSpec({
    etascope: 1,
    objective: { variables, macro: variables.map((name) => `${name}^2`).join(' + ') },
    optimizer: { eta: 0.1 },
    ensemble: { orbits: 1, initial: Object.fromEntries(variables.map((name) => [name, 1])) },
    steps: { skip: 0, keep: 1 },
    measures: [{ measure: 'lyapunov', exponents: 33 }],
  });
  await expect(sweep(spec)).rejects.toMatchObject({ code: 'limit', where: 'measures' });
});

describe('the cut of the work', () => {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^4/4 - x^2/2', micro: 'sin(x) + cos(2 x) / 3', epsilon: 1e-2 },
    axes: [{ parameter: 'eta', from: 0.02, to: 0.9, count: 4 }],
    ensemble: { orbits: 70, initial: { x: { uniform: [-2, 0.1] } }, seed: 42 },
    steps: { skip: 17, keep: 131 },
    measures: [
      { measure: 'moments', of: 'x' },
      { measure: 'moments', name: 'objective', of: 'f' },
      { measure: 'lyapunov' },
      { measure: 'period', max: 6 },
      { measure: 'regime' },
      { measure: 'final' },
      { measure: 'escape', when: 'x > 0', horizon: 200 },
    ],
  });
  const density = { measure: 'density', of: 'x', range: [-2, 2], bins: 63 };
  const counted = parseSpec({
    ...JSON.parse(JSON.stringify(spec)),
    measures: [...spec.measures, density],
  });
  const cuts: Partial<SweepOptions>[] = [
    { slice: { steps: 1, columns: 100 } },
    { slice: { steps: 50, columns: 2 } },
    { slice: { steps: 1000, columns: 1 }, states: 70 },
    { states: 33, firstOrbits: 1 },
    { enoughGroups: 1, sliceMilliseconds: 1, fewestSteps: 3 },
    { largestCount: 70 * 20, slice: { steps: 19, columns: 100 } },
  ];

  test('changes no bit of any record, with or without a density', async () => {
    const [whole, beside] = [await sweep(spec), await sweep(counted)];
    expect(whole.done).toBe(whole.total);
    expect(whole.records.data.includes(Number.NaN)).toBe(false);
    expect(beside.records.data).toEqual(whole.records.data);
    for (const cut of cuts) {
      const { records, done } = await sweep(spec, cut);
      expect(records.data, JSON.stringify(cut)).toEqual(whole.records.data);
      expect(done).toBe(whole.total);
    }
    const windows = await sweep(counted, { slice: { steps: 77, columns: 3 } }, 128);
    expect(windows).toEqual(beside);
  });

  test('loses no count of orbits that escape: slots and lost are orbits x keep', async () => {
    const { tallies, records } = await sweep(counted);
    const { rows, stride } = tallies;
    const escaped = records.data.filter(
      (fate, at) => at % records.layout.width === records.layout.fate && fate === fates.escaped,
    );
    expect(escaped.length).toBeGreaterThan(20);
    for (let column = 0; column < 4; column++) {
      const row = Array.from(rows.subarray(column * stride, (column + 1) * stride), Number);
      const diverged = row.pop();
      expect(row.reduce((sum, n) => sum + n, 0)).toBe(70 * 131);
      expect(diverged).toBe(
        Array.from(
          { length: 70 },
          (_, o) => recordOf(records, column, o)[records.layout.fate],
        ).filter((fate) => fate === fates.diverged).length,
      );
    }
    const cut = await sweep(counted, { slice: { steps: 13, columns: 2 }, states: 150 });
    expect(cut.tallies).toEqual(tallies);
  });
});
