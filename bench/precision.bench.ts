// What does a trustworthy position cost? The same 2^22 orbit-steps in plain f32, in `statistics`, and
// on the host in float64, in one run: quote ratios, for machines differ and are shared.
//
//   npm run bench

import { bench, describe } from 'vitest';
import { createWebGpuEngine } from '../src/engine/webgpu/webgpu-engine.ts';
import { parseSpec } from '../src/spec/parse.ts';
import type { Spec } from '../src/spec/spec.ts';
import { testDevice } from '../test/support/device.ts';
import { hostDensity } from '../test/support/host-orbits.ts';

const engine = createWebGpuEngine({
  device: await testDevice(),
  description: 'bench',
  ownsDevice: false,
});

const spec = (objective: object, eta: number, range: readonly [number, number]): Spec =>
  parseSpec({
    etascope: 1,
    objective,
    optimizer: { eta },
    ensemble: { orbits: 4096, initial: { x: { uniform: [0.1, 0.4] } } },
    steps: { skip: 0, keep: 1024 },
    measures: [{ measure: 'density', of: 'x', range: [...range], bins: 1080 }],
  });

const cases = [
  {
    name: 'quadratic with a micro-structure',
    spec: spec({ macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 }, 0.1, [-1, 1]),
    slope: (x: number) => x + Math.sin(x / 1e-3),
  },
  {
    name: 'logistic map: polynomial in fixed point',
    spec: spec({ macro: 'x^3 / 3 - x^2 / 2' }, 2.9, [0, 1.4]),
    slope: (x: number) => x * x - x,
  },
];

for (const { name, spec: asked, slope } of cases) {
  describe(`${name}: 2^22 orbit-steps with a density of 1080 bins`, () => {
    bench('WebGPU, float32', async () => {
      await engine.run({ ...asked, precision: 'float32' });
    });
    bench('WebGPU, statistics', async () => {
      await engine.run(asked);
    });
    bench('host, float64, one thread of JavaScript', () => {
      hostDensity(asked, slope);
    });
  });
}
