// What does a run cost besides its kernels, once the engine is warm? The same spec over and over, from a tiny
// one to one of a fifth of a second; at the end, the share of the time of a run that its workers are inside
// kernels: the median of all but the first.
//
//   npm run bench -- bench/warm.bench.ts

import { afterAll, bench, describe } from 'vitest';
import { createCpuEngine } from '../src/engine/cpu/create-cpu-engine.ts';
import { startThread } from '../src/node/worker-thread.ts';
import { parseSpec } from '../src/spec/parse.ts';

const engine = createCpuEngine({ startWorker: startThread, workers: 2, description: 'bench' });

const specOf = (columns: number, orbits: number, steps: number) =>
  parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', micro: 'sin(x)', epsilon: 1e-3 },
    axes: [{ parameter: 'eta', from: 0.09, to: 0.11, count: columns }],
    ensemble: { orbits, initial: { x: { uniform: [-0.5, 0.5] } } },
    steps: { skip: steps / 2, keep: steps / 2 },
    measures: [{ measure: 'density', of: 'x', range: [-0.6, 0.6], bins: 1080 }],
  });

const specs = {
  '16 columns, 16 orbits, 100 steps': specOf(16, 16, 100),
  '256 columns, 64 orbits, 1000 steps': specOf(256, 64, 1000),
  '64 columns, 64 orbits, 10 000 steps': specOf(64, 64, 10_000),
  '256 columns, 64 orbits, 10 000 steps': specOf(256, 64, 10_000),
};

const shares = new Map<string, number[]>();

describe('a warm run', () => {
  for (const [name, spec] of Object.entries(specs)) {
    const all: number[] = [];
    shares.set(name, all);
    bench(name, async () => {
      await engine.run(spec, {
        onTimings: ({ kernelSeconds = Number.NaN, wallSeconds }) =>
          all.push(kernelSeconds / wallSeconds),
      });
    });
  }
});

afterAll(() => {
  engine.dispose();
  for (const [name, all] of shares) {
    const sorted = all.slice(1).sort((a, b) => a - b);
    const share = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
    console.log(`${name}: ${(100 * share).toFixed(0)} % of a run inside kernels`);
  }
});
