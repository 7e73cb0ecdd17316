import { describe, expect, test } from 'vitest';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Progress } from '../../src/engine/engine.ts';
import { createTallies } from '../../src/engine/tallies.ts';
import { createWebGpuEngine } from '../../src/engine/webgpu/webgpu-engine.ts';
import { RequestError } from '../../src/spec/errors.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testDevice } from '../support/device.ts';
import { numbers, total } from '../support/result-numbers.ts';

const device = await testDevice();

const small = parseSpec({
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-2 },
  axes: [{ parameter: 'eta', from: 0.05, to: 0.3, count: 5 }],
  ensemble: { orbits: 32, initial: { x: 0.1 } },
  steps: { skip: 10, keep: 200 },
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
});

describe('an engine', () => {
  test('made on the device of a caller leaves it alive', async () => {
    const engine = await createEngine({ device });
    const result = await engine.run(small);
    engine.dispose();
    expect(total(numbers(result, 'density'))).toBeGreaterThan(0);
    device.createBuffer({ size: 16, usage: GPUBufferUsage.COPY_DST }).destroy(); // still works
  });

  test('finds an adapter by itself and says what it is', async () => {
    const engine = await createEngine({ engine: 'webgpu' });
    expect(engine.name).toBe('webgpu');
    expect(engine.description).not.toBe('');
    const ours = await createWebGpuEngine({ device, description: '', ownsDevice: false }).run(
      small,
    );
    expect((await engine.run(small)).arrays).toEqual(ours.arrays);
    engine.dispose();
  });
});

describe('a run', () => {
  const engine = createWebGpuEngine({
    device,
    description: 'test',
    ownsDevice: false,
    sweep: { slice: { steps: 7, columns: 3 } },
  });

  test('reports progress that grows to 1', async () => {
    const reports: Progress[] = [];
    await engine.run(small, { onProgress: (progress) => reports.push(progress) });
    const shares = reports.map(({ share }) => share);
    expect(shares.length).toBeGreaterThan(30);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(reports.at(-1)).toMatchObject({ share: 1, orbitSteps: 5 * 32 * 210, secondsLeft: 0 });
  });

  test('stops when aborted, with the reason of the signal', async () => {
    const stop = new AbortController();
    let slices = 0;
    const reason = new Error('enough');
    const run = engine.run(small, {
      signal: stop.signal,
      onProgress: () => {
        if (++slices === 3) stop.abort(reason);
      },
    });
    await expect(run).rejects.toBe(reason);
    expect(slices).toBe(3);
    await expect(engine.run(small, { signal: stop.signal })).rejects.toBe(reason);
  });

  test('whose device is lost fails and says so', async () => {
    const own = await createEngine({ engine: 'webgpu' });
    const run = own.run(
      { ...small, steps: { skip: 0, keep: 1_000_000 } },
      { onProgress: () => own.device.destroy() },
    );
    await expect(run).rejects.toMatchObject({ code: 'device-lost' });
  });

  test('streams results that are whole in themselves and end in that of run', async () => {
    const last = await engine.run(small);
    let items = 0;
    let final = last;
    for await (const partial of engine.stream(small)) {
      items++;
      final = partial;
      expect(Object.keys(partial.arrays)).toEqual(Object.keys(last.arrays));
    }
    expect(items).toBeGreaterThan(0);
    expect(final).toEqual(last);
  });

  test('says how it was made, and nothing of the clock', async () => {
    const { provenance } = await engine.run(small);
    expect(provenance).toMatchObject({
      engine: 'webgpu',
      precision: 'statistics',
      seed: 1,
      orbitSteps: 5 * 32 * 210,
      warnings: [],
    });
    expect(provenance.representation).toContain('phase');
    expect((await engine.run({ ...small, precision: 'float32' })).provenance.warnings).toHaveLength(
      1,
    );
  });

  test('of a precision of the other engine is refused', async () => {
    const request = { ...small, precision: 'float64' } as const;
    await expect(engine.run(request)).rejects.toMatchObject({ code: 'engine-precision' });
  });

  test.each([
    { what: 'epsilon without a value', change: { macro: 'epsilon * x' }, code: 'missing-epsilon' },
    { what: 'a number beyond f32', change: { macro: 'x^2 * 1e39' }, code: 'constant-overflow' },
    {
      what: 'a unit below f32',
      change: { epsilon: 1e-60, micro: 'sin(x)' },
      code: 'not-representable',
    },
  ])('with $what is refused as a wrong request', async ({ change, code }) => {
    const objective = { variables: ['x'], macro: 'x^2', micro: '', parameters: {}, ...change };
    const run = engine.run({ ...small, objective });
    await expect(run).rejects.toBeInstanceOf(RequestError);
    await expect(engine.run({ ...small, objective })).rejects.toMatchObject({ code });
  });

  test('has the shapes of the contract for no, one and two axes', async () => {
    const eta = { parameter: 'eta', from: 0.05, to: 0.3, count: 5, scale: 'linear' } as const;
    const start = { parameter: 'initial.x', from: -1, to: 1, count: 3, scale: 'linear' } as const;
    const shapes = async (axes: readonly (typeof eta | typeof start)[]) => {
      const optimizer = axes.length === 0 ? { rule: 'gd', eta: 0.1 } : { rule: 'gd' };
      const { arrays } = await engine.run({ ...small, optimizer, axes } as typeof small);
      return Object.fromEntries(Object.entries(arrays).map(([name, { shape }]) => [name, shape]));
    };
    expect(await shapes([])).toEqual({
      density: [16],
      density_edges: [17],
      density_outside: [2],
      density_lost: [],
      diverged: [],
    });
    expect(await shapes([eta])).toMatchObject({ axis0: [5], density: [5, 16], diverged: [5] });
    expect(await shapes([eta, start])).toMatchObject({
      axis0: [5],
      axis1: [3],
      density: [5, 3, 16],
      density_outside: [5, 3, 2],
      diverged: [5, 3],
    });
  });
});

test('counts that could pass 2^32 - 1 are kept in 64 bits', () => {
  expect(createTallies(1, 4, 2 ** 32 - 1).rows).toBeInstanceOf(Uint32Array);
  expect(createTallies(1, 4, 2 ** 32).rows).toBeInstanceOf(BigUint64Array);
});
