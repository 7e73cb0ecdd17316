import { expect, test } from 'vitest';
import { parseSpec } from '../../src/spec/parse.ts';
import { testedEngines } from '../support/engines.ts';
import { numbers } from '../support/result-numbers.ts';

const engines = await testedEngines();

/** Draws that differ in nothing but their key: the columns of an axis that nothing uses. */
const DRAWS = 1000;
/** The exact values of the stochastic map at eta = 0.2, which epsilon = 1e-6 comes within 1e-5 of. */
const [ETA, EPSILON] = [0.2, 1e-6];
const exact = {
  moments_mean: 0,
  moments_variance: ETA / 2 / (2 - ETA),
  moments_kurtosis: -0.3292682926829268,
  lyapunov: Math.log(ETA / EPSILON / 2),
};

// Many orbits that are the pieces themselves; and one orbit, whose batches are.
const ensembles = [
  { ensemble: '24 orbits', orbits: 24, steps: { skip: 40, keep: 500 } },
  { ensemble: 'one orbit', orbits: 1, steps: { skip: 40, keep: 8000 } },
];

test.each(
  engines.flatMap(({ name, engine }) => ensembles.map((each) => ({ ...each, name, engine }))),
)('95 % intervals of $ensemble on $name contain the exact values as often', async (each) => {
  const result = await each.engine.run(
    parseSpec({
      etascope: 1,
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: EPSILON, parameters: { draw: 0 } },
      optimizer: { eta: ETA },
      axes: [{ parameter: 'parameters.draw', from: 0, to: 1, count: DRAWS }],
      ensemble: { orbits: each.orbits, initial: { x: { normal: [0, 0.236] } }, seed: 5 },
      steps: each.steps,
      measures: [{ measure: 'moments', of: 'x' }, { measure: 'lyapunov' }],
    }),
  );
  for (const [name, value] of Object.entries(exact)) {
    const errors = numbers(result, `${name}_stderr`);
    const hits = numbers(result, name).filter(
      (found, draw) => Math.abs(found - value) <= 1.96 * (errors[draw] ?? 0),
    );
    expect(hits.length / DRAWS, name).toBeGreaterThanOrEqual(0.9);
    expect(hits.length / DRAWS, name).toBeLessThanOrEqual(0.99);
  }
});
