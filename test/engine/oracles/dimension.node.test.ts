import { describe, expect, test } from 'vitest';
import { isSoftware } from '../../../src/engine/webgpu/device.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testedEngines } from '../../support/engines.ts';
import { mean } from '../../support/groups.ts';
import { numbers } from '../../support/result-numbers.ts';

const engines = await testedEngines();

// Orbits of many variables. A software GPU takes half a minute to compile a kernel of 64 of them: it shows many by
// their last states, for which one kernel is enough, and 32 and 64 only where ETASCOPE_ALL=1 asks for all.
const isAll = process.env.ETASCOPE_ALL === '1';
const sizes = {
  cpu: {
    orbits: 512,
    keep: 1000,
    apart: [1, 2, 8, 32, 64],
    chains: [2, 8, 64, 100],
    kept: [8, 32, 64],
  },
  webgpu: {
    orbits: 256,
    keep: 500,
    apart: [1, 2],
    chains: [8],
    kept: isAll ? [8, 32, 64] : [8],
  },
};

const ETA = 0.1;
const EPSILON = 1e-5;
/** Of each coordinate; from 0.5 to 2, whatever their number. */
const curvature = (at: number, dimension: number) => 0.5 + 1.5 * (at / Math.max(1, dimension - 1));
/** Of x <- (1 - eta k) x + eta sin U: Kong and Tao 2020. */
const varianceOf = (k: number) => ETA / (2 * k * (2 - ETA * k));

const names = (dimension: number) => Array.from({ length: dimension }, (_, at) => `x${at}`);
const sum = (terms: readonly string[]) => terms.join(' + ');

function objectiveOf(variables: readonly string[], macro: string): object {
  const micro = variables.map((x) => `-cos(${x})`).join(' ');
  return { variables, macro, micro, epsilon: EPSILON };
}

const separable = (dimension: number): object => {
  const variables = names(dimension);
  const wells = variables.map((x, at) => `${curvature(at, dimension).toFixed(6)} ${x}^2 / 2`);
  return objectiveOf(variables, sum(wells));
};

/** Unit wells, and springs of 1/2 between neighbours. */
const chain = (dimension: number): object => {
  const variables = names(dimension);
  const springs = variables.slice(1).map((x, at) => `(${x} - x${at})^2 / 4`);
  return objectiveOf(variables, sum([...variables.map((x) => `${x}^2 / 2`), ...springs]));
};

/** The modes of the chain are cosines; a variance is that of the modes, by their share in a coordinate. */
const chainVariance = (at: number, dimension: number) =>
  names(dimension).reduce((all, _, mode) => {
    const angle = (Math.PI * mode) / dimension;
    const share = ((mode === 0 ? 1 : 2) / dimension) * Math.cos(angle * (at + 0.5)) ** 2;
    return all + share * varianceOf(1 + 1 - Math.cos(angle));
  }, 0);

const startedIn = (dimension: number, deviation: (at: number) => number) =>
  Object.fromEntries(names(dimension).map((x, at) => [x, { normal: [0, deviation(at)] }]));

describe.each(engines)('orbits of many variables on $name', ({ name, engine }) => {
  const { orbits, keep, apart, chains, kept } = sizes[name];

  const expectVariances = async (
    objective: object,
    dimension: number,
    exact: (at: number) => number,
    skip: number,
  ) => {
    const looked = [...new Set([0, dimension >> 1, dimension - 1])];
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective,
        optimizer: { eta: ETA },
        ensemble: { orbits, initial: startedIn(dimension, (at) => Math.sqrt(exact(at))), seed: 4 },
        steps: { skip, keep },
        measures: looked.map((at) => ({ measure: 'moments', name: `of${at}`, of: `x${at}` })),
      }),
    );
    for (const at of looked) {
      const [variance = Number.NaN] = numbers(result, `of${at}_variance`);
      const [error = Number.NaN] = numbers(result, `of${at}_variance_stderr`);
      // The slowest coordinate forgets in 20 steps: as many points are worth one.
      expect(error / exact(at)).toBeLessThan(1.6 * Math.sqrt((2 * 20) / (orbits * keep)));
      expect(Math.abs(variance - exact(at))).toBeLessThan(4 * error);
    }
  };

  // Started with the variances they keep, they need no transient, and the GPU no kernel for one.
  test.each(apart)('%i independent ones have their variances', async (dimension) => {
    const exact = (at: number) => varianceOf(curvature(at, dimension));
    await expectVariances(separable(dimension), dimension, exact, 0);
  });

  test.each(chains)('a chain of %i has its variances', async (dimension) => {
    const exact = (at: number) => chainVariance(at, dimension);
    await expectVariances(chain(dimension), dimension, exact, 100);
  });

  // After 60 steps the start counts for less than 1 part in 400 of the variance.
  test.each(kept)('each of %i independent ones keeps its variance', async (dimension) => {
    const exact = names(dimension).map((_, at) => varianceOf(curvature(at, dimension)));
    const many = 4096;
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: separable(dimension),
        optimizer: { eta: ETA },
        ensemble: {
          orbits: many,
          initial: startedIn(dimension, (at) => Math.sqrt(exact[at] ?? Number.NaN)),
          seed: 5,
        },
        steps: { skip: 0, keep: 60 },
        measures: [{ measure: 'final' }],
      }),
    );
    const last = numbers(result, 'final');
    expect(last.length).toBe(many * dimension);
    for (const [at, variance] of exact.entries()) {
      const squares = Array.from({ length: many }, (_, i) => (last[i * dimension + at] ?? 0) ** 2);
      // Of independent orbits, with tails no wider than of a normal law.
      const error = Math.sqrt(2 / many);
      expect(Math.abs(mean(squares) / variance - 1)).toBeLessThan(4 * error);
    }
  });

  test('eight have a density and an exponent', async () => {
    const k = curvature(7, 8);
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: separable(8),
        optimizer: { eta: ETA },
        ensemble: {
          orbits,
          initial: startedIn(8, (at) => Math.sqrt(varianceOf(curvature(at, 8)))),
          seed: 6,
        },
        steps: { skip: 0, keep },
        measures: [
          { measure: 'density', of: 'x7', range: [-0.6, 0.6], bins: 400 },
          { measure: 'lyapunov' },
        ],
      }),
    );
    const counts = numbers(result, 'density');
    const visits = counts.reduce((all, count) => all + count, 0);
    expect(visits).toBe(orbits * keep);
    const spread = counts.reduce((all, count, bin) => {
      const x = -0.6 + (bin + 0.5) * (1.2 / 400);
      return all + (count / visits) * x * x;
    }, 0);
    const independent = (orbits * keep * ETA * k) / 2;
    expect(Math.abs(spread / varianceOf(k) - 1)).toBeLessThan(4 * Math.sqrt(2 / independent));
    // The tangent vector begins along x0, and stays there, as nothing is coupled.
    const [exponent = Number.NaN] = numbers(result, 'lyapunov');
    const [error = Number.NaN] = numbers(result, 'lyapunov_stderr');
    expect(Math.abs(exponent - Math.log(ETA / (2 * EPSILON)))).toBeLessThan(4 * error);
  });
});

describe('256 variables, the most there can be,', async () => {
  const adapter = await navigator.gpu.requestAdapter();
  const engineOf = (wanted: string) => engines.find(({ name }) => name === wanted)?.engine;
  const variables = names(256);
  const spec = parseSpec({
    etascope: 1,
    objective: objectiveOf(variables, variables.map((x) => `${x}^2`).join('+')),
    optimizer: { eta: ETA },
    ensemble: { orbits: 16, initial: startedIn(256, () => 0.1), seed: 7 },
    steps: { skip: 0, keep: 64 },
    measures: [{ measure: 'final' }],
  });

  test('move on the processor', async () => {
    const result = await engineOf('cpu')?.run(spec);
    const squares = result ? numbers(result, 'final').map((x) => x * x) : [];
    const error = Math.sqrt(2 / (16 * 256)); // all alike, with a curvature of 2
    expect(Math.abs(mean(squares) / varianceOf(2) - 1)).toBeLessThan(4 * error);
  });

  test.runIf(adapter && isSoftware(adapter.info))('are refused by a software GPU', async () => {
    await expect(engineOf('webgpu')?.run(spec)).rejects.toMatchObject({
      name: 'RequestError',
      code: 'limit',
      where: 'objective.variables',
    });
  });
});
