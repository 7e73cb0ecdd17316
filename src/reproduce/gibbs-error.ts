import type { Check } from './check.ts';
import { distanceCollapse, distanceMap, gibbsDistances, spreadPanel } from './distance-panels.ts';
import { numberCheck } from './grouped-law.ts';
import { type LawDistance, type LawDistances, lawDistances } from './law-distances.ts';
import type { Reproduction } from './reproduction.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

/** Words of the runs; they differ in their seeds. */
const words = ['gibbs-error', 'second', 'third', 'fourth'] as const;

/** Variances of float64 orbits over the exact one, and how far they may be wrong. */
const anchors = [
  { eta: 0.02, epsilon: 1e-3, ratio: 1.785, error: 5e-4 },
  { eta: 0.1, epsilon: 1e-2, ratio: 0.692, error: 3e-3 },
  { eta: 0.1, epsilon: 1e-3, ratio: 1.0063, error: 4 * 4e-4 },
  { eta: 0.1, epsilon: 1e-4, ratio: 0.9995, error: 4 * 5e-4 },
];
const source = 'float64 orbits, written out by hand';

/** Where the law of gradient descent is that of theory, and where it is not. */
export const gibbsError: Reproduction = {
  name: 'gibbs-error',
  title: 'Where the theory of the law holds, and where it breaks',
  about:
    'Distance of the law that gradient descent samples on x²/2 − ε cos(x/ε) to the exact law of the ' +
    'stochastic map and to the Gibbs law, over η and ε. What counts is η²/ε: from 100 on nothing but the ' +
    'noise of the sample is left to the exact law, and the O(η) of theory to the Gibbs law; below, neither ' +
    'holds, even where η is well above ε.',
  source:
    'After L. Kong, M. Tao, Stochasticity of Deterministic Gradient Descent: Large Learning Rate for ' +
    'Multiscale Objective Function, NeurIPS 2020, arXiv 2002.06189; the map is of this project',
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => {
    const { spec } = presetSpec('gibbs-error');
    const sized = effort === 'full' ? spec : smallSpec(spec, { orbits: 32, skip: 500, keep: 1000 });
    return Object.fromEntries(
      words.map((word, at) => {
        const ensemble = { ...sized.ensemble, seed: (sized.ensemble?.seed ?? 1) + 1000 * at };
        return [word, { ...sized, ensemble }];
      }),
    );
  },
  report: (results) => {
    const runs = words.flatMap((word) => results[word] ?? []);
    const [first] = runs;
    if (!first || runs.length < words.length) throw new TypeError('results of all runs are needed');
    const found = lawDistances(first, runs);
    return {
      figure: {
        title: 'Law of gradient descent on x²/2 − ε cos(x/ε): its distance to theory',
        columns: 2,
        panels: [
          distanceMap(found, first.spec.axes),
          distanceCollapse(found),
          gibbsDistances(found, [1e-5, 1e-4, 1e-3, 1e-2]),
          spreadPanel(found, anchors),
        ],
      },
      checks: checksOf(found),
      notes: [
        'Where η² < ε orbits forget their start slowly: what they visited is no stationary law yet.',
      ],
    };
  },
};

function checksOf({ cells, at }: LawDistances): readonly Check[] {
  const beyond = cells.filter(({ ratio }) => ratio >= 100);
  const sum = (of: (cell: LawDistance) => number) =>
    beyond.reduce((total, cell) => total + of(cell), 0);
  return [
    ...anchors.map(({ eta, epsilon, ratio, error }) =>
      numberCheck(
        {
          what: `variance over the exact one at η = ${eta}, ε = ${epsilon}`,
          expected: ratio,
          source,
        },
        at(eta, epsilon).spread,
        { size: error, why: 'the error of the number expected' },
      ),
    ),
    numberCheck(
      { what: 'excess kurtosis at η = 0.1, ε = 0.01', expected: 2.03, source },
      at(0.1, 1e-2).kurtosis,
      { size: 0.015, why: 'the error of the number expected' },
    ),
    {
      what: `total variation to the exact law over its floor, where η² ≥ 100 ε`,
      measured: sum(({ toExact }) => toExact) / sum(({ floor }) => floor),
      expected: 1,
      tolerance: 0.15,
      why: 'what six pairs of groups tell about each floor',
      source: 'exact law of the linear stochastic map',
    },
  ];
}
