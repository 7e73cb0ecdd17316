import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { columnsOf, expectMean, GROUPS, groups } from '../../support/groups.ts';
import { numbers, total } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(engine.dispose);

// What f = f0 + A eps g(x / eps) does at K = A eta / eps >> 1: Kong and Tao, "Stochasticity of deterministic
// gradient descent: large learning rate for multiscale objective function", NeurIPS 2020. As eps -> 0 it
// is the linear stochastic map, whose moments are exact; the times to leave a well were computed for it.

/** Central moments of a histogram over [lo, hi), of orders 2 and 4, less what its bins add (Sheppard). */
function moments(counts: readonly number[], [lo, hi]: readonly [number, number]) {
  const width = (hi - lo) / counts.length;
  const at = (bin: number) => lo + (bin + 0.5) * width;
  const all = total(counts);
  const average = counts.reduce((sum, n, bin) => sum + n * at(bin), 0) / all;
  const central = (order: number) =>
    counts.reduce((sum, n, bin) => sum + n * (at(bin) - average) ** order, 0) / all;
  const second = central(2) - width ** 2 / 12;
  const fourth = central(4) - (second * width ** 2) / 2 - width ** 4 / 80;
  return { variance: second, kurtosis: fourth / second ** 2 - 3 };
}

describe('global chaos has the moments of the stochastic map', () => {
  const bins = 4096;
  const densities = async (
    objective: object,
    eta: number,
    measures: readonly { readonly of: string; readonly range: readonly [number, number] }[],
    more: object = {},
  ) => {
    const spec = parseSpec({
      etascope: 1,
      objective: { parameters: { group: 0 }, ...objective },
      optimizer: { eta },
      axes: groups,
      ensemble: { orbits: 512, initial: { x: { normal: [0, 0.2] } }, seed: 1 },
      steps: { skip: 200, keep: 8000 },
      measures: measures.map(({ of, range }, index) => ({
        measure: 'density',
        name: `of${index}`,
        of,
        range,
        bins,
      })),
      precision: 'float64',
      ...more,
    });
    const result = await engine.run(spec);
    return measures.map(({ range }, index) => {
      expect(total(numbers(result, `of${index}_outside`))).toBe(0);
      return columnsOf(numbers(result, `of${index}`), GROUPS).map((counts) =>
        moments(counts, range),
      );
    });
  };

  // f0 = k x^2 / 2: Var = eta A^2 / 2 / (k (2 - eta k)), kurtosis -3/2 (1 - a^2) / (1 + a^2), a = 1 - eta k.
  test.each([
    { eta: 0.1, variance: 0.02631578947368421, kurtosis: -0.15745856353591 },
    { eta: 0.2, variance: 0.05555555555555556, kurtosis: -0.3292682926829268 },
  ])('quadratic, eta = $eta', async ({ eta, variance, kurtosis }) => {
    const [found = []] = await densities(
      { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-5 },
      eta,
      [{ of: 'x', range: [-1, 1] }],
    );
    expectMean(
      found.map((each) => each.variance),
      variance,
      1e-3,
    );
    expectMean(
      found.map((each) => each.kurtosis),
      kurtosis,
      1e-2,
    );
  });

  test('two incommensurate waves, eta = 0.1', async () => {
    const [found = []] = await densities(
      { macro: 'x^2 / 2', micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)', epsilon: 1e-4 },
      0.1,
      [{ of: 'x', range: [-2, 2] }],
    );
    expectMean(
      found.map((each) => each.variance),
      0.0526316,
      1e-3,
    );
  });

  // Matyas: eigenvalues 0.04 along x = y, and 1 across it.
  test('the modes of the Matyas function, eta = 0.5', async () => {
    const [slow = [], fast = []] = await densities(
      {
        variables: ['x', 'y'],
        macro: '0.26 (x^2 + y^2) - 0.48 x * y',
        micro: '-cos(x) - cos(y)',
        epsilon: 1e-5,
      },
      0.5,
      [
        { of: '(x + y) / sqrt(2)', range: [-24, 24] },
        { of: '(x - y) / sqrt(2)', range: [-2, 2] },
      ],
      {
        ensemble: {
          orbits: 512,
          initial: { x: { normal: [0, 1.3] }, y: { normal: [0, 1.3] } },
        },
        steps: { skip: 1000, keep: 8000 },
      },
    );
    expectMean(
      slow.map((each) => each.variance),
      3.156566,
      5e-3,
    );
    expectMean(
      fast.map((each) => each.variance),
      0.1666667,
      1e-3,
    );
  });
});

// Mean steps from -1 in x^4/4 - x^2/2 - eps cos(x / eps), computed for the stochastic map of eps -> 0.
// An orbit ends where |y| passes the radius 2: with y = x + 2 that is at the saddle x = 0, with y = x + 1
// in the other well. So what an orbit was observed for is the time it took, less the last step.
describe.each([
  { to: 'the saddle', shift: 2, times: { 0.5: 29.7073, 0.3: 353.465, 0.2: 3533.59 } },
  { to: 'the other well', shift: 1, times: { 0.5: 54.2106, 0.3: 578.41, 0.2: 5804.4 } },
])('from one well to $to', ({ shift, times }) => {
  test.each(Object.entries(times))('at eta = %s takes %d steps', async (eta, time) => {
    const orbits = 1024;
    const keep = Math.ceil(60 * time);
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: {
          variables: ['y'],
          macro: `(y - ${shift})^4 / 4 - (y - ${shift})^2 / 2`,
          micro: '-cos(y)',
          epsilon: 1e-6,
          parameters: { group: 0 },
        },
        optimizer: { eta: Number(eta) },
        axes: groups,
        ensemble: { orbits, initial: { y: { normal: [shift - 1, 1e-3] } } },
        steps: { skip: 0, keep },
        measures: [{ measure: 'density', of: 'y', range: [-2, 2], bins: 1 }],
        precision: 'float64',
        stop: { radius: 2 },
      }),
    );
    expect(numbers(result, 'diverged')).toEqual(Array(GROUPS).fill(orbits)); // all arrive
    const times = numbers(result, 'density_lost').map((lost) => keep - lost / orbits + 1);
    expectMean(times, time, 1.2e-2);
  });
});
