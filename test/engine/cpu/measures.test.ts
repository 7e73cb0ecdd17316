import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { numbers } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engines = [1, 2, 3].map((workers) =>
  createCpuEngine({ startWorker, workers, description: 'test' }),
);
const [engine] = engines as [(typeof engines)[0], ...typeof engines]; // by the list above
afterAll(() => {
  for (const each of engines) each.dispose();
});

describe('lyapunov', () => {
  test.each([
    { name: 'logistic map at r = 4', macro: 'x^3 / 3 - x^2 / 2', eta: 3, exact: Math.log(2) },
    {
      name: 'quartic double well at eta = 2',
      macro: '(x^2 - 1)^2 / 4',
      eta: 2,
      exact: Math.log(3),
    },
  ])('of the $name is the logarithm it must be', async ({ macro, eta, exact }) => {
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: { macro },
        optimizer: { eta },
        // An orbit of the logistic map that begins outside (-1/3, 4/3) leaves.
        ensemble: { orbits: 64, initial: { x: { uniform: [0.1, 0.9] } } },
        steps: { skip: 100, keep: 20_000 },
        measures: [{ measure: 'lyapunov' }],
      }),
    );
    const [found = 0, error = 0] = ['lyapunov', 'lyapunov_stderr'].map(
      (name) => numbers(result, name)[0],
    );
    expect(numbers(result, 'diverged')).toEqual([0]);
    expect(error).toBeLessThan(2e-3);
    expect(Math.abs(found - exact)).toBeLessThan(4 * error);
  });

  test('of a linear map are the logarithms of its eigenvalues, all of them', async () => {
    // f = (a^2 + 2 b^2 + 3 c^2) / 2 in turned coordinates: 1 - eta (1, 2, 3) at eta = 0.3
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: {
          variables: ['x', 'y', 'z'],
          macro: '((2x + y + 2z)^2 + 2 * (x + 2y - 2z)^2 + 3 * (2x - 2y - z)^2) / 18',
        },
        optimizer: { eta: 0.3 },
        ensemble: { orbits: 1, initial: { x: 1, y: 2, z: 3 } },
        steps: { skip: 0, keep: 2000 },
        measures: [{ measure: 'lyapunov', exponents: 3 }],
      }),
    );
    const found = numbers(result, 'lyapunov');
    const exact = [0.7, 0.4, 0.1].map(Math.log);
    for (const [index, value] of exact.entries()) expect(found[index]).toBeCloseTo(value, 10);
  });

  test('stays finite where a derivative is 0, or grows by 1e30 a step', async () => {
    const run = (macro: string, eta: number) =>
      engine.run(
        parseSpec({
          etascope: 1,
          objective: { macro },
          optimizer: { eta },
          ensemble: { orbits: 1, initial: { x: 0 } },
          steps: { skip: 0, keep: 100 },
          measures: [{ measure: 'lyapunov' }],
        }),
      );
    const [superstable = 0] = numbers(await run('x^2 / 2', 1), 'lyapunov');
    expect(superstable).toBeLessThan(-50);
    expect(superstable).toBeGreaterThan(-1e3);
    const [steep = 0] = numbers(await run('-1e30 * x^2 / 2', 1), 'lyapunov');
    expect(steep).toBeCloseTo(30 * Math.log(10), 9);
  });
});

describe('escape', () => {
  const wellOf = (orbits: number) =>
    parseSpec({
      etascope: 1,
      objective: { macro: 'x^4 / 4 - x^2 / 2', micro: '-cos(x)', epsilon: 1e-6 },
      optimizer: { eta: 0.5 },
      ensemble: { orbits, initial: { x: { uniform: [-1.001, -0.999] } }, seed: 3 },
      steps: { skip: 0, keep: 2000 },
      measures: [
        { measure: 'escape', when: 'x > 0', times: true },
        { measure: 'moments', of: 'x' },
        { measure: 'final' },
      ],
    });

  test('times of a double well have the mean of the exact stochastic map', async () => {
    const result = await engine.run(wellOf(40_000));
    const [mean = 0, error = 1] = ['escape_mean', 'escape_stderr'].map(
      (name) => numbers(result, name)[0],
    );
    expect(numbers(result, 'escape_censored')).toEqual([0]);
    expect(error).toBeLessThan(0.2);
    expect(Math.abs(mean - 29.7073)).toBeLessThan(4 * error); // by solving the stochastic map
  });

  test('of no orbit depends on which others there are, nor on how many workers', async () => {
    const spec = wellOf(6000); // more than pass through the lanes together
    const whole = await engine.run(spec);
    for (const each of engines) expect((await each.run(spec)).arrays).toEqual(whole.arrays);
    const few = await engine.run(wellOf(37));
    for (const name of ['escape_times', 'final']) {
      expect(numbers(few, name)).toEqual(numbers(whole, name).slice(0, 37));
    }
  });

  test('takes no step that nobody needs: each orbit ends where it escapes', async () => {
    // x doubles each step: from 2^-k it passes 1/2 after k steps.
    const columns = 40;
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: { macro: '-x^2 / 2' },
        optimizer: { eta: 1 },
        axes: [{ parameter: 'initial.x', from: 2 ** -40, to: 1, count: columns, scale: 'log' }],
        ensemble: { orbits: 1 },
        steps: { skip: 3, keep: 2 ** 39 },
        measures: [
          { measure: 'escape', when: 'x > 0.49', times: true },
          { measure: 'density', of: 'x', range: [0, 1], bins: 4 },
        ],
      }),
    );
    const times = numbers(result, 'escape_times');
    const starts = numbers(result, 'axis0');
    expect(times).toEqual(starts.map((x) => Math.max(0, Math.ceil(Math.log2(0.49 / x)))));
    expect(times.at(-1)).toBe(0);
    // States before the last, without the three that are skipped, are seen.
    const seen = numbers(result, 'density');
    for (let column = 0; column < columns; column++) {
      const visits = seen.slice(4 * column, 4 * column + 4).reduce((sum, n) => sum + n, 0);
      expect(visits).toBe(Math.max(0, (times[column] ?? 0) - 1 - 3));
      expect(visits + (numbers(result, 'density_lost')[column] ?? 0)).toBe(2 ** 39);
    }
  });
});

describe('the check for collapse', () => {
  const run = (more: object) =>
    engine.run(
      parseSpec({
        etascope: 1,
        objective: { macro: 'x^3 / 3 - x^2 / 2' },
        ensemble: { orbits: 3, initial: { x: { uniform: [0.2, 0.9] } } },
        steps: { skip: 0, keep: 3000 },
        measures: [{ measure: 'final' }],
        ...more,
      }),
    );

  test('is silent on orbits that converge, cycle or wander', async () => {
    const { provenance } = await run({
      axes: [{ parameter: 'eta', from: 0.5, to: 2.99, count: 100 }],
    });
    expect(provenance.warnings).toEqual([]);
  });

  test('is silent on orbits that wander long before a cycle draws them in', async () => {
    // At K = 10.16 orbits leap from well to well for thousands of steps until they fall into a tilted one.
    const { provenance } = await run({
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 0.00010045073642544625 },
      optimizer: { eta: 0.0010205078125 },
      ensemble: { orbits: 1, initial: { x: 0.001 } },
      steps: { skip: 0, keep: 100 },
    });
    expect(provenance.warnings).toEqual([]);
  });

  test('tells of orbits that return exactly although they expand', async () => {
    // The tent map in float64: each step takes a binary digit, and all are at 0 after some fifty.
    const { provenance } = await run({
      objective: { macro: '-x^2 / 2 + 2 * max(0, x - 1 / 2)^2' },
      optimizer: { eta: 1 },
    });
    expect(provenance.warnings).toHaveLength(1);
    expect(provenance.warnings[0]).toMatch(/collapsed/);
  });

  test.each(['heavy-ball', 'nesterov'])('knows the whole state of %s', async (rule) => {
    const momentum = -0.3; // draws orbits of nesterov to where gradient descent expands
    const cycles = await run({
      objective: { macro: '0', micro: '-cos(x)', epsilon: 1 },
      optimizer: { rule, momentum },
      axes: [{ parameter: 'eta', from: 0.5, to: 4.5, count: 100 }],
    });
    expect(cycles.provenance.warnings).toEqual([]);
    const atRest = await run({
      objective: { macro: '(x^2 - 1)^2 / 4' },
      optimizer: { rule, momentum, eta: 0.1 },
      ensemble: { orbits: 1, initial: { x: 0 } },
    });
    expect(atRest.provenance.warnings[0]).toMatch(/collapsed/);
  });
});
