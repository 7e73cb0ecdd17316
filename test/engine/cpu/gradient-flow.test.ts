import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { createEngine } from '../../../src/engine/create-engine.ts';
import { writeProgram } from '../../../src/engine/webgpu/program.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { numbers } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(engine.dispose);

const measure = (name: string) => ({ measure: name });
const specOf = (changes: object) =>
  parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 0.01 },
    optimizer: { rule: 'gradient-flow', eta: 0.02 },
    ensemble: { initial: { x: 0.7 } },
    steps: { keep: 40 },
    measures: [measure('final')],
    ...changes,
  });

test('no orbit depends on which others there are', async () => {
  const density = { measure: 'density', of: 'x', range: [-1, 1], bins: 64 };
  const measures = [measure('final'), measure('lyapunov'), density];
  const axis = { parameter: 'initial.x', from: -1, to: 1, count: 37 };
  const all = await engine.run(specOf({ axes: [axis], ensemble: { orbits: 3 }, measures }));
  for (const column of [0, 7, 18]) {
    const x = -1 + ((column + 0.5) * 2) / 37;
    const alone = await engine.run(specOf({ ensemble: { orbits: 3, initial: { x } }, measures }));
    for (const name of ['final', 'lyapunov', 'density']) {
      const width = numbers(alone, name).length;
      expect(numbers(all, name).slice(column * width, (column + 1) * width)).toEqual(
        numbers(alone, name),
      );
    }
  }
});

test('an orbit does not depend on what is measured of it', async () => {
  const measures = [measure('final'), measure('lyapunov'), measure('period')];
  const many = await engine.run(specOf({ measures, steps: { keep: 3 } }));
  const one = await engine.run(specOf({ steps: { keep: 3 } }));
  expect(numbers(many, 'final')).toEqual(numbers(one, 'final'));
});

test('the statistics that it is asked for are those of float64', async () => {
  const { provenance } = await engine.run(specOf({ precision: 'statistics' }));
  expect(provenance.precision).toBe('float64');
});

test('an orbit that comes to the end of the domain has diverged', async () => {
  // x = sqrt(0.49 - 2 t)
  const objective = { macro: 'log(x)' };
  const at = (eta: number) =>
    specOf({ objective, optimizer: { rule: 'gradient-flow', eta }, steps: { keep: 1 } });
  const still = await engine.run(at(0.24));
  expect(numbers(still, 'final')[0]).toBeCloseTo(0.1, 10);
  expect(numbers(await engine.run(at(0.25)), 'diverged')).toEqual([64]);
});

describe('an orbit that cannot be followed fails the run', () => {
  test.each([
    {
      why: 'millions of wells in one step',
      objective: { macro: '10 * x', micro: '-cos(x)', epsilon: 1e-6 },
      names: 'epsilon = 0.000001',
    },
    { why: 'a slope that jumps', objective: { macro: 'abs(x)' }, names: 'eta = 1:' },
  ])('$why', async ({ objective, names }) => {
    const run = engine.run(specOf({ objective, optimizer: { rule: 'gradient-flow', eta: 1 } }));
    await expect(run).rejects.toMatchObject({
      name: 'RunError',
      code: 'orbit-lost',
      message: expect.stringContaining(names),
    });
    expect(numbers(await engine.run(specOf({})), 'diverged')).toEqual([0]); // the next run is well
  });
});

describe('is refused', () => {
  test('tangents of more variables', async () => {
    const objective = { variables: ['x', 'y'], macro: 'x^2 + y^2' };
    const ensemble = { initial: { x: 1, y: 1 } };
    const spec = specOf({ objective, ensemble, measures: [measure('lyapunov')] });
    await expect(engine.run(spec)).rejects.toMatchObject({
      name: 'RequestError',
      code: 'no-tangent',
      message: expect.stringContaining('2 variables'),
    });
  });

  test('the rule, by WebGPU', async () => {
    await expect(writeProgram(specOf({ precision: 'statistics' }), 16_384)).rejects.toMatchObject({
      name: 'RequestError',
      code: 'engine-rule',
      message: expect.stringContaining('engine cpu'),
    });
  });
});

test('the engine chosen for it is the processor', async () => {
  const chosen = await createEngine({ rule: 'gradient-flow', precision: 'statistics' });
  expect(chosen.name).toBe('cpu');
  chosen.dispose();
});
