import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../src/spec/parse.ts';
import { testedEngines } from '../support/engines.ts';
import { binnedVariance, hostDensity, totalVariation } from '../support/host-orbits.ts';
import { numbers } from '../support/result-numbers.ts';

const engines = await testedEngines();

/** A density of 2e6 samples in 64 bins at eta = 0.1, epsilon = 1e-4 unless `more` says otherwise. */
const request = (objective: object, more: object = {}, seed = 1) =>
  parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', epsilon: 1e-4, ...objective },
    optimizer: { eta: 0.1 },
    ensemble: { orbits: 4096, initial: { x: { uniform: [-0.5, 0.5] } }, seed },
    steps: { skip: 150, keep: 500 },
    measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 64 }],
    ...more,
  });

const counted = new Map<string, readonly Float64Array[]>();

/** The density of `request` by float64 orbits of three seeds, x ← x − eta·slope(x); the same for both engines. */
function hostsOf(
  objective: object,
  slope: (x: number) => number,
  more: object = {},
): readonly Float64Array[] {
  const key = JSON.stringify([objective, more]);
  const hosts =
    counted.get(key) ??
    [1, 2, 3].map((seed) => hostDensity(request(objective, more, seed), slope).counts);
  counted.set(key, hosts);
  return hosts;
}

/**
 * How many times as far from float64 densities a density may be as they are from one another: a few slow
 * modes carry most of the scatter, and a draw of 3 standard deviations in one makes sqrt((9 + 1) / 2).
 */
const NEAR = 2.3;

/** Mean distance of a density to float64 densities, as a multiple of theirs to one another. */
function nearness(density: readonly number[], hosts: readonly Float64Array[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const pairs = hosts.flatMap((a, i) => hosts.slice(i + 1).map((b) => totalVariation(a, b)));
  return mean(hosts.map((host) => totalVariation(density, host))) / mean(pairs);
}

describe.each(engines)('engine $name:', ({ engine, name }) => {
  // Every micro-structure against float64 orbits of the same ensemble, written out by hand.
  describe.each([
    {
      structure: 'integer harmonics and a shift',
      objective: { micro: 'sin(x) + cos(3x + a) / 3', parameters: { a: 0.7 } },
      slope: (u: number) => Math.cos(u) - Math.sin(3 * u + 0.7),
      representation: { webgpu: /^x: cell \+ 32-bit phase/, cpu: /in periods/ },
    },
    {
      structure: 'a wave-length of its own',
      objective: { micro: '-cos(2 * pi * x / l) * l / (2 * pi)', parameters: { l: 0.3 } },
      slope: (u: number) => Math.sin((2 * Math.PI * u) / 0.3),
      representation: { webgpu: /^x: cell \+ 32-bit phase/, cpu: /in periods/ },
    },
    {
      structure: 'an irrational frequency',
      objective: { micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)' },
      slope: (u: number) => Math.cos(u) + Math.cos(Math.SQRT2 * u),
      representation: { webgpu: /64-bit product/, cpu: /in periods/ },
    },
    {
      structure: 'a chirp, which has no period',
      objective: { micro: 'sin(x + x^2 / 1e4)' },
      slope: (u: number) => Math.cos(u + (u * u) / 1e4) * (1 + (2 * u) / 1e4),
      representation: { webgpu: /160-bit product/, cpu: /^x: float64$/ },
    },
    {
      structure: 'an envelope over exact phases',
      objective: { micro: 'sin(x) * exp(-x^2 / 1e7)' },
      slope: (u: number) => (Math.cos(u) - (2 * u * Math.sin(u)) / 1e7) * Math.exp((-u * u) / 1e7),
      representation: { webgpu: /^x: cell \+ 32-bit phase/, cpu: /in periods/ },
    },
    {
      structure: 'an argument of third degree',
      objective: { macro: '(x - 1 / 2)^2 / 2', micro: 'sin(x^3 / 1e8)' },
      slope: (u: number) => (Math.cos(u ** 3 / 1e8) * 3 * u * u) / 1e8 - 1 / 2,
      representation: { webgpu: /fixed point/, cpu: /^x: float64$/ },
    },
    {
      structure: 'an amplitude that depends on the macro position',
      objective: { micro: '-(1 + slow_x^2) * cos(x)' },
      slope: (u: number) => (1 + (1e-4 * u) ** 2) * Math.sin(u) - 2e-8 * u * Math.cos(u),
      representation: { webgpu: /^x: cell \+ 32-bit phase/, cpu: /in periods/ },
    },
    {
      structure: 'a phase that the macro position shifts',
      objective: { micro: 'sin(x + 3 * slow_x) + slow_x' },
      slope: (u: number) => (1 + 3e-4) * Math.cos(u + 3e-4 * u) + 1e-4,
      representation: { webgpu: /64-bit product/, cpu: /in periods/ },
    },
  ])('a micro-structure with $structure', ({ objective, slope, representation }) => {
    test('has the density of float64 orbits', async () => {
      const hosts = hostsOf(objective, (x) => x + slope(x / 1e-4));
      const result = await engine.run(request(objective));
      expect(nearness(numbers(result, 'density'), hosts)).toBeLessThan(NEAR);
      expect(result.provenance.representation).toMatch(representation[name]);
    });
  });

  test('waves written into the macro formula are followed as well as those in micro', async () => {
    const objective = { macro: 'x^2 / 2 - 1e-4 * cos(1e4 * x)', micro: '' };
    const hosts = hostsOf(objective, (x) => x + Math.sin(x * 1e4));
    const density = numbers(await engine.run(request(objective)), 'density');
    expect(nearness(density, hosts)).toBeLessThan(NEAR);
  });

  // Var = eta sigma^2 / (k (2 - eta k)) of the linear stochastic map: exact as eta^2 >> epsilon.
  test('quasi-periodic orbits have the variance of the stochastic map', async () => {
    const result = await engine.run(request({ micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)' }));
    const variance = binnedVariance(numbers(result, 'density'), [-1, 1]) - (2 / 64) ** 2 / 12;
    // orbits as independent units: Var of a variance of 4096 orbits x some 50 independent visits
    const stderr = 0.0526316 * Math.sqrt(2 / (4096 * 50));
    expect(Math.abs(variance - 0.0526316)).toBeLessThan(4 * stderr + 2e-3 * 0.0526316);
  });

  test('eta, epsilon, parameters and starts on an axis equal runs at each of their values', async () => {
    const objective = { micro: '-a * cos(b * x)', parameters: { a: 0.9, b: 2 } };
    const at = (values: { eta?: number; epsilon?: number; a?: number; b?: number; x?: number }) =>
      request(
        {
          ...objective,
          epsilon: values.epsilon ?? 1e-2,
          parameters: { a: values.a ?? 0.9, b: values.b ?? 2 },
        },
        {
          optimizer: { eta: values.eta ?? 0.01 },
          ensemble: { orbits: 70, initial: { x: values.x ?? { grid: [-0.1, 0.1] } } },
          steps: { skip: 0, keep: 5 },
        },
      );
    for (const [parameter, key] of [
      ['eta', 'eta'],
      ['epsilon', 'epsilon'],
      ['parameters.a', 'a'],
      ['parameters.b', 'b'],
      ['initial.x', 'x'],
    ] as const) {
      const axis = { parameter, from: 0.01, to: 0.03, count: 2, scale: 'linear' } as const;
      const base = JSON.parse(JSON.stringify(at({})));
      if (key === 'eta') delete base.optimizer.eta;
      if (key === 'epsilon') delete base.objective.epsilon;
      if (key === 'x') delete base.ensemble.initial.x;
      const swept = numbers(await engine.run(parseSpec({ ...base, axes: [axis] })), 'density');
      for (const [column, value] of [0.015, 0.025].entries()) {
        const single = await engine.run(at({ [key]: value }));
        // grid starts do not depend on the column, noise does: in 5 chaotic steps it
        // grows from 2^-24 to less than a hundredth of a bin, so few orbits cross an edge by it
        const row = swept.slice(64 * column, 64 * (column + 1));
        const moved = totalVariation(row, numbers(single, 'density'));
        expect(moved, `${parameter} = ${value}`).toBeLessThan(0.01);
      }
    }
  });

  test('waves of several variables kick them together', async () => {
    // The forces -sin(x - y) - sin(x + 2y) and sin(x - y) - 2 sin(x + 2y), of two independent phases, have
    // the variances 1 and 5/2 and the covariance 1/2: in x + y 9/2. Law as above, with k = 1.
    const spec = parseSpec({
      etascope: 1,
      objective: {
        variables: ['x', 'y'],
        macro: '(x^2 + y^2) / 2',
        micro: 'cos(x - y) + cos(x + 2y)',
        epsilon: 1e-5,
      },
      optimizer: { eta: 0.1 },
      ensemble: { orbits: 2048, initial: { x: { uniform: [-0.5, 0.5] }, y: { normal: [0, 0.3] } } },
      steps: { skip: 150, keep: 500 },
      measures: ['x', 'y', 'x + y'].map((of, at) => ({ measure: 'moments', name: `m${at}`, of })),
    });
    const result = await engine.run(spec);
    for (const [at, noise] of [1, 2.5, 4.5].entries()) {
      const [value = Number.NaN] = numbers(result, `m${at}_variance`);
      const [error = Number.NaN] = numbers(result, `m${at}_variance_stderr`);
      const exact = (0.1 * noise) / 1.9;
      expect(error).toBeLessThan(1e-2 * exact);
      expect(Math.abs(value - exact)).toBeLessThan(4 * error);
    }
  });

  test('coupled variables share their waves', async () => {
    // f0 = (x^2 + y^2)/2 with micro cos(x - y): along s = (x + y)/sqrt2 there is no micro-structure, so s
    // contracts to 0, while the difference d = x - y follows d' = (1 - eta) d + 2 eta sin(d / epsilon).
    const spec = parseSpec({
      etascope: 1,
      objective: {
        variables: ['x', 'y'],
        macro: '(x^2 + y^2) / 2',
        micro: 'cos(x - y)',
        epsilon: 1e-4,
      },
      optimizer: { eta: 0.1 },
      ensemble: { orbits: 4096, initial: { x: { uniform: [-0.5, 0.5] }, y: 0.25 } },
      steps: { skip: 300, keep: 500 },
      measures: [
        { measure: 'density', name: 'sum', of: 'x + y', range: [-1e-4, 1e-4], bins: 3 },
        { measure: 'density', name: 'difference', of: 'x - y', range: [-1.5, 1.5], bins: 64 },
      ],
    });
    const result = await engine.run(spec);
    expect(numbers(result, 'sum')).toEqual([0, 4096 * 500, 0]);
    const hosts = hostsOf({ micro: '' }, (d) => d - 2 * Math.sin(d / 1e-4), {
      measures: [{ measure: 'density', of: 'x', range: [-1.5, 1.5], bins: 64 }],
      steps: { skip: 300, keep: 500 },
    });
    expect(nearness(numbers(result, 'difference'), hosts)).toBeLessThan(NEAR);
  });
});
