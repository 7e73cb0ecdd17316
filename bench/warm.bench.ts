// What does a run cost besides its kernels, once the engine is warm? The same spec over and over, from a tiny
// one to one of a second; at the end, the share of the time of a run in which kernels run, on the processor on
// its workers, of the fastest quarter of the later half of the runs: other work on the machine disturbs these least.
//
//   npm run bench -- bench/warm.bench.ts

import { afterAll, bench, describe } from 'vitest';
import { createCpuEngine } from '../src/engine/cpu/create-cpu-engine.ts';
import { createEngine } from '../src/engine/create-engine.ts';
import type { Engine, RunTimings } from '../src/engine/engine.ts';
import { startThread } from '../src/node/worker-thread.ts';
import { parseSpec } from '../src/spec/parse.ts';
import type { Spec } from '../src/spec/spec.ts';

const webgpu = await createEngine({ engine: 'webgpu' });
const cpu = createCpuEngine({ startWorker: startThread, workers: 2, description: 'bench' });

interface Lane {
  readonly engine: Engine;
  readonly precision: Spec['precision'];
  /** Orbit-steps of its largest run. */
  readonly most: number;
}
const lanes: readonly Lane[] = [
  { engine: cpu, precision: 'float64', most: 3e8 },
  { engine: webgpu, precision: 'statistics', most: 1e8 },
  { engine: webgpu, precision: 'float32', most: 1e8 },
];

const specOf = (columns: number, orbits: number, steps: number, precision: string) =>
  parseSpec({
    etascope: 1,
    precision,
    objective: { macro: 'x^2 / 2', micro: 'sin(x)', epsilon: 1e-3 },
    axes: [{ parameter: 'eta', from: 0.09, to: 0.11, count: columns }],
    ensemble: { orbits, initial: { x: { uniform: [-0.5, 0.5] } } },
    steps: { skip: steps / 2, keep: steps / 2 },
    measures: [{ measure: 'density', of: 'x', range: [-0.6, 0.6], bins: 1080 }],
  });

const sizes = [
  [16, 16, 100],
  [256, 64, 1000],
  [256, 64, 4000],
  [256, 64, 10_000],
  [1024, 64, 4000],
] as const;

const timings = new Map<string, RunTimings[]>();

for (const { engine, precision, most } of lanes) {
  describe(`a warm run on ${engine.name} in ${precision}`, () => {
    for (const [columns, orbits, steps] of sizes) {
      if (columns * orbits * steps > most) continue;
      const all: RunTimings[] = [];
      const size = `${columns} columns, ${orbits} orbits, ${steps} steps`;
      timings.set(`${engine.name}, ${precision}, ${size}`, all);
      const spec = specOf(columns, orbits, steps, precision);
      const run = async () => {
        await engine.run(spec, { onTimings: (told) => all.push(told) });
      };
      bench(size, run, { time: 2000 });
    }
  });
}

afterAll(() => {
  cpu.dispose();
  webgpu.dispose();
  for (const [name, all] of timings) {
    const late = all.slice(all.length / 2).sort((a, b) => a.wallSeconds - b.wallSeconds);
    const fast = late.slice(0, Math.ceil(late.length / 4));
    const kernels = fast.reduce((sum, { kernelSeconds = Number.NaN }) => sum + kernelSeconds, 0);
    const walls = fast.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
    const [share, wall] = [(100 * kernels) / walls, (1000 * walls) / fast.length];
    console.log(`${name}: ${share.toFixed(0)} % of ${wall.toFixed(1)} ms inside kernels`);
  }
});
