import { distances, massesOf } from '../analysis/distance.ts';
import { gibbsTemperature } from '../analysis/gibbs.ts';
import { linearLaw } from '../analysis/linear-law.ts';
import { sineNoise } from '../analysis/noise.ts';
import type { Result } from '../engine/result.ts';
import type { Check } from './check.ts';
import { groupedLaw, groupedNumber, groupsOf, lawCheck, numberCheck } from './grouped-law.ts';
import { groupedSpec } from './grouped-spec.ts';
import { lawPanel } from './law-panel.ts';
import { normalLaw } from './normal-law.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf } from './result-columns.ts';
import { presetSpec } from './small-spec.ts';

const source = 'exact law of the linear stochastic map: product of Bessel functions';

/** Distances of the exact law to the Gibbs law, by quadrature. */
const toGibbs = [
  { eta: 0.1, totalVariation: 0.0202, kolmogorov: 0.0099 },
  { eta: 0.2, totalVariation: 0.0435, kolmogorov: 0.021 },
];

/** The invariant law on a quadratic beside the exact one and that of Gibbs. */
export const gibbs: Reproduction = {
  name: 'gibbs',
  title: 'The law of gradient descent, exactly and as Gibbs has it',
  about:
    'Deterministic gradient descent on x²/2 − ε cos(x/ε) with ε ≪ η² visits places as often as if it were ' +
    'driven by noise. The bars are what it visited, at four learning rates; the line is the exact law of ' +
    'the stochastic map, the broken one the rescaled Gibbs law exp(−2 f₀/(ησ²)), which the exact law nears ' +
    'as η → 0: their distance is some 0.2 η.',
  source:
    'L. Kong, M. Tao, Stochasticity of Deterministic Gradient Descent: Large Learning Rate for Multiscale ' +
    'Objective Function, NeurIPS 2020, arXiv 2002.06189',
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => {
    const axis = { parameter: 'eta', from: 0.05, to: 0.45, count: 4 };
    const size = effort === 'full' ? { orbits: 256, keep: 40_000 } : { orbits: 32, keep: 8000 };
    return { gibbs: groupedSpec(presetSpec('gibbs').spec, { axis, bins: [120], ...size }) };
  },
  report: ({ gibbs: result }) => {
    if (!result) throw new TypeError('no run gibbs');
    const columns = Array.from(axisOf(result), (eta, column) => study(result, eta, column));
    return {
      figure: {
        title: 'Invariant law of gradient descent on x²/2 − ε cos(x/ε), ε = 10⁻⁵',
        subtitle: 'bars: visits; line: exact law of the stochastic map; broken: Gibbs law',
        columns: 2,
        panels: columns.map(({ panel }) => panel),
      },
      checks: columns.flatMap(({ checks }) => checks),
      notes: ['The Gibbs law is the limit η → 0: at these η the exact law is measurably another.'],
    };
  },
};

function study(result: Result, eta: number, column: number) {
  const groups = groupsOf(result, column);
  const found = groupedLaw(groups);
  const exact = linearLaw({ curvature: 1, eta, noise: sineNoise(1) });
  const limit = normalLaw(gibbsTemperature(eta, 0.5));
  const at = `at η = ${Number(eta.toFixed(6))}`;
  const known = toGibbs.find((row) => Math.abs(row.eta - eta) < 1e-9);
  const gap = distances(found.pooled, massesOf(limit.distribution, found.edges), found.edges);
  const checks: readonly Check[] = [
    numberCheck(
      { what: `variance ${at}`, expected: eta / 2 / (2 - eta), source: 'ησ²/(2 − η)' },
      groupedNumber(groups, 'moments_variance'),
    ),
    numberCheck(
      {
        what: `excess kurtosis ${at}`,
        expected: exact.kurtosis,
        source: '−(3/2)(1 − a²)/(1 + a²), a = 1 − η',
      },
      groupedNumber(groups, 'moments_kurtosis'),
    ),
    lawCheck(
      { what: `total variation to the exact law ${at}`, source },
      found,
      massesOf(exact.distribution, found.edges),
    ),
    ...(known
      ? (['totalVariation', 'kolmogorov'] as const).map(
          (distance): Check => ({
            what: `${distance === 'kolmogorov' ? 'Kolmogorov distance' : 'total variation'} to the Gibbs law ${at}`,
            measured: gap[distance],
            expected: known[distance],
            tolerance: 2 * found.floor[distance] + 5e-5,
            why: 'twice the floor, and the last digit of the number expected',
            source: 'exact law against Gibbs law, by quadrature',
          }),
        )
      : []),
  ];
  const panel = lawPanel(
    {
      title: `η = ${Number(eta.toFixed(6))}`,
      x: 'position x',
      data: 'visited',
      width: 440,
      height: 300,
    },
    found,
    [
      { density: exact.density, label: 'exact law', colour: 'theory' },
      { density: limit.density, label: 'Gibbs law', colour: 1, dash: true },
    ],
  );
  return { panel, checks };
}
