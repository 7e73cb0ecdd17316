import { describe, expect, test } from 'vitest';
import { createWebGpuEngine } from '../../../src/engine/webgpu/webgpu-engine.ts';
import { MOMENTS_WIDTH } from '../../../src/measure/layout.ts';
import { type Records, recordOf } from '../../../src/measure/records.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testDevice } from '../../support/device.ts';
import { hostRecords } from './host-records.ts';
import { createSweeper } from './swept.ts';

const device = await testDevice();
const sweep = createSweeper(device);
const engine = createWebGpuEngine({ device, description: 'test', ownsDevice: false });

/** Per orbit of a column, a number of its record. */
function perOrbit(records: Records, column: number, of: (record: Float64Array) => number) {
  return Array.from({ length: records.orbits }, (_, orbit) => of(recordOf(records, column, orbit)));
}

/** Expects the mean over orbits, which are independent, within 4 standard errors of a number. */
function expectMean(values: readonly number[], expected: number, slack = 0): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const stderr = Math.sqrt(squares / (values.length - 1) / values.length);
  expect(Math.abs(mean - expected)).toBeLessThan(4 * stderr + slack);
}

describe('Lyapunov exponents', () => {
  /** The k-th exponent of an orbit. */
  const exponent = (records: Records, k: number) => {
    const { start = 0, exponents = 1 } = records.layout.tangents ?? {};
    return (record: Float64Array) => {
      let [steps, grown] = [0, 0];
      for (let batch = 0; batch < records.layout.batches; batch++) {
        const from = start + batch * (1 + exponents);
        steps += record[from] ?? 0;
        grown += record[from + 1 + k] ?? 0;
      }
      return grown / steps;
    };
  };

  test('of a map that grows by 1e7 a step stay in the range of f32', async () => {
    const spec = parseSpec({
      etascope: 1,
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-8 },
      optimizer: { eta: 0.1 }, // K = 1e7
      ensemble: { orbits: 128, initial: { x: { uniform: [-0.5, 0.5] } } },
      steps: { skip: 20, keep: 400 },
      measures: [{ measure: 'lyapunov' }],
    });
    const { records } = await sweep(spec);
    expectMean(perOrbit(records, 0, exponent(records, 0)), Math.log(1e7 / 2));
  });

  test('of two variables add up to those of two noisy steps, far apart', async () => {
    const spec = parseSpec({
      etascope: 1,
      objective: {
        variables: ['x', 'y'],
        macro: '0.26 * (x^2 + y^2) - 0.48 * x * y',
        micro: '-cos(x) - cos(y)',
        epsilon: 1e-4,
      },
      optimizer: { eta: 0.5 }, // K = 5000 along both
      ensemble: { orbits: 64, initial: { x: { uniform: [-2, 2] }, y: { uniform: [-2, 2] } } },
      steps: { skip: 100, keep: 500 },
      measures: [{ measure: 'lyapunov', exponents: 2 }],
    });
    const { records } = await sweep(spec);
    const first = perOrbit(records, 0, exponent(records, 0));
    const second = perOrbit(records, 0, exponent(records, 1));
    const sums = first.map((of, orbit) => of + (second[orbit] ?? 0));
    expectMean(sums, 2 * Math.log(2500));
    // The first vector goes over to the other variable once that has grown more by the ratio of their
    // coupling: until then, in one of these 64 orbits at the end, the second exponent is the larger.
    const lag = Math.log(5000 / (0.5 * 0.48)) / 500;
    for (const [orbit, of] of first.entries())
      expect(of).toBeGreaterThan((second[orbit] ?? 0) - lag);
  });

  test('with a derivative that is exactly 0 are finite', async () => {
    const spec = parseSpec({
      etascope: 1,
      objective: { macro: 'x^2 / 2' },
      optimizer: { eta: 1 }, // x' = 0
      ensemble: { orbits: 2, initial: { x: { grid: [-1, 1] } } },
      steps: { skip: 0, keep: 20 },
      measures: [{ measure: 'lyapunov' }],
    });
    const { records } = await sweep(spec);
    expect(records.data.every(Number.isFinite)).toBe(true);
    for (const of of perOrbit(records, 0, exponent(records, 0))) expect(of).toBeLessThan(-60);
  });
});

describe('sums of long orbits', () => {
  // x = 4u/3 turns the map into u' = 4u(1 - u): its law is 1 / (pi sqrt(u(1 - u))), and lambda = ln 2.
  const keep = 2 ** 17 + 1000; // more than is summed before it is read
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^3 / 3 - x^2 / 2' },
    optimizer: { eta: 2.999999 }, // at 3, noise throws orbits over the edge
    ensemble: { orbits: 32, initial: { x: { uniform: [0.1, 1.2] } } },
    steps: { skip: 100, keep },
    measures: [{ measure: 'moments', of: 'x' }, { measure: 'lyapunov' }],
  });

  test('forget neither states nor digits', async () => {
    const { records } = await sweep(spec, { sliceMilliseconds: 80 });
    const { moments, tangents, batches } = records.layout;
    expect(batches).toBe(1);
    const at = moments[0]?.start ?? 0;
    const value = (record: Float64Array, k: number) => {
      const [count = 0, shift = 0, s1 = 0, s2 = 0] = record.subarray(at, at + MOMENTS_WIDTH);
      const mean = s1 / count;
      return k === 1 ? shift + mean : s2 / count - mean ** 2;
    };
    expect(perOrbit(records, 0, (record) => record[at] ?? 0)).toEqual(Array(32).fill(keep));
    expectMean(
      perOrbit(records, 0, (record) => value(record, 1)),
      2 / 3,
    );
    expectMean(
      perOrbit(records, 0, (record) => value(record, 2)),
      16 / 9 / 8,
    );
    const start = tangents?.start ?? 0;
    // eta below 3 takes a little off ln 2: its derivative there is infinite as a square root's
    expectMean(
      perOrbit(records, 0, (record) => (record[start + 1] ?? 0) / (record[start] ?? 0)),
      Math.LN2,
      2e-3,
    );
  });
});

describe('periods', () => {
  test('of the logistic map are those of float64, also near its doublings', async () => {
    const spec = parseSpec({
      etascope: 1,
      objective: { macro: 'x^3 / 3 - x^2 / 2' },
      axes: [{ parameter: 'eta', from: 1.98, to: 2.58, count: 60 }], // doublings at 2, sqrt 6, 2.544, …
      ensemble: { orbits: 1, initial: { x: 0.7 } },
      steps: { skip: 4000, keep: 1 },
      measures: [{ measure: 'period', max: 32, tolerance: 1e-4 }],
    });
    const [{ records }, host] = [await sweep(spec), hostRecords(spec)];
    const at = host.layout.period?.start ?? 0;
    const periods = (of: Records) =>
      Array.from({ length: 60 }, (_, column) => recordOf(of, column, 0)[at]);
    const expected = periods(host);
    for (const period of [1, 2, 4, 8, 0]) expect(expected).toContain(period);
    const off = periods(records).filter((period, column) => period !== expected[column]);
    expect(off.length).toBeLessThanOrEqual(1); // noise may blur what is at the edge of the tolerance
  });
});

describe('escape times', () => {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^4/4 - x^2/2', micro: 'sin(x)', epsilon: 1e-3 },
    optimizer: { eta: 0.5 },
    ensemble: { orbits: 4000, initial: { x: { uniform: [-1.001, -0.999] } } },
    steps: { skip: 0, keep: 1 },
    measures: [{ measure: 'escape', when: 'x > 0', horizon: 100 }],
  });

  test('and shares of orbits that stay are those of float64', async () => {
    const [{ records }, host] = [await sweep(spec), hostRecords(spec)];
    const { fate, steps } = records.layout;
    const times = (of: Records) => perOrbit(of, 0, (record) => record[steps] ?? 0);
    const stayed = (of: Records) => perOrbit(of, 0, (record) => (record[fate] === 0 ? 1 : 0));
    for (const of of [times, stayed]) {
      const expected = of(host);
      const differences = of(records).map((value, orbit) => value - (expected[orbit] ?? 0));
      expectMean(differences, 0);
    }
  });
});

describe('float32', () => {
  const spec = (eta: number, skip: number) =>
    parseSpec({
      etascope: 1,
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
      axes: [{ parameter: 'eta', from: eta, to: 1.01 * eta, count: 3 }],
      ensemble: { orbits: 2, initial: { x: { uniform: [-0.1, 0.1] } } },
      steps: { skip, keep: 10 },
      measures: [{ measure: 'final' }],
      precision: 'float32',
    });

  test('says of orbits that have collapsed on cycles that they have', async () => {
    const { provenance } = await engine.run(spec(0.1, 20_000));
    expect(provenance.warnings.at(-1)).toMatch(/3 of 3 orbits checked have collapsed on cycles/);
  });

  test('does not say so of orbits that have converged or found a 2-cycle', async () => {
    for (const eta of [1e-3, 2.5e-3]) {
      const { provenance } = await engine.run(spec(eta, 5000));
      expect(provenance.warnings.join()).not.toMatch(/collapsed/);
    }
  });
});
