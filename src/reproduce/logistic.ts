import type { Result } from '../engine/result.ts';
import type { Panel } from '../figure/figure.ts';
import type { SpecInput } from '../spec/schema.ts';
import type { Check } from './check.ts';
import {
  doublingPlace,
  placeCheck,
  ratioOf,
  sweptPeriods,
  windowPlace,
} from './doubling-checks.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf, columnAt, numbersOf } from './result-columns.ts';
import { densityImage } from './result-image.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

const { spec, source } = presetSpec('logistic');

/** Width of the columns in which periods are sought. */
const columnWidth = { full: 1e-4, quick: 2e-3 };
/** Distance of the columns in which exponents are measured. */
const exponentWidth = { full: 0.002, quick: 0.01 };

/** Doublings of x^3/3 - x^2/2, of the periods 1, 2, 4 and 8. */
const doublings = [2, Math.sqrt(6), 2.5440904, 2.5644073] as const;
const PERIOD_THREE = Math.sqrt(8);
const known = 'the logistic map with r = 1 + η: R. M. May, Nature 261 (1976) 459';

/** The logistic map as gradient descent. */
export const logistic: Reproduction = {
  name: 'logistic',
  title: 'The logistic map as gradient descent on a cubic',
  about:
    'Gradient descent on x^3/3 - x^2/2 is the logistic map with r = 1 + eta, so that all that is known of ' +
    'it must come out: the doublings at 2, sqrt 6 and on, the window of period 3 at sqrt 8, and at eta = 3 ' +
    'an exponent of ln 2. Below, the exponent beside the multipliers of the fixed point and the 2-cycle.',
  source,
  isReconstruction: false,
  onGpu: true,
  runs(effort) {
    const isFull = effort === 'full';
    const step = exponentWidth[effort];
    const common = {
      etascope: 1,
      objective: spec.objective,
      optimizer: { rule: 'gd' },
      precision: 'statistics',
    } as const;
    return {
      logistic: isFull ? spec : smallSpec(spec, { counts: [240], orbits: 8, keep: 500, bins: 180 }),
      periods: {
        ...common,
        title: 'Periods of one orbit in each column',
        axes: [
          {
            parameter: 'eta',
            from: 1.9,
            to: 2.9,
            count: Math.round(1 / columnWidth[effort]),
          },
        ],
        ensemble: { orbits: 1, initial: { x: 0.4 }, seed: 1 },
        steps: { skip: isFull ? 40_000 : 2500, keep: 1 },
        measures: [{ measure: 'period' }],
      },
      exponents: {
        ...common,
        title: 'Exponents',
        axes: [
          {
            parameter: 'eta',
            from: 1.8 - step / 2,
            to: 3 + step / 2, // the last centre is 3
            count: Math.round(1.2 / step) + 1,
          },
        ],
        ensemble: { orbits: isFull ? 256 : 16, initial: { x: { uniform: [0.1, 1.2] } }, seed: 1 },
        steps: { skip: isFull ? 1000 : 300, keep: isFull ? 4000 : 500 },
        measures: [{ measure: 'lyapunov' }],
      },
    } satisfies Record<string, SpecInput>;
  },
  report({ logistic: diagram, periods, exponents }) {
    if (!diagram || !periods || !exponents) throw new TypeError('results of all runs are needed');
    return {
      figure: {
        title: 'The logistic map as gradient descent on a cubic',
        subtitle: 'f = x³/3 − x²/2: x ↦ x − η (x² − x)',
        panels: [diagramPanel(diagram), exponentPanel(exponents)],
      },
      checks: [...thresholdChecks(periods), ...exponentChecks(exponents)],
    };
  },
};

function thresholdChecks(periods: Result): readonly Check[] {
  const swept = sweptPeriods(periods);
  const places = doublings.map((_, at) => doublingPlace(swept, 2 ** at));
  const [, two, four, eight] = places;
  if (!two || !four || !eight) throw new TypeError('there are four doublings');
  return [
    ...places.map((place, at) =>
      placeCheck(`η where period ${2 ** at} doubles`, place, doublings[at] ?? Number.NaN, known),
    ),
    {
      ...placeCheck(
        'ratio of the distances of doublings 2, 4 and 8',
        ratioOf([two, four, eight]),
        4.6562,
        'Feigenbaum, J. Stat. Phys. 19 (1978) 25; 4.669 in the limit, 4.656 of these three',
      ),
      why: 'errors of the three places',
    },
    placeCheck('η where the window of period 3 begins', windowPlace(swept, 3), PERIOD_THREE, known),
  ];
}

function exponentChecks(exponents: Result): readonly Check[] {
  const [etas, values, errors] = [
    axisOf(exponents),
    numbersOf(exponents, 'lyapunov'),
    numbersOf(exponents, 'lyapunov_stderr'),
  ];
  const chaos = columnAt(etas, 3);
  return [
    ...[1.9, 2.2, 2.4].map((eta) => ({
      what: `Lyapunov exponent at η = ${eta}`,
      measured: values[columnAt(etas, eta)] ?? Number.NaN,
      expected: orderedExponent(eta),
      tolerance: 2e-5,
      why: 'float32 on the GPU, where slopes nearly cancel',
      source: 'multiplier of the cycle, by hand',
    })),
    {
      what: 'Lyapunov exponent at η = 3',
      measured: values[chaos] ?? Number.NaN,
      expected: Math.LN2,
      tolerance: 4 * (errors[chaos] ?? Number.NaN),
      why: '4 standard errors',
      source: 'S. Ulam and J. von Neumann (1947): conjugate to the tent map, ln 2',
    },
  ];
}

/** Of the fixed point 1 and, from eta = 2 to the doubling at sqrt 6, of the 2-cycle. */
function orderedExponent(eta: number): number {
  if (eta <= 2) return Math.log(Math.abs(1 - eta));
  const r = 1 + eta;
  return Math.log(Math.abs(4 + 2 * r - r * r)) / 2;
}

function diagramPanel(diagram: Result): Panel {
  const [first, second, third] = doublings;
  const marked = [
    [first, '2'],
    [second, '√6'],
    [third, ''],
    [PERIOD_THREE, '√8'],
  ] as const;
  return {
    x: { label: 'learning rate η', domain: [1.8, 3] },
    y: { label: 'position x', domain: [0, 1.4] },
    marks: [
      densityImage(diagram, [1.8, 3], [0, 1.4], { width: 960, height: 540 }),
      ...marked.map(
        ([at, label]) => ({ mark: 'rule', axis: 'x', at, label, colour: 'theory' }) as const,
      ),
    ],
  };
}

function exponentPanel(exponents: Result): Panel {
  const ordered = Array.from({ length: 650 }, (_, at) => 1.8 + 0.001 * at).filter(
    (eta) => eta < Math.sqrt(6),
  );
  return {
    x: { label: 'learning rate η', domain: [1.8, 3] },
    y: { label: 'Lyapunov exponent, 1/step', domain: [-3, 1] },
    height: 240,
    marks: [
      { mark: 'rule', axis: 'y', at: 0, colour: 'quiet' },
      { mark: 'rule', axis: 'y', at: Math.LN2, label: 'ln 2', colour: 'theory' },
      {
        mark: 'curve',
        x: axisOf(exponents),
        y: numbersOf(exponents, 'lyapunov'),
        colour: 'data',
        label: 'measured',
      },
      {
        mark: 'curve',
        x: ordered,
        y: ordered.map(orderedExponent),
        colour: 'theory',
        dash: true,
        label: 'multipliers of the cycles',
      },
    ],
  };
}
