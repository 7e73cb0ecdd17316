import { afterAll, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import type { RunTimings } from '../../../src/engine/engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(engine.dispose);

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-2 },
  axes: [{ parameter: 'eta', from: 0.05, to: 0.3, count: 16 }],
  ensemble: { orbits: 32, initial: { x: { uniform: [-1, 1] } } },
  steps: { skip: 10, keep: 40_000 }, // 20 million orbit-steps: tiles for both workers
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
});

test('a run tells once how long it took, most of it in kernels, and gives what it gives untimed', async () => {
  const timings: RunTimings[] = [];
  const timed = await engine.run(spec, { onTimings: (told) => timings.push(told) });
  expect(timings).toHaveLength(1);
  const [{ kernelSeconds = Number.NaN, wallSeconds } = { wallSeconds: Number.NaN }] = timings;
  expect(kernelSeconds).toBeLessThan(wallSeconds);
  // No machine takes 10^10 steps a second and core.
  expect(kernelSeconds).toBeGreaterThan(timed.provenance.orbitSteps / 2 / 1e10);
  expect((await engine.run(spec)).arrays).toEqual(timed.arrays);
});
