import { massesOf } from '../analysis/distance.ts';
import { gibbsLaw, gibbsTemperature } from '../analysis/gibbs.ts';
import { kickedLaw } from '../analysis/kicked-law.ts';
import type { Result } from '../engine/result.ts';
import type { SpecInput } from '../spec/schema.ts';
import type { Check } from './check.ts';
import { climbFit, type EscapeTimes, escapePanel, escapeTimes } from './escape-times.ts';
import {
  type Estimate,
  groupedLaw,
  groupedNumber,
  groupsOf,
  lawCheck,
  numberCheck,
} from './grouped-law.ts';
import { groupedSpec } from './grouped-spec.ts';
import { lawPanel } from './law-panel.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf, columnAt } from './result-columns.ts';
import { presetSpec } from './small-spec.ts';

const macro = 'x^4 / 4 - x^2 / 2';

/** Mean steps from -1 to x > 0: of the stochastic map by quadrature, of float64 orbits at epsilon = 1e-6. */
const known = [
  { eta: 0.5, exact: 29.7073, descent: 29.68, error: 0.09 },
  { eta: 0.3, exact: 353.465, descent: 353.0, error: 1.1 },
  { eta: 0.2, exact: 3533.59, descent: 3535, error: 18 },
  { eta: 0.15, exact: 30033, descent: 30234, error: 307 },
];

/** Largest eta of the line through the times. */
const FITTED = 0.31;

/** The invariant law of a non-convex macro part, and how long its wells hold an orbit. */
export const doubleWell: Reproduction = {
  name: 'double-well',
  title: 'A double well: its law, and escape from it',
  about:
    'Deterministic gradient descent on x⁴/4 − x²/2 − ε cos(x/ε) leaves its well again and again. Its law in both ' +
    'wells is that of the stochastic map, not of Gibbs; the time to leave grows as exp(S/η) with S = 1.117, ' +
    'where the Gibbs law has 1: the noise is bounded, so that climbing costs more than Kramers says.',
  source:
    'After M. Tao, Quantitative Local Min Escape in Multiscale Landscape (talk, 2023), and L. Kong, M. Tao, ' +
    'NeurIPS 2020, arXiv 2002.06189; exponent after Freidlin and Wentzell',
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => {
    const { spec } = presetSpec('double-well');
    const isFull = effort === 'full';
    const leaving: SpecInput = {
      etascope: 1,
      title: 'Escape from a well of a double well at small epsilon',
      objective: { macro, micro: '-cos(x)', epsilon: 1e-6 },
      // 0.15, 0.2, ..., 0.5; the slowest is left out of the small run.
      axes: [
        isFull
          ? { parameter: 'eta', from: 0.125, to: 0.525, count: 8 }
          : { parameter: 'eta', from: 0.175, to: 0.525, count: 7 },
      ],
      ensemble: {
        orbits: isFull ? 8192 : 1024,
        initial: { x: { uniform: [-1.005, -0.995] } },
        seed: spec.ensemble?.seed ?? 1,
      },
      steps: { skip: 0, keep: 1 },
      measures: [{ measure: 'escape', when: 'x > 0', horizon: isFull ? 1_200_000 : 150_000 }],
      precision: 'statistics',
    };
    const axis = { parameter: 'eta', from: 0.1, to: 0.5, count: 2 };
    const size = isFull ? { orbits: 256, keep: 20_000 } : { orbits: 32, keep: 3000 };
    return {
      'double-well': groupedSpec(spec, { axis, bins: [120, 60], ...size }),
      leaving,
      map: { ...leaving, optimizer: { rule: 'stochastic-map' } },
    };
  },
  report: ({ 'double-well': result, leaving, map }) => {
    if (!result || !leaving || !map) throw new TypeError('results of all runs are needed');
    const laws = Array.from(axisOf(result), (eta, column) => study(result, eta, column));
    const times = escapeTimes(leaving, map);
    return {
      figure: {
        title: 'Gradient descent on x⁴/4 − x²/2 − ε cos(x/ε), ε = 10⁻⁶',
        columns: 3,
        panels: [...laws.map(({ panel }) => panel), escapePanel(times)],
      },
      checks: [
        ...laws.flatMap(({ checks }) => checks),
        ...timeChecks(times),
        ...slopeChecks(times),
      ],
      notes: [
        'Starts are spread over [−1.005, −0.995], which moves the exact times by less than a thousandth.',
        `The slope of ln(ητ) over 1/η tends to S = ${times.climb.toFixed(4)} as η → 0; at these η theory has the smaller one of the table.`,
      ],
    };
  },
};

function study(result: Result, eta: number, column: number) {
  const groups = groupsOf(result, column);
  const found = groupedLaw(groups);
  const folded = groupedLaw(groups, 'distance'); // whose noise has nothing of how wells share the orbits
  const law = kickedLaw({
    drift: (x) => x - eta * (x ** 3 - x),
    radius: () => eta,
    range: [-1.6, 1.6],
  });
  const box = [[-3, 3]] as const;
  const gibbs = gibbsLaw(
    { variables: ['x'], macro, parameters: {} },
    gibbsTemperature(eta, 0.5),
    box,
  );
  const at = `at η = ${Number(eta.toFixed(6))}`;
  const source = 'transfer operator of the stochastic map, by Ulam’s method';
  const checks: readonly Check[] = [
    numberCheck(
      { what: `mean of x² ${at}`, expected: law.mean((x) => x * x), source },
      groupedNumber(groups, 'moments_mean'),
    ),
    lawCheck(
      { what: `total variation of |x| to the stochastic map's ${at}`, source },
      folded,
      massesOf((x) => law.distribution(x) - law.distribution(-x), folded.edges),
    ),
  ];
  const panel = lawPanel(
    {
      title: `η = ${Number(eta.toFixed(6))}`,
      x: 'position x',
      data: 'visited',
      width: 360,
      height: 360,
    },
    found,
    [
      { density: law.density, label: 'stochastic map', colour: 'theory' },
      { density: gibbs.density, label: 'Gibbs law', colour: 1, dash: true },
    ],
  );
  return { panel, checks };
}

function timeChecks({ etas, descent, map }: EscapeTimes): readonly Check[] {
  const slowest = etas[0] ?? 0;
  return known
    .filter(({ eta }) => eta > slowest - 1e-9)
    .flatMap((row) => {
      const column = columnAt(etas, row.eta);
      const none: Estimate = { value: Number.NaN, error: 0 };
      const [byDescent = none, byMap = none] = [descent[column], map[column]];
      const of = (who: string) => `mean time of ${who} to x > 0 at η = ${row.eta}`;
      return [
        numberCheck(
          { what: of('the stochastic map'), expected: row.exact, source: 'quadrature' },
          byMap,
        ),
        numberCheck(
          {
            what: of('gradient descent'),
            expected: row.descent,
            source: 'float64 orbits, written out by hand',
          },
          byDescent,
          { size: 4 * row.error, why: '4 of those of the number expected' },
        ),
      ];
    });
}

function slopeChecks(times: EscapeTimes): readonly Check[] {
  return (['descent', 'map'] as const).map((who) => {
    const { measured, expected } = climbFit(times, times[who], FITTED);
    const name = who === 'map' ? 'the stochastic map' : 'gradient descent';
    return {
      what: `slope of ln(ητ) over 1/η of ${name}, η ≤ 0.3`,
      measured: measured.slope,
      expected: expected.slope,
      tolerance: 4 * measured.slopeError,
      why: '4 standard errors of the fit',
      source: 'the same fit to the exact times; 1 for the Gibbs law',
    };
  });
}
