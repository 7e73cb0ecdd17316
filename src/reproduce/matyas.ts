import { massesOf } from '../analysis/distance.ts';
import { gibbsLaw, gibbsTemperature } from '../analysis/gibbs.ts';
import { linearMarginal } from '../analysis/linear-marginal.ts';
import { sineNoise } from '../analysis/noise.ts';
import type { Result } from '../engine/result.ts';
import type { Panel } from '../figure/figure.ts';
import type { SpecInput } from '../spec/schema.ts';
import type { Check } from './check.ts';
import { groupedLaw, groupedNumber, groupsOf, lawCheck, numberCheck } from './grouped-law.ts';
import { lawPanel } from './law-panel.ts';
import { normalLaw } from './normal-law.ts';
import { type PlaneGrid, planeDensity, planeValues } from './plane-density.ts';
import type { Reproduction } from './reproduction.ts';
import { numbersOf } from './result-columns.ts';
import { presetSpec, smallSpec } from './small-spec.ts';
import { valueImage } from './value-image.ts';

const [ETA, EPSILON] = [0.5, 1e-5];
const macro = '0.26 * (x^2 + y^2) - 0.48 * x * y';
/** Second derivatives of the macro part: 0.04 along x = y and 1 across it. */
const hessian = [0.52, -0.48, -0.48, 0.52];
const half = Math.SQRT1_2;
const modes = [
  {
    name: 'along',
    of: '(x + y) / sqrt(2)',
    weights: [half, half],
    curvature: 0.04,
    variance: 3.156566,
    reach: 6,
  },
  {
    name: 'across',
    of: '(x - y) / sqrt(2)',
    weights: [half, -half],
    curvature: 1,
    variance: 0.1666667,
    reach: 1.6,
  },
] as const;

/** Cells of the pictures of the plane. */
const grid: PlaneGrid = { cells: 150, range: [-4.5, 4.5] };
const size = { width: 400, height: 400 };

/** Global chaos in two dimensions. */
export const matyas: Reproduction = {
  name: 'matyas',
  title: 'The Matyas function',
  about:
    'Half a million orbits of gradient descent on 0.26(x² + y²) − 0.48xy − ε cos(x/ε) − ε cos(y/ε) fill the valley ' +
    'of the macro-scale nearly as the Gibbs law says. Along the valley (curvature 0.04) the Gibbs law is exact to 1 %; ' +
    'across it (curvature 1) η is large, and only the exact law of the stochastic map is right.',
  source:
    'After L. Kong, M. Tao, Stochasticity of Deterministic Gradient Descent: Large Learning Rate for ' +
    'Multiscale Objective Function, NeurIPS 2020, arXiv 2002.06189',
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => {
    const { spec } = presetSpec('matyas');
    const isFull = effort === 'full';
    const modeRun: SpecInput = {
      ...spec,
      title: 'The modes of the Matyas function',
      objective: { ...spec.objective, parameters: { group: 0 } },
      axes: [{ parameter: 'parameters.group', from: 0, to: 1, count: 16 }],
      ensemble: { ...spec.ensemble, orbits: isFull ? 256 : 64 },
      steps: { skip: 600, keep: isFull ? 20_000 : 2000 },
      measures: [
        ...modes.flatMap(({ name, of, reach }): SpecInput['measures'] => [
          { measure: 'moments', name: `${name}_moments`, of },
          { measure: 'density', name, of, range: [-reach, reach], bins: 120 },
        ]),
        { measure: 'lyapunov', exponents: 2 },
      ],
    };
    return { matyas: isFull ? spec : smallSpec(spec, { orbits: 20_000 }), modes: modeRun };
  },
  report: ({ matyas: result, modes: run }) => {
    if (!result || !run) throw new TypeError('results of all runs are needed');
    const gibbs = gibbsLaw(
      { variables: ['x', 'y'], macro, parameters: {} },
      gibbsTemperature(ETA, 0.5),
      [
        [-16, 16],
        [-16, 16],
      ],
    );
    const studies = modes.map((mode) => study(run, mode));
    const visited = planeDensity(numbersOf(result, 'final'), grid);
    const expected = planeValues(gibbs.density, grid);
    return {
      figure: {
        title: 'Gradient descent on the Matyas function, η = 0.5, ε = 10⁻⁵',
        columns: 2,
        panels: [
          plane('Last places of the orbits', visited, expected),
          plane('Gibbs law', expected, expected),
          ...studies.map(({ panel }) => panel),
        ],
      },
      checks: [
        ...studies.flatMap(({ checks }) => checks),
        ...exponentChecks(run),
        ...lastChecks(numbersOf(result, 'final')),
      ],
    };
  },
};

function study(run: Result, { name, weights, curvature, variance }: (typeof modes)[number]) {
  const groups = groupsOf(run, 0);
  const found = groupedLaw(groups, name);
  const exact = linearMarginal(
    { hessian, eta: ETA, noises: [sineNoise(1), sineNoise(1)] },
    weights,
  );
  const limit = normalLaw(gibbsTemperature(ETA, 0.5) / curvature);
  const checks: readonly Check[] = [
    numberCheck(
      { what: `variance ${name} the valley`, expected: variance, source: 'ησ²/(k(2 − ηk))' },
      groupedNumber(groups, `${name}_moments_variance`),
    ),
    lawCheck(
      {
        what: `total variation to the exact law ${name} the valley`,
        source: 'exact law of the linear stochastic map in two dimensions',
      },
      found,
      massesOf(exact.distribution, found.edges),
    ),
  ];
  const sign = name === 'along' ? '+' : '−';
  const panel = lawPanel(
    {
      title: `${name === 'along' ? 'Along' : 'Across'} the valley`,
      x: `(x ${sign} y)/√2`,
      data: 'visited',
      width: 400,
      height: 260,
    },
    found,
    [
      { density: exact.density, label: 'exact law', colour: 'theory' },
      { density: limit.density, label: 'Gibbs law', colour: 1, dash: true },
    ],
  );
  return { panel, checks };
}

/** Their sum is that of the mean logarithms of two curvatures, whatever the directions do. */
function exponentChecks(run: Result): readonly Check[] {
  const { value, error } = groupedSum(run);
  return [
    numberCheck(
      {
        what: 'sum of both Lyapunov exponents',
        expected: 2 * Math.log(ETA / EPSILON / 2),
        source: '2 ln(K/2), K = η/ε',
      },
      { value, error },
      { size: 4e-3, why: 'what is left of ε at η² ≥ 100 ε, 0.002 each' },
    ),
  ];
}

/** Sum of the exponents of every group; their scatter is the error. */
function groupedSum(run: Result): { readonly value: number; readonly error: number } {
  const pairs = numbersOf(run, 'lyapunov');
  const sums = Array.from(
    { length: pairs.length / 2 },
    (_, group) => (pairs[2 * group] ?? 0) + (pairs[2 * group + 1] ?? 0),
  );
  const value = sums.reduce((total, sum) => total + sum, 0) / sums.length;
  const squares = sums.reduce((total, sum) => total + (sum - value) ** 2, 0);
  return { value, error: Math.sqrt(squares / sums.length / (sums.length - 1)) };
}

/** Variances of the last places, whose orbits are independent. */
function lastChecks(points: Float64Array): readonly Check[] {
  const count = points.length / 2;
  return modes.map(({ name, weights: [a, b], variance }) => {
    let [second, fourth] = [0, 0];
    for (let at = 0; at < points.length; at += 2) {
      const square = (a * (points[at] ?? 0) + b * (points[at + 1] ?? 0)) ** 2;
      second += square / count;
      fourth += square ** 2 / count;
    }
    return numberCheck(
      {
        what: `variance of the last places ${name} the valley`,
        expected: variance,
        source: 'ησ²/(k(2 − ηk))',
      },
      { value: second, error: Math.sqrt((fourth - second ** 2) / count) },
    );
  });
}

/** A density in colour with the level lines of another one. */
function plane(title: string, density: Float64Array, lines: Float64Array): Panel {
  const highest = Math.max(...lines);
  const [x, y] = [grid.range, grid.range];
  return {
    title,
    x: { label: 'x', domain: x },
    y: { label: 'y', domain: y },
    marks: [
      valueImage({
        columns: grid.cells,
        rows: grid.cells,
        values: density,
        x,
        y,
        label: 'probability density',
        domain: [0, highest],
        scale: 'linear',
        map: 'viridis',
      }),
      {
        mark: 'contour',
        columns: grid.cells,
        rows: grid.cells,
        values: lines,
        x,
        y,
        levels: [0.05, 0.3, 0.7].map((share) => share * highest),
        label: 'Gibbs law',
        colour: 'theory',
      },
    ],
    ...size,
  };
}
