// What does a coordinate cost among many? Orbits of 1 to 64 variables on one worker, as many
// orbit-step-coordinates each: quote ratios within one run, for machines differ and are shared.
//
// A kernel is compiled in the first call and made faster while it runs: calls before the timing are for that.
//
//   npm run bench -- dimension

import { bench, describe } from 'vitest';
import { createCpuEngine } from '../src/engine/cpu/create-cpu-engine.ts';
import { startThread } from '../src/node/worker-thread.ts';
import { parseSpec } from '../src/spec/parse.ts';

const engine = createCpuEngine({ startWorker: startThread, workers: 1, description: 'bench' });

const WORK = 2 ** 28; // orbit-step-coordinates
const ORBITS = 64;

const sweepOf = (dimension: number) => {
  const variables = Array.from({ length: dimension }, (_, at) => `x${at}`);
  return parseSpec({
    etascope: 1,
    objective: {
      variables,
      macro: variables.map((x) => `${x}^2 / 2`).join(' + '),
      micro: variables.map((x) => `-cos(${x})`).join(' '),
      epsilon: 1e-3,
    },
    optimizer: { eta: 0.1 },
    ensemble: {
      orbits: ORBITS,
      initial: Object.fromEntries(variables.map((x) => [x, { normal: [0, 0.16] }])),
    },
    steps: { skip: WORK / ORBITS / dimension, keep: 1 },
    measures: [{ measure: 'final' }],
  });
};

describe('the CPU engine: 2^28 orbit-step-coordinates of a separable quadratic', () => {
  for (const dimension of [1, 2, 8, 32, 64]) {
    const spec = sweepOf(dimension);
    bench(
      `${dimension} ${dimension === 1 ? 'variable' : 'variables'}`,
      async () => {
        await engine.run(spec);
      },
      { iterations: 5, time: 0, warmupIterations: 1, warmupTime: 0 },
    );
  }
});
