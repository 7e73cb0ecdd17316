import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../src/spec/parse.ts';
import { testedEngines } from '../support/engines.ts';
import { numbers } from '../support/result-numbers.ts';

const engines = await testedEngines();

/** Moments of x on x^2/2 with a micro-structure whose amplitude is a function of `slow_x`. */
const request = (micro: string, epsilon: number, eta: number, rule: string, more: object = {}) =>
  parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', micro, epsilon, parameters: { c: 1 } },
    optimizer: { rule, eta },
    ensemble: { orbits: 1024, initial: { x: { normal: [0, 0.2] } }, seed: 4 },
    steps: { skip: 200, keep: 500 },
    measures: [{ measure: 'moments', of: 'x' }],
    ...more,
  });

const isNear = (value = Number.NaN, error = Number.NaN, exact: number, share: number) => {
  expect(error).toBeLessThan(share * Math.abs(exact));
  expect(Math.abs(value - exact)).toBeLessThan(4 * error);
};

describe.each(engines)('on $name', ({ engine, name }) => {
  // x' = (1 - eta) x - eta A(x) sin u + eta epsilon A'(x) cos u with u uniform and A the amplitude. So
  // V = (1 - eta)^2 V + eta^2 (E A^2 + epsilon^2 E A'^2) / 2: with A^2 = 1 + c^2 x^2 and A'^2 < c^2,
  // or A = 1 + c x, whose mean is 1,
  //   V = eta (1 + epsilon^2 c^2) / (2 (2 - eta) - eta c^2), the former as epsilon -> 0.
  test.each([
    { rule: 'gd', A: 'sqrt(1 + (2 * slow_x)^2)', epsilon: 1e-5, variance: 0.1 / 3.4 },
    { rule: 'stochastic-map', A: 'sqrt(1 + (2 * slow_x)^2)', epsilon: 1e-5, variance: 0.1 / 3.4 },
    { rule: 'stochastic-map', A: '(1 + c * slow_x)', epsilon: 1, variance: 0.2 / 3.7 },
  ])('$rule with the amplitude $A has the variance $variance', async ({ A, ...of }) => {
    const result = await engine.run(request(`-${A} * cos(x)`, of.epsilon, 0.1, of.rule));
    const [value] = numbers(result, 'moments_variance');
    isNear(value, numbers(result, 'moments_variance_stderr')[0], of.variance, 8e-3);
  });

  test('a shift by the macro position is followed, and f is the objective', async () => {
    // sin(u + x) = sin(u) cos(x) + cos(u) sin(x): two formulas of one map.
    const measures = [{ measure: 'density', of: 'f', range: [-0.03, 0.07], bins: 10 }];
    const shapes = ['sin(x + slow_x)', 'sin(x) * cos(slow_x) + cos(x) * sin(slow_x)'];
    const start = { orbits: 512, initial: { x: { grid: [-0.3, 0.3] } } };
    const more = { measures, ensemble: start, steps: { skip: 0, keep: 2 } };
    const [one = [], other = []] = await Promise.all(
      shapes.map(async (micro) =>
        numbers(await engine.run(request(micro, 0.02, 0.05, 'gd', more)), 'density'),
      ),
    );
    const counts = new Array<number>(10).fill(0);
    for (let orbit = 0; orbit < 512; orbit++) {
      let x = -0.3 + (0.6 * (orbit + 0.5)) / 512;
      for (let n = 0; n < 2; n++) {
        x -= 0.05 * (x + (1 + 0.02) * Math.cos(x / 0.02 + x));
        const bin = Math.floor(((x * x) / 2 + 0.02 * Math.sin(x / 0.02 + x) + 0.03) * 100);
        counts[bin] = (counts[bin] ?? 0) + 1;
      }
    }
    // f32 moves f by 1e-7: of 1024 visits in bins of 1e-2, none is so near to an edge.
    expect(one).toEqual(counts);
    expect(other).toEqual(counts);
  });

  test('exponents of the stochastic map see the amplitude, or are refused', async () => {
    // log|1 - eta - eta c sin u|, u uniform: log((a + sqrt(a^2 - b^2)) / 2), a = 1 - eta, b = eta c
    const lyapunov = { measures: [{ measure: 'lyapunov' }] };
    const spec = request('-(1 + 3 * slow_x) * cos(x)', 1e-3, 0.2, 'stochastic-map', lyapunov);
    if (name === 'webgpu') {
      await expect(engine.run(spec)).rejects.toMatchObject({ code: 'no-tangent' });
      return;
    }
    const result = await engine.run(spec);
    const exact = Math.log((0.8 + Math.sqrt(0.64 - 0.36)) / 2);
    isNear(numbers(result, 'lyapunov')[0], numbers(result, 'lyapunov_stderr')[0], exact, 5e-3);
  });

  test.each(['sin(x + slow_x)', 'sin(x * slow_x)'])(
    'the stochastic map refuses %s: a phase that is drawn forgets its shift',
    async (micro) => {
      const refused = engine.run(request(micro, 1e-3, 0.1, 'stochastic-map'));
      await expect(refused).rejects.toMatchObject({ code: 'no-phase', where: 'objective.micro' });
    },
  );
});
