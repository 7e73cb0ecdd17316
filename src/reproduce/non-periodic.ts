import { massesOf } from '../analysis/distance.ts';
import { kickedLaw } from '../analysis/kicked-law.ts';
import { linearLaw } from '../analysis/linear-law.ts';
import { globalLyapunov } from '../analysis/lyapunov-theory.ts';
import { sineNoise } from '../analysis/noise.ts';
import type { Result } from '../engine/result.ts';
import type { Check } from './check.ts';
import {
  type Estimate,
  groupedLaw,
  groupedNumber,
  groupsOf,
  lawCheck,
  numberCheck,
} from './grouped-law.ts';
import { groupedSpec } from './grouped-spec.ts';
import { type DrawnLaw, lawPanel } from './law-panel.ts';
import { normalLaw } from './normal-law.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf } from './result-columns.ts';
import { presetSpec } from './small-spec.ts';

/** What theory says of one micro-structure at one eta. */
interface Expected {
  readonly distribution: (x: number) => number;
  readonly variance: number;
  /** E log|f1''| of an orbit that moves on `distribution`. */
  readonly logCurvature: number;
  readonly curves: readonly DrawnLaw[];
  readonly source: string;
}

/** Waves that get shorter and flatter, and waves that fade. */
const envelope = 'sin(x) * exp(-9 * slow_x^2)';

/** Micro-structures without a period. */
export const nonPeriodic: Reproduction = {
  name: 'non-periodic',
  title: 'Micro-structures without a period',
  about:
    'Above, the waves of f₁ = sin(u(1 + x²))/(1 + 3x²), u = x/ε, get shorter away from the middle, but the slope is ' +
    'cos of a phase everywhere: the law is that of one wave. Below, sin(u) exp(−9x²) fades, the noise depends on the ' +
    'place, and no Gibbs law of f₀ holds: orbits gather where the noise has died down. Both laws are those of ' +
    'a stochastic map with the local amplitude.',
  source:
    'After L. Kong, M. Tao, Stochasticity of Deterministic Gradient Descent: Large Learning Rate for ' +
    'Multiscale Objective Function, NeurIPS 2020, arXiv 2002.06189, and the conditions there',
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => {
    const axis = { parameter: 'eta', from: 0, to: 0.4, count: 2 };
    const size = effort === 'full' ? { orbits: 128, keep: 10_000 } : { orbits: 32, keep: 3000 };
    const chirp = groupedSpec(presetSpec('non-periodic').spec, { axis, bins: [120], ...size });
    const fading = { ...chirp, objective: { ...chirp.objective, micro: envelope } };
    return { 'non-periodic': chirp, fading };
  },
  report: ({ 'non-periodic': chirp, fading }) => {
    if (!chirp || !fading) throw new TypeError('results of all runs are needed');
    const parts = [
      ...Array.from(axisOf(chirp), (eta, column) =>
        study(chirp, { eta, column, name: 'chirp' }, ofChirp(eta)),
      ),
      ...Array.from(axisOf(fading), (eta, column) =>
        study(fading, { eta, column, name: 'fading waves' }, ofFading(eta)),
      ),
    ];
    return {
      figure: {
        title: 'Invariant laws on x²/2 with micro-structures without a period, ε = 10⁻⁵',
        columns: 2,
        panels: parts.map(({ panel }) => panel),
      },
      checks: parts.flatMap(({ checks }) => checks),
      notes: [
        'Of the fading waves the amplitude exp(−9x²) is the macro-scale: the noise is the arcsine law of it at ' +
          'the place of the orbit.',
      ],
    };
  },
};

/** The slope is the cosine of a phase up to O(epsilon); the curvature has the factor 1 + 3 x^2. */
function ofChirp(eta: number): Expected {
  const law = linearLaw({ curvature: 1, eta, noise: sineNoise(1) });
  const cells = 4000;
  const [lo, hi] = law.support;
  let stretch = 0;
  for (let cell = 0; cell < cells; cell++) {
    const x = lo + ((cell + 0.5) / cells) * (hi - lo);
    stretch += (Math.log1p(3 * x * x) * law.density(x) * (hi - lo)) / cells;
  }
  return {
    distribution: law.distribution,
    variance: law.variance,
    logCurvature: stretch - Math.LN2,
    curves: [{ density: law.density, label: 'exact law of one wave', colour: 'theory' }],
    source: 'linear stochastic map with arcsine noise',
  };
}

/** Slope and curvature have the factor exp(-9 x^2) up to O(epsilon). */
function ofFading(eta: number): Expected {
  const law = kickedLaw({
    drift: (x) => (1 - eta) * x,
    radius: (x) => eta * Math.exp(-9 * x * x),
    range: [-1, 1],
  });
  const variance = law.mean((x) => x * x);
  return {
    distribution: law.distribution,
    variance,
    logCurvature: -9 * variance - Math.LN2,
    curves: [
      { density: law.density, label: 'law of the local noise', colour: 'theory' },
      {
        density: normalLaw(eta / 4).density,
        label: 'Gibbs law of one wave',
        colour: 1,
        dash: true,
      },
    ],
    source: 'stochastic map with arcsine noise of local amplitude, by Ulam’s method',
  };
}

function study(
  result: Result,
  { eta, column, name }: { readonly eta: number; readonly column: number; readonly name: string },
  expected: Expected,
) {
  const epsilon = result.spec.objective.epsilon ?? Number.NaN;
  const groups = groupsOf(result, column);
  const found = groupedLaw(groups);
  const place = `${name}, η = ${Number(eta.toFixed(6))}`;
  const { source, variance, logCurvature, distribution } = expected;
  const numberOf = (array: string): Estimate => groupedNumber(groups, array);
  const checks: readonly Check[] = [
    numberCheck(
      { what: `${place}: variance`, expected: variance, source },
      numberOf('moments_variance'),
    ),
    numberCheck(
      {
        what: `${place}: Lyapunov exponent`,
        expected: globalLyapunov(eta, epsilon, logCurvature),
        source: 'ln(η/ε) + mean of ln|f₁″| over phase and place',
      },
      numberOf('lyapunov'),
      { size: 2e-3, why: 'what is left of ε at η² ≥ 100 ε, 0.002' },
    ),
    lawCheck(
      { what: `${place}: total variation to the law`, source },
      found,
      massesOf(distribution, found.edges),
    ),
  ];
  const panel = lawPanel(
    { title: place, x: 'position x', data: 'visited', width: 440, height: 280 },
    found,
    expected.curves,
  );
  return { panel, checks };
}
