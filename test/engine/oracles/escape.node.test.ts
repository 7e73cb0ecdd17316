import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testedEngines } from '../../support/engines.ts';
import { numbers } from '../../support/result-numbers.ts';

const engines = await testedEngines();

// Orbit-steps that an engine does in a second or two: a software GPU is some 30 times slower.
const work = { cpu: 3e7, webgpu: 3e6 };

describe.each(engines)('escape from a well of x^4/4 - x^2/2 on $name', ({ name, engine }) => {
  const leave = async (eta: number, epsilon: number, when: string, time: number) => {
    const orbits = Math.round(Math.min(100_000, work[name] / time));
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: { macro: 'x^4 / 4 - x^2 / 2', micro: '-cos(x)', epsilon },
        optimizer: { eta },
        ensemble: { orbits, initial: { x: { uniform: [-1.005, -0.995] } }, seed: 3 },
        steps: { keep: 1 },
        measures: [{ measure: 'escape', when, horizon: Math.ceil(40 * time) }],
      }),
    );
    const [count = 0] = numbers(result, 'escape_count');
    const [censored = 0] = numbers(result, 'escape_censored');
    expect([count, censored]).toEqual([orbits, 0]); // all arrive: e^-40 of them would not
    const [mean = Number.NaN] = numbers(result, 'escape_mean');
    const [error = Number.NaN] = numbers(result, 'escape_stderr');
    expect(error / mean).toBeLessThan(1.2 / Math.sqrt(orbits)); // at most exponential
    return { mean, error };
  };

  // The exact means of the stochastic map that gradient descent tends to as eps -> 0, by quadrature.
  test.each([
    { eta: 0.5, when: 'x > 0', time: 29.70716 },
    { eta: 0.3, when: 'x > 0', time: 353.465 },
    { eta: 0.2, when: 'x > 0', time: 3533.59 },
    { eta: 0.5, when: 'x >= 1', time: 54.2106 },
    { eta: 0.3, when: 'x >= 1', time: 578.41 },
    { eta: 0.2, when: 'x >= 1', time: 5804.4 },
  ])('at eta = $eta, eps = 1e-6, to $when takes $time steps', async ({ eta, when, time }) => {
    const { mean, error } = await leave(eta, 1e-6, when, time);
    expect(Math.abs(mean - time)).toBeLessThan(3 * error);
  });

  // Gradient descent in float64, with the errors in brackets: eps is not small enough for the limit.
  test.each([
    { eta: 0.3, time: 372.9, of: 1.2 },
    { eta: 0.2, time: 4044, of: 20 },
  ])('at eta = $eta, eps = 1e-3, to x > 0 takes $time($of) steps', async ({ eta, time, of }) => {
    const { mean, error } = await leave(eta, 1e-3, 'x > 0', time);
    expect(Math.abs(mean - time)).toBeLessThan(3 * Math.hypot(error, of));
  });
});
