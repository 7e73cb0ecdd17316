// What does a run cost besides its kernels, once the engine is warm? The same spec over and over, from a tiny
// one to one of half a second; at the end, the share of the time of a run that its workers are inside kernels,
// of the fastest quarter of the later half of the runs: other work on the machine disturbs these least.
//
//   npm run bench -- bench/warm.bench.ts

import { afterAll, bench, describe } from 'vitest';
import { createCpuEngine } from '../src/engine/cpu/create-cpu-engine.ts';
import type { RunTimings } from '../src/engine/engine.ts';
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
  '256 columns, 64 orbits, 10 000 steps': specOf(256, 64, 10_000),
  '1024 columns, 64 orbits, 4000 steps': specOf(1024, 64, 4000),
};

const timings = new Map<string, RunTimings[]>();

describe('a warm run', () => {
  for (const [name, spec] of Object.entries(specs)) {
    const all: RunTimings[] = [];
    timings.set(name, all);
    const run = async () => {
      await engine.run(spec, { onTimings: (told) => all.push(told) });
    };
    bench(name, run, { time: 2000 });
  }
});

afterAll(() => {
  engine.dispose();
  for (const [name, all] of timings) {
    const late = all.slice(all.length / 2).sort((a, b) => a.wallSeconds - b.wallSeconds);
    const fast = late.slice(0, Math.ceil(late.length / 4));
    const kernels = fast.reduce((sum, { kernelSeconds = Number.NaN }) => sum + kernelSeconds, 0);
    const walls = fast.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
    const [share, wall] = [(100 * kernels) / walls, (1000 * walls) / fast.length];
    console.log(`${name}: ${share.toFixed(0)} % of ${wall.toFixed(1)} ms inside kernels`);
  }
});
