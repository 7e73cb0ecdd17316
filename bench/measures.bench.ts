// What do the measures cost beside one another, and what does it cost that orbits escape at times of their
// own? The same 2^24 orbit-steps with a density alone, with each measure added, and with all; then orbits
// of a double well that all take as many steps as others escape in on average, and these. Quote ratios
// within one run, for machines differ and are shared.
//
//   npm run bench

import { bench, describe } from 'vitest';
import { createCpuEngine } from '../src/engine/cpu/create-cpu-engine.ts';
import { startThread } from '../src/node/worker-thread.ts';
import { parseSpec } from '../src/spec/parse.ts';

const engine = createCpuEngine({ startWorker: startThread, workers: 2, description: 'bench' });

const density = { measure: 'density', of: 'x', range: [-4e-3, 4e-3], bins: 1080 };
const added = {
  moments: { measure: 'moments', of: 'x' },
  lyapunov: { measure: 'lyapunov' },
  period: { measure: 'period' },
  final: { measure: 'final' },
  regime: { measure: 'regime' },
  'an escape that none makes': { measure: 'escape', when: 'x > 1' },
};

const sweepOf = (measures: readonly object[]) =>
  parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
    axes: [{ parameter: 'eta', from: 0, to: 4.6e-3, count: 128 }],
    ensemble: { orbits: 32, initial: { x: { uniform: [-0.004, 0.004] } } },
    steps: { skip: 0, keep: 4096 },
    measures,
  });

describe('the CPU engine: 2^24 orbit-steps', () => {
  const specs = {
    'density alone': sweepOf([density]),
    ...Object.fromEntries(
      Object.entries(added).map(([name, each]) => [`and ${name}`, sweepOf([density, each])]),
    ),
    'and all of them': sweepOf([density, ...Object.values(added)]),
  };
  for (const [name, spec] of Object.entries(specs)) {
    bench(name, async () => {
      await engine.run(spec);
    });
  }
});

const wellOf = (keep: number, when: string) =>
  parseSpec({
    etascope: 1,
    objective: { macro: 'x^4 / 4 - x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
    optimizer: { eta: 0.3 },
    ensemble: { orbits: 50_000, initial: { x: { uniform: [-1.001, -0.999] } } },
    steps: { skip: 0, keep },
    measures: [{ measure: 'escape', when }],
  });

describe('the CPU engine: 50 000 orbits of 373 steps in a double well', () => {
  const equal = wellOf(373, 'x > 9');
  const spread = wellOf(20_000, 'x > 0'); // from 3 steps to 4000
  bench('all as long as the others on average', async () => {
    await engine.run(equal);
  });
  bench('each until it escapes', async () => {
    await engine.run(spread);
  });
});
