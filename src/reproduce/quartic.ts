import { doublingCascade } from '../analysis/doublings.ts';
import type { Result } from '../engine/result.ts';
import type { Panel } from '../figure/figure.ts';
import { parseSpec } from '../spec/parse.ts';
import type { SpecInput } from '../spec/schema.ts';
import type { Check } from './check.ts';
import { doublingPlace, joiningPlace, placeCheck, sweptPeriods } from './doubling-checks.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf, columnAt, numbersOf } from './result-columns.ts';
import { densityImage } from './result-image.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

const { spec, source } = presetSpec('quartic');
const objective = parseSpec(spec).objective;

/** Width of the columns in which periods are sought. */
const columnWidth = { full: 1e-4, quick: 2e-3 };
/** Distance of the columns in which exponents are measured. */
const exponentWidth = { full: 0.002, quick: 0.01 };

const doublings = [1, Math.sqrt(5) - 1] as const;
/** Where the image of the highest place reached is the maximum of the objective between the wells. */
const JOINED = (3 * Math.sqrt(3)) / 2 - 1;

/** A double well without micro-structure. */
export const quartic: Reproduction = {
  name: 'quartic',
  title: 'The cubic map as gradient descent on a double well',
  about:
    'Gradient descent on the double well (x^2 - 1)^2/4, without any micro-structure: from eta = 1 on the ' +
    'cycle in one well doubles into chaos, which joins that of the other well at 3 sqrt(3)/2 - 1; at eta = 2 ' +
    'the map is a Chebyshev polynomial and its exponent ln 3. All orbits start in the right well.',
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
      quartic: isFull ? spec : smallSpec(spec, { counts: [240], orbits: 8, keep: 500, bins: 180 }),
      periods: {
        ...common,
        title: 'Periods of one orbit in each column, and whether it leaves its well',
        axes: [
          {
            parameter: 'eta',
            from: 0.9,
            to: 1.7,
            count: Math.round(0.8 / columnWidth[effort]),
          },
        ],
        ensemble: { orbits: 1, initial: { x: 0.8 }, seed: 1 },
        steps: { skip: isFull ? 40_000 : 2500, keep: 1 },
        measures: [{ measure: 'period' }],
      },
      leaving: {
        ...common,
        title: 'When orbits leave the right well',
        axes: [
          {
            parameter: 'eta',
            from: 1.55,
            to: 1.65,
            count: Math.round(0.1 / columnWidth[effort]),
          },
        ],
        ensemble: { orbits: 16, initial: { x: { uniform: [0.5, 1.2] } }, seed: 1 },
        steps: { keep: 1 },
        measures: [{ measure: 'escape', when: 'x < 0', horizon: isFull ? 20_000 : 5000 }],
      },
      exponents: {
        ...common,
        title: 'Exponents',
        axes: [
          {
            parameter: 'eta',
            from: 0.8 - step / 2,
            to: 2 + step / 2, // the last centre is 2
            count: Math.round(1.2 / step) + 1,
          },
        ],
        ensemble: { orbits: isFull ? 256 : 16, initial: { x: { uniform: [0.2, 1.2] } }, seed: 1 },
        steps: { skip: isFull ? 1000 : 300, keep: isFull ? 4000 : 500 },
        measures: [{ measure: 'lyapunov' }],
      },
    } satisfies Record<string, SpecInput>;
  },
  report({ quartic: diagram, periods, leaving, exponents }) {
    if (!diagram || !periods || !leaving || !exponents) {
      throw new TypeError('results of all runs are needed');
    }
    return {
      figure: {
        title: 'The cubic map as gradient descent on a double well',
        subtitle: 'f = (x² − 1)²/4: x ↦ x − η (x³ − x)',
        panels: [diagramPanel(diagram), exponentPanel(exponents)],
      },
      checks: [...thresholdChecks(periods, leaving), ...exponentChecks(exponents)],
      notes: ['Beyond η = 2 orbits diverge.'],
    };
  },
};

function thresholdChecks(periods: Result, leaving: Result): readonly Check[] {
  const swept = sweptPeriods(periods);
  const further = doublingCascade(objective, 0.8, 4).doublings.slice(2);
  return [
    ...doublings.map((eta, at) =>
      placeCheck(
        `η where period ${2 ** at} doubles`,
        doublingPlace(swept, 2 ** at),
        eta,
        'by hand',
      ),
    ),
    ...Array.from(further, (eta, at) =>
      placeCheck(
        `η where period ${2 ** (at + 2)} doubles`,
        doublingPlace(swept, 2 ** (at + 2)),
        eta,
        'Newton on the cycles of the map',
      ),
    ),
    placeCheck(
      'η where the chaos of the right well joins that of the left',
      joiningPlace(axisOf(leaving), numbersOf(leaving, 'escape_count')),
      JOINED,
      'by hand: the image of the highest place reached is 0 at 3√3/2 − 1',
    ),
  ];
}

function exponentChecks(exponents: Result): readonly Check[] {
  const [etas, values, errors] = [
    axisOf(exponents),
    numbersOf(exponents, 'lyapunov'),
    numbersOf(exponents, 'lyapunov_stderr'),
  ];
  const chaos = columnAt(etas, 2);
  return [
    ...[0.9, 1.1, 1.2].map((eta) => ({
      what: `Lyapunov exponent at η = ${eta}`,
      measured: values[columnAt(etas, eta)] ?? Number.NaN,
      expected: orderedExponent(eta),
      tolerance: 2e-5,
      why: 'float32 on the GPU, where slopes nearly cancel',
      source: 'multiplier of the cycle, by hand',
    })),
    {
      what: 'Lyapunov exponent at η = 2',
      measured: values[chaos] ?? Number.NaN,
      expected: Math.log(3),
      tolerance: 4 * (errors[chaos] ?? Number.NaN),
      why: '4 standard errors',
      source: 'Chebyshev polynomial of degree 3: conjugate to a piecewise linear map of slope 3',
    },
  ];
}

/** Of the minimum 1 and, from eta = 1 to the doubling at sqrt 5 - 1, of the 2-cycle. */
function orderedExponent(eta: number): number {
  if (eta <= 1) return Math.log(Math.abs(1 - 2 * eta));
  // Sum and product of a 2-cycle, s^2 = (eta + 2) / eta + p and p = 1 / eta, give its multiplier.
  const p = 1 / eta;
  const squares = (eta + 2) / eta + p - 2 * p;
  const trace = (1 + eta) ** 2 - 3 * eta * (1 + eta) * squares + 9 * eta * eta * p * p;
  return Math.log(Math.abs(trace)) / 2;
}

function diagramPanel(diagram: Result): Panel {
  const marked = [
    [doublings[0], '1'],
    [doublings[1], '√5 − 1'],
    [JOINED, '3√3/2 − 1'],
  ] as const;
  return {
    x: { label: 'learning rate η', domain: [0.8, 2] },
    y: { label: 'position x', domain: [-1.5, 1.5] },
    marks: [
      densityImage(diagram, [0.8, 2], [-1.5, 1.5], { width: 960, height: 540 }),
      ...marked.map(
        ([at, label]) => ({ mark: 'rule', axis: 'x', at, label, colour: 'theory' }) as const,
      ),
    ],
  };
}

function exponentPanel(exponents: Result): Panel {
  const ordered = Array.from({ length: 437 }, (_, at) => 0.8 + 0.001 * at).filter(
    (eta) => eta < Math.sqrt(5) - 1,
  );
  return {
    x: { label: 'learning rate η', domain: [0.8, 2] },
    y: { label: 'Lyapunov exponent, 1/step', domain: [-3, 1.5] },
    height: 240,
    marks: [
      { mark: 'rule', axis: 'y', at: 0, colour: 'quiet' },
      { mark: 'rule', axis: 'y', at: Math.log(3), label: 'ln 3', colour: 'theory' },
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
