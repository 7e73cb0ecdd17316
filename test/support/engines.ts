import { afterAll } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/create-cpu-engine.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { createWebGpuEngine } from '../../src/engine/webgpu/webgpu-engine.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { testDevice } from './device.ts';
import { startWorker } from './start-worker.ts';

/** An engine under test; what holds for every engine is asked of each. */
export interface TestedEngine {
  readonly name: Engine['name'];
  readonly engine: Engine;
  /** What it computes; the first is what it makes of a request for statistics. */
  readonly precisions: readonly Spec['precision'][];
}

/** Both engines, for the test file. */
export async function testedEngines(): Promise<readonly TestedEngine[]> {
  const device = await testDevice();
  const engines: readonly TestedEngine[] = [
    {
      name: 'webgpu',
      engine: createWebGpuEngine({ device, description: 'test', ownsDevice: false }),
      precisions: ['statistics', 'float32'],
    },
    {
      name: 'cpu',
      engine: createCpuEngine({ startWorker, workers: 2, description: 'test' }),
      precisions: ['float64', 'statistics'],
    },
  ];
  afterAll(() => {
    for (const { engine } of engines) engine.dispose();
  });
  return engines;
}
