import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/create-cpu-engine.ts';
import { createWebGpuEngine } from '../../src/engine/webgpu/webgpu-engine.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testDevice } from '../support/device.ts';
import { binnedVariance, hostDensity, totalVariation } from '../support/host-orbits.ts';
import { numbers } from '../support/result-numbers.ts';
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

describe.each([
  { epsilon: 1e-2, deviation: 0.135 },
  { epsilon: 1e-3, deviation: 0.163 },
  { epsilon: 1e-4, deviation: 0.162 },
])('quadratic f0, eta = 0.1, epsilon = $epsilon', ({ epsilon, deviation }) => {
  const range = [-4 * deviation, 4 * deviation] as const;
  const spec = (seed: number, orbits = 8192) =>
    parseSpec({
      etascope: 1,
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon },
      optimizer: { eta: 0.1 },
      ensemble: { orbits, initial: { x: { uniform: [-0.5, 0.5] } }, seed },
      steps: { skip: 200, keep: 2442 },
      measures: [{ measure: 'density', of: 'x', range: [...range], bins: 100 }],
    });
  const host = hostDensity(spec(1), (x) => x + Math.sin(x / epsilon)).counts;
  const floorOf = async () => totalVariation(host, numbers(await float64.run(spec(2)), 'density'));

  test('statistics: as near to float64 as another float64 run is', async () => {
    const floor = await floorOf();
    const density = numbers(await engine.run(spec(1)), 'density');
    const distance = totalVariation(density, host);
    report(`statistics, epsilon = ${epsilon}`, distance, floor);
    expect(distance).toBeLessThan(1.5 * floor);
    // The variance of each run has the standard error s of the orbits' time averages; their difference
    // sqrt(2) s. s is estimated from 8 groups of orbits, so that correlation in time is in it.
    const variances: number[] = [];
    for (let group = 0; group < 8; group++) {
      const counts = numbers(await float64.run(spec(100 + group, 1024)), 'density');
      variances.push(binnedVariance(counts, range));
    }
    const mean = variances.reduce((a, b) => a + b) / 8;
    const spread = Math.sqrt(variances.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 7);
    const stderr = (Math.SQRT2 * spread) / Math.sqrt(8);
    const difference = binnedVariance(density, range) - binnedVariance(host, range);
    expect(Math.abs(difference)).toBeLessThan(4 * stderr);
  });

  test('float32 fails the same test', async () => {
    const floor = await floorOf();
    // a quarter of the orbits: more than enough for what is off by far
    const result = await engine.run({ ...spec(1, 2048), precision: 'float32' });
    const distance = totalVariation(numbers(result, 'density'), host);
    report(`float32, epsilon = ${epsilon}`, distance, floor);
    expect(distance).toBeGreaterThan(5 * floor);
  });
});

describe('the logistic map at eta = 3, without micro-structure', () => {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^3 / 3 - x^2 / 2' },
    optimizer: { eta: 3 },
    ensemble: { orbits: 100_000, initial: { x: { uniform: [0.1, 1.2] } } },
    steps: { skip: 100, keep: 200 },
    measures: [{ measure: 'density', of: 'x', range: [0, 4 / 3], bins: 100 }],
  });
  // x = 4u/3 turns it into u' = 4u(1 - u), whose law is 1 / (pi sqrt(u(1 - u))): Ulam, von Neumann 1947.
  const law = (u: number) => Math.asin(2 * u - 1) / Math.PI;
  const exact = Array.from({ length: 100 }, (_, i) => law((i + 1) / 100) - law(i / 100));
  const floor = totalVariation(hostDensity(spec, (x) => x * x - x).counts, exact);

  test('statistics: as near to the invariant law as float64 orbits are', async () => {
    const result = await engine.run(spec);
    const distance = totalVariation(numbers(result, 'density'), exact);
    report('statistics, logistic', distance, floor);
    expect(distance).toBeLessThan(1.5 * floor);
    // Fixed-point noise of 2^-42 makes an orbit leave the crisis once in some million steps.
    expect(numbers(result, 'diverged')[0]).toBeLessThan(30);
    expect(result.provenance.representation).toContain('fixed point');
  });

  test('float32 fails the same test', async () => {
    const fewer = { ...spec, ensemble: { ...spec.ensemble, orbits: 25_000 } };
    const result = await engine.run({ ...fewer, precision: 'float32' });
    const distance = totalVariation(numbers(result, 'density'), exact);
    report('float32, logistic', distance, floor);
    expect(distance).toBeGreaterThan(5 * floor);
  });
});
