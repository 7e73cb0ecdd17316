import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testedEngines } from '../../support/engines.ts';
import { numbers } from '../../support/result-numbers.ts';

const engines = await testedEngines();

// What f = f0 + A eps g(x / eps) does at K = A eta / eps >> 1: Kong and Tao, "Stochasticity of deterministic
// gradient descent: large learning rate for multiscale objective function", NeurIPS 2020. As eps -> 0 it
// is the linear stochastic map, whose moments are exact.

// A software GPU is some 30 times slower than the processor itself.
const sizes = {
  cpu: { orbits: 4096, keep: 8000, sharpness: 1 },
  webgpu: { orbits: 1024, keep: 2000, sharpness: 6 },
};

describe.each(engines)(
  'global chaos on $name has the moments of the stochastic map',
  ({ name, engine }) => {
    const { orbits, keep, sharpness } = sizes[name];
    const momentsOf = async (
      objective: object,
      eta: number,
      of: readonly string[],
      { initial = { x: { normal: [0, 0.2] } } as object, skip = 200 } = {},
    ) => {
      const result = await engine.run(
        parseSpec({
          etascope: 1,
          objective,
          optimizer: { eta },
          ensemble: { orbits, initial, seed: 1 },
          steps: { skip, keep },
          measures: of.map((formula, index) => ({
            measure: 'moments',
            name: `of${index}`,
            of: formula,
          })),
        }),
      );
      return of.map((_, index) => (moment: string) => {
        const [value = Number.NaN] = numbers(result, `of${index}_${moment}`);
        const [error = Number.NaN] = numbers(result, `of${index}_${moment}_stderr`);
        return { value, error };
      });
    };
    type Found = Awaited<ReturnType<typeof momentsOf>>[number];

    /** @param share of the number that the standard error must stay below: else it says nothing. */
    const expectMoment = (
      found: Found | undefined,
      moment: string,
      exact: number,
      share: number,
    ) => {
      const { value, error } = found?.(moment) ?? { value: Number.NaN, error: Number.NaN };
      expect(error).toBeLessThan(sharpness * share * Math.abs(exact));
      expect(Math.abs(value - exact)).toBeLessThan(4 * error);
    };

    // f0 = k x^2 / 2: Var = eta A^2 / 2 / (k (2 - eta k)), kurtosis -3/2 (1 - a^2) / (1 + a^2), a = 1 - eta k.
    test.each([
      { eta: 0.1, variance: 0.02631578947368421, kurtosis: -0.15745856353591 },
      { eta: 0.2, variance: 0.05555555555555556, kurtosis: -0.3292682926829268 },
    ])('quadratic, eta = $eta', async ({ eta, variance, kurtosis }) => {
      const [found] = await momentsOf({ macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-5 }, eta, [
        'x',
      ]);
      expectMoment(found, 'variance', variance, 1e-3);
      expectMoment(found, 'kurtosis', kurtosis, 1e-2);
      const mean = found?.('mean');
      expect(Math.abs(mean?.value ?? Number.NaN)).toBeLessThan(4 * (mean?.error ?? 0));
    });

    // Variances over the exact one of float64 orbits, with what they may be off by: eta^2 / epsilon decides.
    test.each([
      { eta: 0.02, epsilon: 1e-3, ratio: 1.785, of: 2e-3 },
      { eta: 0.1, epsilon: 1e-2, ratio: 0.692, of: 3e-3, kurtosis: 2.03 },
      { eta: 0.1, epsilon: 1e-3, ratio: 1.0063, of: 4 * 4e-4 },
      { eta: 0.1, epsilon: 1e-4, ratio: 0.9995, of: 4 * 5e-4 },
    ])('quadratic, eta = $eta, epsilon = $epsilon', async (row) => {
      const { eta, epsilon, ratio, of, kurtosis } = row;
      const objective = { macro: 'x^2 / 2', micro: '-cos(x)', epsilon };
      const [found] = await momentsOf(objective, eta, ['x'], { skip: 1000 });
      const exact = eta / 2 / (2 - eta);
      const { value, error } = found?.('variance') ?? { value: Number.NaN, error: Number.NaN };
      expect(error).toBeLessThan(sharpness * 5e-3 * exact);
      expect(Math.abs(value - ratio * exact)).toBeLessThan(4 * error + of * exact);
      if (kurtosis === undefined) return;
      const excess = found?.('kurtosis') ?? { value: Number.NaN, error: Number.NaN };
      expect(excess.error).toBeLessThan(sharpness * 0.02);
      expect(Math.abs(excess.value - kurtosis)).toBeLessThan(4 * excess.error + 0.015);
    });

    test('two incommensurate waves, eta = 0.1', async () => {
      const [found] = await momentsOf(
        { macro: 'x^2 / 2', micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)', epsilon: 1e-4 },
        0.1,
        ['x'],
      );
      expectMoment(found, 'variance', 0.0526316, 1e-3);
    });

    // Matyas: eigenvalues 0.04 along x = y, and 1 across it.
    test('the modes of the Matyas function, eta = 0.5', async () => {
      const [slow, fast] = await momentsOf(
        {
          variables: ['x', 'y'],
          macro: '0.26 (x^2 + y^2) - 0.48 x * y',
          micro: '-cos(x) - cos(y)',
          epsilon: 1e-5,
        },
        0.5,
        ['(x + y) / sqrt(2)', '(x - y) / sqrt(2)'],
        { initial: { x: { normal: [0, 1.3] }, y: { normal: [0, 1.3] } }, skip: 1000 },
      );
      expectMoment(slow, 'variance', 3.156566, 5e-3);
      expectMoment(fast, 'variance', 0.1666667, 1e-3);
    });
  },
);
