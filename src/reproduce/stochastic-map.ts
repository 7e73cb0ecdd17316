import { massesOf } from '../analysis/distance.ts';
import { linearLaw } from '../analysis/linear-law.ts';
import { sineNoise } from '../analysis/noise.ts';
import type { Mark, Panel } from '../figure/figure.ts';
import type { Check } from './check.ts';
import { densityOf, type Estimate, floorScatter, lawCheck, numberCheck } from './grouped-law.ts';
import { groupedSpec } from './grouped-spec.ts';
import { lawPanel } from './law-panel.ts';
import { type MapPair, mapPairs } from './map-pairs.ts';
import type { Reproduction } from './reproduction.ts';
import { columnAt } from './result-columns.ts';
import { presetSpec } from './small-spec.ts';

const ETA = 0.1;
const size = { width: 440, height: 300 };

/** What gradient descent has at an epsilon, and how far that may be wrong; the variance over the exact one. */
const known = [
  { epsilon: 1e-4, variance: { value: 0.9995, error: 4 * 5e-4 } },
  { epsilon: 1e-3, variance: { value: 1.0063, error: 4 * 4e-4 } },
  {
    epsilon: 1e-2,
    variance: { value: 0.692, error: 3e-3 },
    kurtosis: { value: 2.03, error: 0.015 },
  },
];
const hand = 'float64 orbits, written out by hand';

/** Gradient descent beside the map with fresh phases that it nears. */
export const stochasticMap: Reproduction = {
  name: 'stochastic-map',
  title: 'Gradient descent against the stochastic map',
  about:
    'The same step on x²/2 at η = 0.1, once with the phase x/ε that the place has and once with a fresh random ' +
    'one. As long as η² ≫ ε their laws cannot be told apart; at ε = η² gradient descent is drawn to the ' +
    'middle, and the stochastic map, which knows nothing of ε, is not.',
  source:
    'After L. Kong, M. Tao, Stochasticity of Deterministic Gradient Descent: Large Learning Rate for ' +
    'Multiscale Objective Function, NeurIPS 2020, arXiv 2002.06189',
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => {
    const { spec } = presetSpec('stochastic-map');
    const { epsilon: _, ...objective } = spec.objective;
    // Centres 10^-5, 10^-4.5, ..., 10^-1.5.
    const axis = {
      parameter: 'epsilon',
      from: 10 ** -5.25,
      to: 10 ** -1.25,
      count: 8,
      scale: 'log',
    } as const;
    const size = effort === 'full' ? { orbits: 128, keep: 20_000 } : { orbits: 32, keep: 4000 };
    const map = groupedSpec({ ...spec, objective }, { axis, eta: ETA, bins: [120], ...size });
    const ensemble = { ...map.ensemble, seed: (map.ensemble?.seed ?? 1) + 1000 };
    return { 'stochastic-map': map, gd: { ...map, optimizer: { eta: ETA }, ensemble } };
  },
  report: ({ 'stochastic-map': map, gd }) => {
    if (!map || !gd) throw new TypeError('results of all runs are needed');
    const pairs = mapPairs(gd, map);
    const at = (epsilon: number) => {
      const pair =
        pairs[
          columnAt(
            pairs.map((each) => each.epsilon),
            epsilon,
          )
        ];
      if (!pair) throw new TypeError(`no column at ${epsilon}`);
      return pair;
    };
    return {
      figure: {
        title: 'Gradient descent and the stochastic map on x²/2 − ε cos(x/ε), η = 0.1',
        columns: 2,
        panels: [...known.map(({ epsilon }) => sideBySide(at(epsilon))), distancePanel(pairs)],
      },
      checks: [
        ...mapChecks(at(1e-5)),
        ...pairs.filter(({ epsilon }) => epsilon < 1.1e-4).map(agreement),
        ...known.flatMap((row) => descentChecks(at(row.epsilon), row)),
        difference(at(1e-2)),
      ],
    };
  },
};

const exact = () => linearLaw({ curvature: 1, eta: ETA, noise: sineNoise(1) });

function mapChecks({ map: { law, variance, kurtosis } }: MapPair): readonly Check[] {
  const { distribution, ...moments } = exact();
  const source = 'exact law of the linear stochastic map';
  return [
    numberCheck(
      { what: 'variance of the stochastic map', expected: moments.variance, source },
      variance,
    ),
    numberCheck(
      { what: 'excess kurtosis of the stochastic map', expected: moments.kurtosis, source },
      kurtosis,
    ),
    lawCheck(
      { what: 'total variation of the stochastic map to its exact law', source },
      law,
      massesOf(distribution, law.edges),
    ),
  ];
}

function agreement({ epsilon, apart, floor, descent, map }: MapPair): Check {
  return {
    what: `total variation of gradient descent to the stochastic map at ε = ${round(epsilon)}`,
    measured: apart,
    expected: floor,
    tolerance: 6 * floorScatter(descent.law, map.law.pooled) * floor,
    why: '6 standard deviations, from those of the groups: such distances are skewed, and these known to a fifth',
    source: 'they agree where η² ≥ 100 ε',
  };
}

/** Far above what two samples of one law would be apart. */
function difference({ apart, floor }: MapPair): Check {
  return {
    what: 'total variation of gradient descent to the stochastic map at ε = 0.01',
    measured: apart,
    expected: 0.227,
    tolerance: 2 * floor + 1e-3,
    why: 'twice the floor, and the error of the number expected',
    source: hand,
  };
}

function descentChecks(
  { epsilon, descent }: MapPair,
  expected: { readonly variance: Estimate; readonly kurtosis?: Estimate },
): readonly Check[] {
  const { variance } = exact();
  const why = 'the error of the number expected';
  const check = (what: string, found: Estimate, { value, error }: Estimate) =>
    numberCheck(
      {
        what: `${what} of gradient descent at ε = ${round(epsilon)}`,
        expected: value,
        source: hand,
      },
      found,
      { size: error, why },
    );
  const share = {
    value: descent.variance.value / variance,
    error: descent.variance.error / variance,
  };
  return [
    check('variance over that of the stochastic map', share, expected.variance),
    ...(expected.kurtosis ? [check('excess kurtosis', descent.kurtosis, expected.kurtosis)] : []),
  ];
}

function sideBySide({ epsilon, descent, map }: MapPair): Panel {
  const { edges } = map.law;
  const centres = Array.from(edges.subarray(1), (edge, bin) => (edge + (edges[bin] ?? 0)) / 2);
  const panel = lawPanel(
    { title: `ε = ${round(epsilon)}`, x: 'position x', data: 'gradient descent', ...size },
    descent.law,
    [{ density: exact().density, label: 'exact law of the map', colour: 'theory' }],
  );
  const visited: Mark = {
    mark: 'points',
    x: centres,
    y: densityOf(map.law),
    label: 'stochastic map',
    colour: 1,
    size: 3,
  };
  return { ...panel, marks: [...panel.marks, visited] };
}

function distancePanel(pairs: readonly MapPair[]): Panel {
  const x = pairs.map(({ epsilon }) => epsilon);
  return {
    title: 'Their distance',
    x: { label: 'scale ε', scale: 'log' },
    y: { label: 'total variation', scale: 'log', domain: [3e-4, 1] },
    marks: [
      {
        mark: 'points',
        x,
        y: pairs.map(({ apart }) => apart),
        label: 'gradient descent to stochastic map',
        colour: 'data',
      },
      {
        mark: 'curve',
        x,
        y: pairs.map(({ floor }) => floor),
        label: 'two samples of one law',
        colour: 'quiet',
      },
      { mark: 'rule', axis: 'x', at: ETA ** 2, label: 'ε = η²' },
      { mark: 'rule', axis: 'x', at: ETA ** 2 / 100, label: 'ε = η²/100' },
    ],
    ...size,
  };
}

const round = (epsilon: number) => Number(epsilon.toPrecision(3));
