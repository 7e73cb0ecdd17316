import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testedEngines } from '../../support/engines.ts';
import { numbers } from '../../support/result-numbers.ts';

const engines = await testedEngines();

// A software GPU is some 30 times slower than the processor itself.
const sizes = {
  cpu: { orbits: 2048, steps: { skip: 500, keep: 16_000 }, rounding: 0 },
  // Its cosine is right to 1.2e-7: the derivative to 1e-5 where orbits stay near its zero, as at K = 3.3.
  webgpu: { orbits: 512, steps: { skip: 500, keep: 2000 }, rounding: 1e-5 },
};

describe.each(engines)('Lyapunov exponents on $name', ({ name, engine }) => {
  const { orbits, steps, rounding } = sizes[name];
  const exponents = async (
    objective: object,
    eta: number,
    initial: object,
    { count = 1, skip = steps.skip } = {},
  ) => {
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective,
        optimizer: { eta },
        ensemble: { orbits, initial },
        steps: { ...steps, skip },
        measures: [{ measure: 'lyapunov', exponents: count }],
      }),
    );
    return { values: numbers(result, 'lyapunov'), errors: numbers(result, 'lyapunov_stderr') };
  };

  // u - K sin u, computed in float64 with the errors in brackets; at K = 3.3 there is a 2-cycle.
  test.each([
    { K: 3.3, lambda: -1.946218, error: 1e-6 },
    { K: 3.55, lambda: 0.17575, error: 2e-5 },
    { K: 3.7, lambda: 0.43069, error: 3e-5 },
    { K: 4.2, lambda: 0.78914, error: 4e-5 },
    { K: 4.5, lambda: 0.97182, error: 3e-5 },
    { K: 5, lambda: 1.11664, error: 5e-5 },
    { K: 10, lambda: 1.56437, error: 7e-5 },
    { K: 20, lambda: 2.28456, error: 8e-5 },
  ])('at K = $K is $lambda in one micro-well', async ({ K, lambda, error }) => {
    const { values, errors } = await exponents({ macro: '0', micro: '-cos(x)', epsilon: 1 }, K, {
      x: { uniform: [-3, 3] },
    });
    const stderr = Math.hypot(errors[0] ?? Number.NaN, error, rounding);
    expect(stderr).toBeLessThan(3e-3);
    expect(Math.abs((values[0] ?? Number.NaN) - lambda)).toBeLessThan(4 * stderr);
  });

  // Both are conjugate to Chebyshev polynomials, of degree 2 and 3 (Ulam and von Neumann 1947).
  test.each([
    { of: 'x^3/3 - x^2/2 at eta = 3', macro: 'x^3 / 3 - x^2 / 2', eta: 3, lambda: Math.LN2 },
    { of: '(x^2 - 1)^2/4 at eta = 2', macro: '(x^2 - 1)^2 / 4', eta: 2, lambda: Math.log(3) },
  ])('of $of is $lambda', async ({ macro, eta, lambda }) => {
    const { values, errors } = await exponents({ macro }, eta, { x: { uniform: [0.1, 1.2] } });
    expect(errors[0]).toBeLessThan(1e-3);
    // The conjugacy makes ln|f'| a coboundary: sums differ from n lambda by their two ends alone.
    expect(Math.abs((values[0] ?? Number.NaN) - lambda)).toBeLessThan(4 * (errors[0] ?? 0) + 1e-4);
  });

  // Kong and Tao 2020: ln(eta / eps) + E ln|f1''|, exact as eps -> 0.
  const slack = 2e-3; // of eta^2 / eps >= 100
  test.each([
    { of: 'one wave', micro: '-cos(x)', epsilon: 1e-5, lambda: Math.log(0.1 / 1e-5 / 2) },
    {
      of: 'two incommensurate waves',
      micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)',
      epsilon: 1e-4,
      lambda: 6.56118,
    },
  ])('of $of in global chaos is $lambda', async ({ micro, epsilon, lambda }) => {
    const { values, errors } = await exponents({ macro: 'x^2 / 2', micro, epsilon }, 0.1, {
      x: { normal: [0, 0.2] },
    });
    // A step scatters by pi / sqrt(12): the error over orbits must be that of independent steps.
    const independent = Math.PI / Math.sqrt(12) / Math.sqrt(orbits * steps.keep);
    expect((errors[0] ?? 0) / independent).toBeGreaterThan(0.7);
    expect((errors[0] ?? 0) / independent).toBeLessThan(1.5);
    expect(Math.abs((values[0] ?? Number.NaN) - lambda)).toBeLessThan(4 * independent + slack);
  });

  test('of the Matyas function in global chaos add up to 2 ln(K / 2)', async () => {
    const [eta, epsilon] = [0.5, 1e-4];
    const { values } = await exponents(
      {
        variables: ['x', 'y'],
        macro: '0.26 (x^2 + y^2) - 0.48 x * y',
        micro: '-cos(x) - cos(y)',
        epsilon,
      },
      eta,
      { x: { normal: [0, 1] }, y: { normal: [0, 1] } },
      { count: 2 },
    );
    const [first = Number.NaN, second = Number.NaN] = values;
    expect(first).toBeGreaterThanOrEqual(second);
    const independent = (Math.PI / Math.sqrt(12)) * Math.sqrt(2 / (orbits * steps.keep));
    const sum = 2 * Math.log(eta / epsilon / 2);
    expect(Math.abs(first + second - sum)).toBeLessThan(4 * independent + 2 * slack);
  });
});
