import { fitLine } from '../analysis/line-fit.ts';
import type { Colour, Mark, Panel } from '../figure/figure.ts';
import type { SpecInput } from '../spec/schema.ts';
import type { Check } from './check.ts';
import {
  CHAOS_BIAS,
  columnsWhere,
  type ExponentColumns,
  exponentColumns,
  meanDeviation,
  orderCheck,
  peakBetween,
} from './exponent-columns.ts';
import { type ExponentSystem, matyas, ONE_WAVE, quasiperiodic } from './exponent-systems.ts';
import { localExponent } from './local-exponent.ts';
import type { Effort, Reproduction } from './reproduction.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

const { spec, source } = presetSpec('lyapunov-epsilon');
const ETA = 0.1;
/** Scales up to which theory is held to: eta^2 / epsilon >= 100. */
const FINE = ETA ** 2 / 100;

/** Exponents of one sweep, with what theory says of it. */
interface Curve {
  readonly words: string;
  readonly columns: ExponentColumns;
  readonly m: number;
  readonly colour: Colour;
}

/** Exponents over the scale of the micro-structure, at one learning rate. */
export const lyapunovEpsilon: Reproduction = {
  name: 'lyapunov-epsilon',
  title: 'Lyapunov exponent against the scale of the micro-structure',
  about:
    'At η = 0.1 the exponent of three objectives grows like −ln ε as the micro-structure gets finer: it ' +
    'depends on the ratio η/ε and the mean logarithm m of the micro-curvature alone, whatever the macro ' +
    'part is. Below, what is left when the line is taken away: next to nothing, from η ≈ 30 ε on. On the right, where ' +
    'ε is coarse, the minimum attracts.',
  source,
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => ({
    'lyapunov-epsilon':
      effort === 'full'
        ? spec
        : smallSpec(spec, { counts: [100], orbits: 16, skip: 500, keep: 1000 }),
    quasiperiodic: sweepOf(quasiperiodic, effort),
    matyas: sweepOf(matyas, effort),
  }),
  report(results) {
    const { 'lyapunov-epsilon': main, quasiperiodic: two, matyas: plane } = results;
    if (!main || !two || !plane) throw new TypeError('all runs are needed');
    const one = exponentColumns(main);
    const curves: readonly Curve[] = [
      { words: 'x²/2, one wave', columns: one, m: ONE_WAVE, colour: 0 },
      {
        words: 'x²/2, two incommensurate waves',
        columns: exponentColumns(two),
        m: quasiperiodic.m,
        colour: 1,
      },
      {
        words: 'Matyas, mean of both exponents',
        columns: exponentColumns(plane, matyas.exponents),
        m: matyas.m,
        colour: 2,
      },
    ];
    return {
      figure: {
        title: 'Lyapunov exponent against the scale of the micro-structure',
        subtitle: 'f = f₀(x) + ε f₁(x/ε), η = 0.1; natural logarithm per step',
        panels: [exponentPanel(curves), deviationPanel(curves)],
      },
      checks: [...curves.flatMap(curveChecks), doublingCheck(one), order(one)],
      notes: [
        'The checks keep to η² ≥ 100 ε, where the whole law of the orbits is that of the limit. The exponent ' +
          'alone is so much earlier: it asks of the phases only that they be uniform.',
        'Two incommensurate waves have wells of every depth: where η < 100 ε, orbits wander until one so shallow ' +
          'that it attracts catches them.',
      ],
    };
  },
};

/** The preset's sweep of another objective. */
function sweepOf({ objective, exponents, words }: ExponentSystem, effort: Effort): SpecInput {
  const isFull = effort === 'full';
  const initial = { uniform: [-0.01, 0.01] as [number, number] };
  return {
    ...spec,
    title: `Lyapunov exponents against epsilon: ${words}`,
    objective,
    axes: [{ parameter: 'epsilon', from: 1e-6, to: 1, count: isFull ? 300 : 60, scale: 'log' }],
    ensemble: {
      orbits: isFull ? 64 : 16,
      initial: Object.fromEntries((objective.variables ?? ['x']).map((name) => [name, initial])),
      seed: 1,
    },
    steps: { skip: isFull ? 1000 : 500, keep: isFull ? 4000 : 1000 },
    measures: [{ measure: 'lyapunov', exponents }],
  };
}

const lineOf = (m: number) => (epsilon: number) => Math.log(ETA / epsilon) + m;
const ordered = (epsilon: number) => localExponent(ETA / epsilon, ETA);

const beginning: Mark = { mark: 'rule', axis: 'x', at: FINE, label: 'η² = 100 ε' };

function exponentPanel(curves: readonly Curve[]): Panel {
  const [one] = curves;
  const coarse = (one?.columns.at ?? new Float64Array()).filter((epsilon) => epsilon > ETA / 4);
  return {
    x: { label: 'scale of the micro-structure ε', scale: 'log', domain: [1e-6, 1] },
    y: { label: 'exponent λ', domain: [-3, 12] },
    marks: [
      { mark: 'rule', axis: 'y', at: 0 },
      beginning,
      ...curves.map(
        ({ words, columns, colour }): Mark => ({
          mark: 'curve',
          x: columns.at,
          y: columns.mean,
          colour,
          label: words,
        }),
      ),
      ...[ONE_WAVE, quasiperiodic.m].map(
        (m, at): Mark => ({
          mark: 'curve',
          x: [1e-6, ETA / 3],
          y: [1e-6, ETA / 3].map(lineOf(m)),
          colour: 'theory',
          dash: true,
          ...(at === 0 ? { label: 'ln(η/ε) + m' } : {}),
        }),
      ),
      {
        mark: 'curve',
        x: coarse,
        y: coarse.map(ordered),
        colour: 'theory',
        dash: true,
        label: 'exact, of minimum and 2-cycle',
      },
    ],
  };
}

function deviationPanel(curves: readonly Curve[]): Panel {
  return {
    x: { label: 'scale of the micro-structure ε', scale: 'log', domain: [1e-6, 1] },
    y: { label: 'λ − ln(η/ε) − m', domain: [-0.1, 0.1] },
    marks: [
      { mark: 'rule', axis: 'y', at: 0, colour: 'theory' },
      beginning,
      ...curves.map(({ columns, m, colour }): Mark => {
        const shown = columnsWhere(columns, (epsilon) => epsilon < 0.02);
        return {
          mark: 'points',
          x: shown.at,
          y: shown.mean.map((value, column) => value - lineOf(m)(shown.at[column] ?? 0)),
          colour,
          size: 4,
        };
      }),
    ],
    height: 260,
  };
}

function curveChecks({ words, columns, m }: Curve): readonly Check[] {
  const fine = columnsWhere(columns, (epsilon) => epsilon <= FINE);
  const { value, error } = meanDeviation(fine, (epsilon) => Math.log(ETA / epsilon));
  const points = Array.from(fine.at, (epsilon, column) => ({
    ...{ x: Math.log(epsilon), y: fine.mean[column] ?? 0, error: fine.error[column] ?? 0 },
  }));
  const { slope, slopeError } = fitLine(points);
  const reach = Math.log(FINE / 1e-6);
  const source = 'Kong and Tao: λ = ln(η/ε) + m, m the mean of ln|f₁″|';
  return [
    {
      what: `${words}: mean of λ − ln(η/ε) over ε ≤ η²/100`,
      measured: value,
      expected: m,
      tolerance: 4 * error + CHAOS_BIAS,
      why: '4 standard errors, and 0.002 for ε > 0',
      source,
    },
    {
      what: `${words}: slope of λ over ln ε there`,
      measured: slope,
      expected: -1,
      tolerance: 4 * slopeError + CHAOS_BIAS / reach,
      why: '4 standard errors, and 0.002 for ε > 0 over the length of the line',
      source,
    },
  ];
}

function doublingCheck(one: ExponentColumns): Check {
  const expected = ETA / (2 - ETA);
  const ratio = (one.at[1] ?? 0) / (one.at[0] ?? 1);
  return {
    what: 'ε of the first doubling, where λ touches 0',
    measured: peakBetween(one, 0.9 * expected, 1.2 * expected),
    expected,
    tolerance: (ratio - 1) * expected,
    why: 'distance of two columns',
    source: 'linear stability of the minimum: η (1 + 1/ε) = 2',
  };
}

function order(one: ExponentColumns): Check {
  const coarse = columnsWhere(one, (epsilon) => epsilon > ETA / 4);
  return orderCheck(coarse, ordered, 'order at ε ≥ 0.029');
}
