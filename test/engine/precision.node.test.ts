import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/create-cpu-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { createWebGpuEngine } from '../../src/engine/webgpu/webgpu-engine.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { testDevice } from '../support/device.ts';
import { columnsOf, GROUPS, groups, mean, pooled } from '../support/groups.ts';
import { binnedVariance, hostDensity, totalVariation } from '../support/host-orbits.ts';
import { numbers, total } from '../support/result-numbers.ts';
import { startWorker } from '../support/start-worker.ts';

// 2e7 samples per density, in Node only: the browser runs the same kernels on the same driver.

const device = await testDevice();

/** Prints what docs/numerics.md quotes. */
function report(name: string, distance: number, floor: number): void {
  console.info(`${name}: TV ${distance.toFixed(5)}, float64 to float64 ${floor.toFixed(5)}`);
}
const engine = createWebGpuEngine({ device, description: 'test', ownsDevice: false });
const float64 = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(float64.dispose);

/** Densities of groups of orbits: a software GPU is busy with several columns. */
const densitiesOf = async (of: Engine, spec: Spec) =>
  columnsOf(numbers(await of.run(spec), 'density'), GROUPS);
const hostDensities = (spec: Spec, slope: (x: number) => number) =>
  Array.from({ length: GROUPS }, (_, column) => hostDensity(spec, slope, column).counts);

describe.each([
  { epsilon: 1e-2, deviation: 0.135 },
  { epsilon: 1e-3, deviation: 0.163 },
  { epsilon: 1e-4, deviation: 0.162 },
])('quadratic f0, eta = 0.1, epsilon = $epsilon', ({ epsilon, deviation }) => {
  const range = [-4 * deviation, 4 * deviation] as const;
  const spec = (seed: number, orbits = 8192 / GROUPS) =>
    parseSpec({
      etascope: 1,
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon, parameters: { group: 0 } },
      optimizer: { eta: 0.1 },
      axes: groups,
      ensemble: { orbits, initial: { x: { uniform: [-0.5, 0.5] } }, seed },
      steps: { skip: 200, keep: 2442 },
      measures: [{ measure: 'density', of: 'x', range: [...range], bins: 100 }],
    });
  const hosts = hostDensities(spec(1), (x) => x + Math.sin(x / epsilon));
  const host = pooled(hosts);
  const floorOf = async () => totalVariation(host, pooled(await densitiesOf(float64, spec(2))));

  test('statistics: as near to float64 as another float64 run is', async () => {
    const floor = await floorOf();
    const density = pooled(await densitiesOf(engine, spec(1)));
    const distance = totalVariation(density, host);
    report(`statistics, epsilon = ${epsilon}`, distance, floor);
    expect(distance).toBeLessThan(1.5 * floor);
    // The variance of each run has the standard error s of the orbits' time averages; their difference
    // sqrt(2) s. s is estimated from the groups, so that correlation in time is in it.
    const variances = hosts.map((counts) => binnedVariance(counts, range));
    const average = mean(variances);
    const spread = Math.sqrt(total(variances.map((v) => (v - average) ** 2)) / (GROUPS - 1));
    const stderr = (Math.SQRT2 * spread) / Math.sqrt(GROUPS);
    const difference = binnedVariance(density, range) - binnedVariance(host, range);
    expect(Math.abs(difference)).toBeLessThan(4 * stderr);
  });

  test('float32 fails the same test', async () => {
    const floor = await floorOf();
    // a quarter of the orbits: more than enough for what is off by far
    const few = { ...spec(1, 2048 / GROUPS), precision: 'float32' } as const;
    const distance = totalVariation(pooled(await densitiesOf(engine, few)), host);
    report(`float32, epsilon = ${epsilon}`, distance, floor);
    expect(distance).toBeGreaterThan(5 * floor);
  });
});

describe('the logistic map at eta = 3, without micro-structure', () => {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^3 / 3 - x^2 / 2', parameters: { group: 0 } },
    optimizer: { eta: 3 },
    axes: groups,
    ensemble: { orbits: 100_000 / GROUPS, initial: { x: { uniform: [0.1, 1.2] } } },
    steps: { skip: 100, keep: 200 },
    measures: [{ measure: 'density', of: 'x', range: [0, 4 / 3], bins: 100 }],
  });
  // x = 4u/3 turns it into u' = 4u(1 - u), whose law is 1 / (pi sqrt(u(1 - u))): Ulam, von Neumann 1947.
  const law = (u: number) => Math.asin(2 * u - 1) / Math.PI;
  const exact = Array.from({ length: 100 }, (_, i) => law((i + 1) / 100) - law(i / 100));
  const floor = totalVariation(pooled(hostDensities(spec, (x) => x * x - x)), exact);

  test('statistics: as near to the invariant law as float64 orbits are', async () => {
    const result = await engine.run(spec);
    const density = pooled(columnsOf(numbers(result, 'density'), GROUPS));
    const distance = totalVariation(density, exact);
    report('statistics, logistic', distance, floor);
    expect(distance).toBeLessThan(1.5 * floor);
    // Fixed-point noise of 2^-42 makes an orbit leave the crisis once in some million steps.
    expect(total(numbers(result, 'diverged'))).toBeLessThan(30);
    expect(result.provenance.representation).toContain('fixed point');
  });

  test('float32 fails the same test', async () => {
    const few = {
      ...spec,
      ensemble: { ...spec.ensemble, orbits: 24_000 / GROUPS },
      precision: 'float32',
    } as const;
    const distance = totalVariation(pooled(await densitiesOf(engine, few)), exact);
    report('float32, logistic', distance, floor);
    expect(distance).toBeGreaterThan(5 * floor);
  });
});
