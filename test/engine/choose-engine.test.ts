import { describe, expect, onTestFinished, test } from 'vitest';
import type { EngineOptions } from '../../src/engine/choose-engine.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testDevice } from '../support/device.ts';
import { numbers, total } from '../support/result-numbers.ts';
import { startWorker } from '../support/start-worker.ts';

const device = await testDevice();

const spec = parseSpec({
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-2 },
  axes: [{ parameter: 'eta', from: 0.05, to: 0.3, count: 5 }],
  ensemble: { orbits: 32, initial: { x: 0.1 } },
  steps: { skip: 10, keep: 200 },
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
});

/** An engine that is disposed of when the test ends. */
async function chosen(options: EngineOptions) {
  const engine = await createEngine({ startWorker, workers: 2, ...options });
  onTestFinished(() => engine.dispose());
  return engine;
}

/** WebGPU without an adapter. */
const noAdapter = { requestAdapter: async () => null } as unknown as GPU; // all of it that is called

/** WebGPU whose one adapter is the one of this host, under the name of a hardware one. */
const hardwareGpu = (changes: Partial<GPUAdapter> = {}) =>
  ({
    async requestAdapter() {
      const adapter = await navigator.gpu.requestAdapter();
      const info = { vendor: 'acme', architecture: 'rocket', isFallbackAdapter: false };
      return {
        info,
        features: adapter?.features,
        limits: adapter?.limits,
        requestDevice: (asked: GPUDeviceDescriptor) => adapter?.requestDevice(asked),
        ...changes,
      };
    },
  }) as unknown as GPU; // all of it that is called

describe('auto', () => {
  test('is WebGPU on a hardware adapter, and computes there', async () => {
    const engine = await chosen({ gpu: hardwareGpu() });
    expect([engine.name, engine.description]).toEqual(['webgpu', 'acme, rocket']);
    expect(total(numbers(await engine.run(spec), 'density'))).toBe(5 * 32 * 200);
  });

  test('is the processor where no adapter is, and computes there', async () => {
    const engine = await chosen({ gpu: noAdapter });
    expect(engine.name).toBe('cpu');
    expect(engine.description).toMatch(/, 2 workers$/);
    const result = await engine.run(spec);
    expect(result.provenance).toMatchObject({ engine: 'cpu', precision: 'float64' });
    expect(total(numbers(result, 'density'))).toBe(5 * 32 * 200);
  });

  test('is the processor where the adapter computes on the processor too', async () => {
    const gpu = hardwareGpu({ info: { vendor: 'google', architecture: 'swiftshader' } as never });
    expect((await chosen({ gpu })).name).toBe('cpu');
  });

  test('is the processor where the GPU gives no device, and the engine says why', async () => {
    const requestDevice = async () => Promise.reject(new Error('the driver is out of order'));
    const engine = await chosen({ gpu: hardwareGpu({ requestDevice }) });
    expect(engine.name).toBe('cpu');
    expect(engine.description).toContain('the driver is out of order');
    expect(numbers(await engine.run(spec), 'density').length).toBe(5 * 16);
  });

  test('is the engine that computes the precision', async () => {
    expect((await chosen({ gpu: hardwareGpu(), precision: 'float64' })).name).toBe('cpu');
    expect((await chosen({ gpu: hardwareGpu(), precision: 'statistics' })).name).toBe('webgpu');
    expect((await chosen({ gpu: navigator.gpu, precision: 'float32' })).name).toBe('webgpu');
  });

  test('is WebGPU on a device of the caller', async () => {
    expect((await chosen({ device })).name).toBe('webgpu');
  });
});

test('an engine asked for by name is that engine, whatever the adapter is', async () => {
  expect((await chosen({ engine: 'webgpu', gpu: navigator.gpu })).name).toBe('webgpu');
  expect((await chosen({ engine: 'cpu', gpu: hardwareGpu(), device })).name).toBe('cpu');
});

test('WebGPU asked for by name fails where it does not start', async () => {
  const asked = { engine: 'webgpu', gpu: noAdapter } as const;
  await expect(createEngine(asked)).rejects.toMatchObject({ code: 'no-adapter' });
  const requestDevice = async () => Promise.reject(new Error('the driver is out of order'));
  await expect(
    createEngine({ engine: 'webgpu', gpu: hardwareGpu({ requestDevice }) }),
  ).rejects.toThrow('the driver is out of order');
});

test.each([0, 1.5, -1, Number.NaN])('%d workers are refused', async (workers) => {
  const asked = createEngine({ engine: 'cpu', startWorker, workers });
  await expect(asked).rejects.toMatchObject({ code: 'bad-workers', where: 'workers' });
});
