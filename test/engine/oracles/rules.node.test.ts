import { describe, expect, test } from 'vitest';
import { massesOf } from '../../../src/analysis/distance.ts';
import { linearLaw } from '../../../src/analysis/linear-law.ts';
import { sineNoise } from '../../../src/analysis/noise.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testedEngines } from '../../support/engines.ts';
import { columnsOf, GROUPS, groups, mean, pooled } from '../../support/groups.ts';
import { totalVariation } from '../../support/host-orbits.ts';
import { numbers } from '../../support/result-numbers.ts';

const engines = await testedEngines();

// A software GPU is some 30 times slower than the processor itself.
const sizes = {
  cpu: { orbits: 2048, keep: 8000, sharpness: 1, exits: 40_000, rounding: 1e-9 },
  webgpu: { orbits: 512, keep: 2000, sharpness: 6, exits: 4000, rounding: 1e-4 },
};

const quadratic = { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-5 };
/** The map u - K sin u with K = eta: -cos without a macro part. */
const local = { macro: '0', micro: '-cos(x)', epsilon: 1 };

interface Request {
  readonly rule: string;
  readonly momentum?: number;
  readonly eta?: number;
  readonly objective?: object;
  readonly ensemble?: object;
  readonly steps: object;
  readonly measures: readonly object[];
  readonly axes?: readonly object[];
}

const run = (engine: Engine, { rule, momentum, eta, ...rest }: Request) =>
  engine.run(
    parseSpec({
      etascope: 1,
      objective: quadratic,
      optimizer: {
        rule,
        ...(eta === undefined ? {} : { eta }),
        ...(momentum === undefined ? {} : { momentum }),
      },
      ...rest,
    }),
  );

describe.each(engines)('on $name', ({ name, engine }) => {
  const { orbits, keep, sharpness, exits, rounding } = sizes[name];
  const ensemble = { orbits, initial: { x: { normal: [0, 0.2] } }, seed: 2 };
  const steps = { skip: 300, keep };

  // Autoregressions of second order: heavy ball (1 + b) eta / (2 (1 - b) (2 (1 + b) - eta)), with k = 1
  // and noise of variance 1/2; Nesterov from p1 = (1 + b) q, p2 = -b q, q = 1 - eta. And of first order.
  test.each([
    { rule: 'heavy-ball', momentum: 0.5, of: { variance: 0.0517241 } },
    { rule: 'nesterov', momentum: 0.5, of: { variance: 0.0470779 } },
    { rule: 'stochastic-map', of: { variance: 0.02631579, kurtosis: -0.15745856 } },
  ])('$rule has the moments $of', async ({ of, ...how }) => {
    const result = await run(engine, {
      ...how,
      eta: 0.1,
      ensemble,
      steps,
      measures: [{ measure: 'moments', of: 'x' }],
    });
    for (const [moment, exact] of Object.entries(of)) {
      const [value = Number.NaN] = numbers(result, `moments_${moment}`);
      const [error = Number.NaN] = numbers(result, `moments_${moment}_stderr`);
      const share = moment === 'variance' ? 1.5e-3 : 2e-2;
      expect(error).toBeLessThan(sharpness * share * Math.abs(exact));
      expect(Math.abs(value - exact)).toBeLessThan(4 * error);
    }
  });

  test('the stochastic map has the exact law', async () => {
    const [bins, range] = [100, [-0.6, 0.6]] as const;
    const result = await run(engine, {
      rule: 'stochastic-map',
      eta: 0.1,
      objective: { ...quadratic, parameters: { group: 0 } },
      axes: groups,
      ensemble: { ...ensemble, orbits: orbits / 8 },
      steps,
      measures: [{ measure: 'density', of: 'x', range, bins }],
    });
    const law = linearLaw({ curvature: 1, eta: 0.1, noise: sineNoise(1) });
    const width = (range[1] - range[0]) / bins;
    const edges = Array.from({ length: bins + 1 }, (_, at) => range[0] + at * width);
    const exact = massesOf(law.distribution, edges).bins;
    const densities = columnsOf(numbers(result, 'density'), GROUPS);
    const pairs = densities.flatMap((a, i) =>
      densities.slice(i + 1).map((b) => totalVariation(a, b)),
    );
    // Two groups differ by sqrt(2) of what one differs from its law; 16 pooled, by a quarter of that.
    const noise = mean(pairs) / Math.SQRT2 / Math.sqrt(GROUPS);
    expect(totalVariation(pooled(densities), Array.from(exact, Number))).toBeLessThan(1.4 * noise);
  });

  // The noise of sin u + sin(sqrt(2) u) / sqrt(2) has variance 1.
  test('the stochastic map draws waves that have no common period', async () => {
    const result = await run(engine, {
      rule: 'stochastic-map',
      eta: 0.1,
      objective: { ...quadratic, micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)' },
      ensemble,
      steps,
      measures: [{ measure: 'moments', of: 'x' }, { measure: 'lyapunov' }],
    });
    const [value = Number.NaN] = numbers(result, 'moments_variance');
    const [error = Number.NaN] = numbers(result, 'moments_variance_stderr');
    expect(error).toBeLessThan(sharpness * 1.5e-3 * value);
    expect(Math.abs(value - 0.0526315789)).toBeLessThan(4 * error);
    expect(numbers(result, 'lyapunov')[0]).toBeCloseTo(Math.log(0.9), 6); // the noise held fixed
  });

  // A step scatters by pi / sqrt(12); eta^2 / epsilon = 1000 leaves a bias below 2e-3.
  const K = 0.1 / 1e-5;
  test.each([
    { rule: 'heavy-ball', momentum: 0.5, first: Math.log(K / 2), sum: Math.log(0.5), noise: 0 },
    {
      rule: 'nesterov',
      momentum: 0.5,
      first: Math.log((1.5 * K) / 2),
      sum: Math.log(0.5 * (K / 2)),
      noise: 1,
    },
  ])('$rule has the exponents of global chaos', async ({ rule, momentum, first, sum, noise }) => {
    const result = await run(engine, {
      rule,
      momentum,
      eta: 0.1,
      ensemble,
      steps,
      measures: [{ measure: 'lyapunov', exponents: 2 }],
    });
    const [one = Number.NaN, two = Number.NaN] = numbers(result, 'lyapunov');
    const slack = (4 * Math.PI) / Math.sqrt(12 * orbits * keep) + 2e-3;
    expect(Math.abs(one - first)).toBeLessThan(slack);
    expect(Math.abs(one + two - sum)).toBeLessThan(rounding + noise * slack);
  });

  // Heavy ball with b = -0.3 on this cubic is x' = 1 - 1.4 x^2 + 0.3 x_before (Henon 1976).
  test('heavy ball on a cubic has the exponents of the Henon map', async () => {
    const result = await run(engine, {
      rule: 'heavy-ball',
      momentum: -0.3,
      eta: 1,
      objective: { macro: '1.4 x^3 / 3 + 0.35 x^2 - x' },
      ensemble: { orbits: orbits / 8, initial: { x: { uniform: [-0.1, 0.1] } }, seed: 2 },
      steps,
      measures: [{ measure: 'lyapunov', exponents: 2 }],
    });
    const [first = Number.NaN, second = Number.NaN] = numbers(result, 'lyapunov');
    const error = name === 'cpu' ? 0 : 4 * (numbers(result, 'lyapunov_stderr')[0] ?? Number.NaN);
    expect(Math.abs(first - 0.419)).toBeLessThan(2e-3 + error);
    expect(Math.abs(second + 1.623)).toBeLessThan(2e-3 + error);
    expect(Math.abs(first + second - Math.log(0.3))).toBeLessThan(rounding);
  });

  const heavyBall = (b: number) => ({
    rule: 'heavy-ball',
    momentum: b,
    at: 2 * (1 + b),
    periods: [1, 2],
  });
  const second = (b: number) => ({
    rule: 'heavy-ball',
    momentum: b,
    at: Math.sqrt(Math.PI ** 2 * (1 + b) ** 2 + 2 * (1 + b * b)),
    periods: [2, 4],
  });
  const nesterov = (b: number) => ({
    rule: 'nesterov',
    momentum: b,
    at: (2 + 2 * b) / (1 + 2 * b),
    periods: [1, 2],
  });
  test.each([
    ...[-0.3, 0.5, 0.9].map(heavyBall),
    ...[-0.3, 0.2, 0.5].map(second), // at 0.9 orbits from rest are not drawn to these cycles
    ...[-0.3, 0.5, 0.9].map(nesterov),
  ])('$rule, momentum $momentum: periods $periods about K = $at', async (of) => {
    const { rule, momentum, at, periods } = of;
    const near = 3e-3 * at;
    const result = await run(engine, {
      rule,
      momentum,
      objective: local,
      axes: [{ parameter: 'eta', from: at - 2 * near, to: at + 2 * near, count: 2 }], // at -+ near
      ensemble: { orbits: 16, initial: { x: { uniform: [-0.5, 0.5] } } },
      steps: { skip: 6000, keep: 1 },
      measures: [{ measure: 'period' }],
    });
    const found = columnsOf(numbers(result, 'period'), 2);
    // On WebGPU one orbit in fifty shows none: 22 of 1024 about the second doubling at 0.5.
    periods.forEach((period, side) => {
      const shown = (found[side] ?? []).filter((of) => of !== 0);
      expect(new Set(shown)).toEqual(new Set([period]));
      expect(shown.length).toBeGreaterThanOrEqual(engine.name === 'webgpu' ? 14 : 16);
    });
  });

  // The exact mean of the stochastic map, by quadrature.
  test('the stochastic map leaves a double well after 353.465 steps', async () => {
    const time = 353.465;
    const result = await run(engine, {
      rule: 'stochastic-map',
      eta: 0.3,
      objective: { macro: 'x^4 / 4 - x^2 / 2', micro: '-cos(x)', epsilon: 1e-6 },
      ensemble: { orbits: exits, initial: { x: { uniform: [-1.005, -0.995] } }, seed: 3 },
      steps: { keep: 1 },
      measures: [{ measure: 'escape', when: 'x > 0', horizon: Math.ceil(40 * time) }],
    });
    expect(numbers(result, 'escape_count')).toEqual([exits]); // all arrive: e^-40 of them would not
    const [found = Number.NaN] = numbers(result, 'escape_mean');
    const [error = Number.NaN] = numbers(result, 'escape_stderr');
    expect(error / found).toBeLessThan(1.2 / Math.sqrt(exits)); // at most exponential
    expect(Math.abs(found - time)).toBeLessThan(3 * error);
  });
});
