import { describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/create-cpu-engine.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine, Progress } from '../../src/engine/engine.ts';
import { createTallies } from '../../src/engine/tallies.ts';
import { createWebGpuEngine } from '../../src/engine/webgpu/webgpu-engine.ts';
import { orbitStepCount } from '../../src/spec/columns.ts';
import { RequestError } from '../../src/spec/errors.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testDevice } from '../support/device.ts';
import { numbers, total } from '../support/result-numbers.ts';
import { startWorker } from '../support/start-worker.ts';

const device = await testDevice();

const small = parseSpec({
  etascope: 1,
  objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-2 },
  axes: [{ parameter: 'eta', from: 0.05, to: 0.3, count: 5 }],
  ensemble: { orbits: 32, initial: { x: 0.1 } },
  steps: { skip: 10, keep: 200 },
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
});

describe('createEngine', () => {
  /** Offers no adapter, as a machine without a GPU does. */
  const noGpu = { requestAdapter: async () => null } as unknown as GPU; // nothing else of it is used

  test('makes an engine on the device of a caller, and leaves that alive', async () => {
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

  test.each([{ engine: 'cpu' } as const, { gpu: noGpu }, { precision: 'float64' } as const])(
    'makes the engine of the processor for %o, of as many workers as are asked for',
    async (options) => {
      const engine = await createEngine({ ...options, workers: 2, startWorker });
      expect(engine.name).toBe('cpu');
      expect(engine.description).toMatch(/2 workers/);
      const counts = numbers(await engine.run(small), 'density');
      expect(total(counts)).toBe(5 * 32 * 200);
      engine.dispose();
    },
  );

  test('of WebGPU without an adapter says what to do', async () => {
    const made = createEngine({ engine: 'webgpu', gpu: noGpu });
    await expect(made).rejects.toMatchObject({ code: 'no-adapter' });
    const float32 = createEngine({ precision: 'float32', gpu: noGpu });
    await expect(float32).rejects.toMatchObject({ code: 'no-adapter' });
  });

  test.each([0, -1, 1.5, Number.NaN])('refuses %d workers', async (workers) => {
    const made = createEngine({ engine: 'cpu', workers });
    await expect(made).rejects.toMatchObject({ code: 'bad-workers', where: 'workers' });
  });
});

// A run that reports often, on either engine: slices of a few steps; steps for some tiles.
describe.each([
  {
    name: 'webgpu' as const,
    engine: createWebGpuEngine({
      device,
      description: 'test',
      ownsDevice: false,
      sweep: { slice: { steps: 7, columns: 3 } },
    }) as Engine,
    long: small,
    made: { precision: 'statistics', representation: expect.stringContaining('phase') },
    otherPrecision: 'float64' as const,
  },
  {
    name: 'cpu' as const,
    engine: createCpuEngine({ startWorker, workers: 2, description: 'test' }) as Engine,
    long: { ...small, steps: { skip: 10, keep: 100_000 } },
    made: { precision: 'float64', representation: expect.stringContaining('float64') },
    otherPrecision: 'float32' as const,
  },
])('a run on $name', ({ name, engine, long, made, otherPrecision }) => {
  test('reports progress that grows to 1', async () => {
    const reports: Progress[] = [];
    await engine.run(long, { onProgress: (progress) => reports.push(progress) });
    const shares = reports.map(({ share }) => share);
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(reports.at(-1)).toMatchObject({
      share: 1,
      orbitSteps: orbitStepCount(long),
      secondsLeft: 0,
    });
  });

  test('stops when aborted, with the reason of the signal', async () => {
    const stop = new AbortController();
    let reports = 0;
    const reason = new Error('enough');
    const run = engine.run(long, {
      signal: stop.signal,
      onProgress: () => {
        if (++reports === 3) stop.abort(reason);
      },
    });
    await expect(run).rejects.toBe(reason);
    expect(reports).toBe(3);
    await expect(engine.run(small, { signal: stop.signal })).rejects.toBe(reason);
    // nothing of the aborted one is in the next
    expect(total(numbers(await engine.run(small), 'density'))).toBe(5 * 32 * 200);
  });

  test('ends with what its caller throws at a report', async () => {
    const mistake = new Error('a mistake of the caller');
    const run = engine.run(long, {
      onProgress: () => {
        throw mistake;
      },
    });
    await expect(run).rejects.toBe(mistake);
    expect(total(numbers(await engine.run(small), 'density'))).toBe(5 * 32 * 200);
  });

  test('streams results that are whole in themselves and end in that of run', async () => {
    const last = await engine.run(long);
    let items = 0;
    let final = last;
    for await (const partial of engine.stream(long)) {
      items++;
      final = partial;
      expect(Object.keys(partial.arrays)).toEqual(Object.keys(last.arrays));
    }
    expect(items).toBeGreaterThan(0);
    expect(final).toEqual(last);
  });

  test('whose stream nobody reads to its end makes room for the next', async () => {
    for await (const _ of engine.stream(long)) break;
    expect(total(numbers(await engine.run(small), 'density'))).toBe(5 * 32 * 200);
  });

  test('gives beside another what it gives alone', async () => {
    const [first, second] = await Promise.all([engine.run(long), engine.run(small)]);
    expect(first).toEqual(await engine.run(long));
    expect(second).toEqual(await engine.run(small));
  });

  test('says how it was made, and nothing of the clock', async () => {
    const { provenance } = await engine.run(small);
    expect(provenance).toMatchObject({
      ...made,
      engine: name,
      seed: 1,
      orbitSteps: 5 * 32 * 210,
      warnings: [],
    });
  });

  test('of a precision of the other engine is refused', async () => {
    const run = engine.run({ ...small, precision: otherPrecision });
    await expect(run).rejects.toMatchObject({ code: 'engine-precision', where: 'precision' });
  });

  test('that uses epsilon without a value is refused as a wrong request', async () => {
    const objective = { variables: ['x'], macro: 'epsilon * x', micro: '', parameters: {} };
    const run = engine.run({ ...small, objective });
    await expect(run).rejects.toBeInstanceOf(RequestError);
    await expect(run).rejects.toMatchObject({ code: 'missing-epsilon' });
  });

  test('has the shapes of the contract for no, one and two axes', async () => {
    const eta = { parameter: 'eta', from: 0.05, to: 0.3, count: 5, scale: 'linear' } as const;
    const start = { parameter: 'initial.x', from: -1, to: 1, count: 3, scale: 'linear' } as const;
    const shapes = async (axes: readonly (typeof eta | typeof start)[]) => {
      const optimizer = axes.length === 0 ? { rule: 'gd', eta: 0.1 } : { rule: 'gd' };
      const { arrays } = await engine.run({ ...small, optimizer, axes } as typeof small);
      return Object.fromEntries(Object.entries(arrays).map(([of, { shape }]) => [of, shape]));
    };
    expect(await shapes([])).toEqual({
      density: [16],
      density_edges: [17],
      density_outside: [2],
      density_lost: [],
      diverged: [],
      distinct: [],
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

test('a long run on cpu stops as soon as it is aborted', async () => {
  const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
  const minutes = { ...small, steps: { skip: 0, keep: 2 ** 32 } };
  const stop = new AbortController();
  const reason = new Error('enough');
  let aborted = 0;
  const run = engine.run(minutes, {
    signal: stop.signal,
    onProgress: () => {
      aborted = performance.now();
      stop.abort(reason);
    },
  });
  await expect(run).rejects.toBe(reason);
  // a slice is 12 ms; a thread that cannot hear for its own messages took 16 seconds
  expect(performance.now() - aborted).toBeLessThan(1000);
  engine.dispose();
});

test('a run on cpu that waits for another ends when it is aborted, and not before the other', async () => {
  const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
  const [other, stop] = [new AbortController(), new AbortController()];
  const reason = new Error('enough');
  const minutes = { ...small, steps: { skip: 0, keep: 2 ** 32 } };
  const first = engine.run(minutes, { signal: other.signal });
  const waiting = engine.run(small, { signal: stop.signal });
  const last = engine.run(small);
  setTimeout(() => stop.abort(reason), 50);
  await expect(waiting).rejects.toBe(reason); // the first would take minutes
  other.abort(reason);
  await expect(first).rejects.toBe(reason);
  expect(total(numbers(await last, 'density'))).toBe(5 * 32 * 200);
  engine.dispose();
});

describe('a run on webgpu alone', () => {
  const engine = createWebGpuEngine({ device, description: 'test', ownsDevice: false });

  test('whose device is lost fails and says so', async () => {
    const own = await createEngine({ engine: 'webgpu' });
    const run = own.run(
      { ...small, steps: { skip: 0, keep: 1_000_000 } },
      { onProgress: () => own.device.destroy() },
    );
    await expect(run).rejects.toMatchObject({ code: 'device-lost' });
  });

  test('in float32 warns that its orbits collapse', async () => {
    const { provenance } = await engine.run({ ...small, precision: 'float32' });
    expect(provenance.warnings[0]).toMatch(/fall on short cycles/);
  });

  test.each([
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
    await expect(run).rejects.toMatchObject({ code });
  });
});

test('counts that could pass 2^32 - 1 are kept in 64 bits', () => {
  expect(createTallies(1, 4, 2 ** 32 - 1).rows).toBeInstanceOf(Uint32Array);
  expect(createTallies(1, 4, 2 ** 32).rows).toBeInstanceOf(BigUint64Array);
});
