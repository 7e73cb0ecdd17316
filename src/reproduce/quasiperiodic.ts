import { massesOf } from '../analysis/distance.ts';
import { gibbsTemperature } from '../analysis/gibbs.ts';
import { linearLaw } from '../analysis/linear-law.ts';
import { globalLyapunov } from '../analysis/lyapunov-theory.ts';
import { microNoise } from '../analysis/micro-noise.ts';
import { noiseLaw } from '../analysis/noise-law.ts';
import type { Result } from '../engine/result.ts';
import type { Check } from './check.ts';
import { groupedLaw, groupedNumber, groupsOf, lawCheck, numberCheck } from './grouped-law.ts';
import { groupedSpec } from './grouped-spec.ts';
import { lawPanel } from './law-panel.ts';
import { normalLaw } from './normal-law.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf } from './result-columns.ts';
import { presetSpec } from './small-spec.ts';

/** Known at eta = 0.1, epsilon = 1e-4: sigma^2 = 1 and m = -log(2) / 2, by hand. */
const known = { eta: 0.1, variance: 0.0526316, exponent: 6.56118 };

/** Two waves without a common period. */
export const quasiperiodic: Reproduction = {
  name: 'quasiperiodic',
  title: 'A quasi-periodic micro-structure',
  about:
    'Gradient descent on a quadratic with two waves whose frequencies are 1 and √2: no place is like another, ' +
    'and still what it visits is the law of the stochastic map with two independent phases. The noise has ' +
    'twice the variance of one wave, and the exponent is ln(η/ε) − ln(2)/2.',
  source:
    'After L. Kong, M. Tao, Stochasticity of Deterministic Gradient Descent: Large Learning Rate for ' +
    'Multiscale Objective Function, NeurIPS 2020, arXiv 2002.06189',
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => {
    const axis = { parameter: 'eta', from: 0, to: 0.4, count: 2 };
    const size = effort === 'full' ? { orbits: 256, keep: 20_000 } : { orbits: 32, keep: 4000 };
    const sized = groupedSpec(presetSpec('quasiperiodic').spec, { axis, bins: [120], ...size });
    const finer = { ...sized, objective: { ...sized.objective, epsilon: 1e-6 } };
    return { quasiperiodic: sized, finer };
  },
  report: ({ quasiperiodic: result, finer }) => {
    if (!result || !finer) throw new TypeError('results of all runs are needed');
    const columns = Array.from(axisOf(result), (eta, column) => study(result, finer, eta, column));
    return {
      figure: {
        title: 'Invariant law with the gradient x + cos(x/ε) + cos(√2 x/ε), ε = 10⁻⁶',
        columns: 2,
        panels: columns.map(({ panel }) => panel),
      },
      checks: columns.flatMap(({ checks }) => checks),
      notes: [
        'At ε = 10⁻⁴ the law differs by 0.003 from the exact one in total variation: across one bin the pair of ' +
          'phases winds around only 40 times, and does not come near every pair.',
      ],
    };
  },
};

function study(result: Result, finer: Result, eta: number, column: number) {
  const { objective } = result.spec;
  const epsilon = objective.epsilon ?? Number.NaN;
  const groups = groupsOf(result, column);
  const found = groupedLaw(groupsOf(finer, column));
  const exact = linearLaw({ curvature: 1, eta, noise: microNoise(objective) });
  const { variance, logCurvature } = noiseLaw(objective);
  const limit = normalLaw(gibbsTemperature(eta, variance));
  const isKnown = Math.abs(eta - known.eta) < 1e-9;
  const at = `at η = ${Number(eta.toFixed(6))}`;
  const checks: readonly Check[] = [
    numberCheck(
      {
        what: `variance ${at}`,
        expected: isKnown ? known.variance : eta / (2 - eta),
        source: 'ησ²/(2 − η), σ² = 1',
      },
      groupedNumber(groups, 'moments_variance'),
    ),
    numberCheck(
      {
        what: `excess kurtosis ${at}`,
        expected: exact.kurtosis,
        source: 'cumulants of two arcsine laws',
      },
      groupedNumber(groups, 'moments_kurtosis'),
    ),
    numberCheck(
      {
        what: `Lyapunov exponent ${at}`,
        expected: isKnown ? known.exponent : globalLyapunov(eta, epsilon, logCurvature),
        source: 'ln(η/ε) + m, m = −ln(2)/2',
      },
      groupedNumber(groups, 'lyapunov'),
      { size: 2e-3, why: 'what is left of ε at η² ≥ 100 ε, 0.002' },
    ),
    lawCheck(
      {
        what: `total variation to the exact law ${at}, ε = 10⁻⁶`,
        source: 'exact law of the linear stochastic map',
      },
      found,
      massesOf(exact.distribution, found.edges),
    ),
  ];
  const panel = lawPanel(
    {
      title: `η = ${Number(eta.toFixed(6))}`,
      x: 'position x',
      data: 'visited',
      width: 440,
      height: 320,
    },
    found,
    [
      { density: exact.density, label: 'exact law', colour: 'theory' },
      { density: limit.density, label: 'Gibbs law', colour: 1, dash: true },
    ],
  );
  return { panel, checks };
}
