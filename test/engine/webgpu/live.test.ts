import { expect, test } from 'vitest';
import { createWebGpuEngine } from '../../../src/engine/webgpu/webgpu-engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testDevice } from '../../support/device.ts';
import { numbers } from '../../support/result-numbers.ts';

const device = await testDevice();
const engine = createWebGpuEngine({ device, description: 'test', ownsDevice: false });

test('a page sees what is measured beside the density it shows', async () => {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-2 },
    axes: [{ parameter: 'eta', from: 0.05, to: 0.3, count: 8 }],
    ensemble: { orbits: 20, initial: { x: { uniform: [-0.1, 0.1] } } },
    steps: { skip: 10, keep: 200 },
    measures: [
      { measure: 'density', of: 'x', range: [-1, 1], bins: 16 },
      { measure: 'lyapunov' },
      { measure: 'escape', when: 'abs(x) > 0.4' },
    ],
  });
  const texture = device.createTexture({
    size: [8, 16],
    format: 'r32float',
    usage: GPUTextureUsage.STORAGE_BINDING,
  });
  const live = await engine.live(spec, texture, { tone: 'log' });
  let share = 0;
  for await (const progress of live.frames()) ({ share } = progress);
  const [shown, run] = [await live.result(), await engine.run(spec)];
  live.dispose();
  texture.destroy();
  expect(share).toBe(1);
  expect(numbers(shown, 'lyapunov').every(Number.isFinite)).toBe(true);
  expect(shown).toEqual(run);
});
