import { expect, test } from 'vitest';
import type { RunTimings } from '../../src/engine/engine.ts';
import { createWebGpuEngine } from '../../src/engine/webgpu/webgpu-engine.ts';
import { parseSpec } from '../../src/spec/parse.ts';

/** A new adapter, for each makes one device. */
async function newAdapter(): Promise<GPUAdapter> {
  const adapter = await navigator.gpu.requestAdapter();
  if (!adapter) throw new Error('no WebGPU adapter: see CONTRIBUTING.md, "Software GPU"');
  return adapter;
}
const hasClock = (await newAdapter()).features.has('timestamp-query');

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
  axes: [{ parameter: 'eta', from: 0.09, to: 0.11, count: 16 }],
  ensemble: { orbits: 32, initial: { x: { uniform: [-0.5, 0.5] } } },
  steps: { skip: 300, keep: 8 },
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 63 }],
});

test('a device with a clock says how long kernels ran, one without says nothing; counts are the same', async () => {
  for (const features of [...(hasClock ? [['timestamp-query'] as const] : []), [] as const]) {
    const device = await (await newAdapter()).requestDevice({
      requiredFeatures: [...features],
    });
    // many passes, more than the clock has room for
    const sweep = { slice: { steps: 2, columns: 16 } };
    const engine = createWebGpuEngine({ device, description: 'test', ownsDevice: true, sweep });
    const timings: RunTimings[] = [];
    const timed = await engine.run(spec, { onTimings: (told) => timings.push(told) });
    const [told] = timings;
    expect(timings).toHaveLength(1);
    if (features.length === 0) expect(told).not.toHaveProperty('kernelSeconds');
    else {
      expect(told?.kernelSeconds).toBeGreaterThan(0);
      expect(told?.kernelSeconds).toBeLessThan(told?.wallSeconds ?? 0);
    }
    const untimed = await engine.run(spec);
    expect(timed.provenance).toEqual(untimed.provenance);
    expect(timed.arrays.density?.data).toEqual(untimed.arrays.density?.data);
    engine.dispose();
  }
});
