import { doublingCascade } from '../analysis/doublings.ts';
import { attractorEdge, periodicWindow } from '../analysis/windows.ts';
import type { Result } from '../engine/result.ts';
import type { Panel, RuleMark } from '../figure/figure.ts';
import { parseSpec } from '../spec/parse.ts';
import type { SpecInput } from '../spec/schema.ts';
import type { Check } from './check.ts';
import {
  doublingPlace,
  partingPlace,
  placeCheck,
  ratioOf,
  sweptPeriods,
  windowPlace,
} from './doubling-checks.ts';
import { localExponent } from './local-exponent.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf, columnAt, numbersOf } from './result-columns.ts';
import { densityImage } from './result-image.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

const { spec, source } = presetSpec('period-doubling');
const EPSILON = 1e-3;
/** Width of the columns in which periods are sought, in K = eta / epsilon. */
const columnWidth = { full: 2e-4, quick: 2e-3 };
/** Distance of the columns in which exponents are measured. */
const exponentWidth = { full: 0.01, quick: 0.05 };
const EDGE_BINS = 1000;

/** Exponents of u - K sin u mod 2 pi, from float64 orbits of another program, with their errors. */
const exponents: readonly (readonly [K: number, exponent: number, error: number])[] = [
  [3.55, 0.17575, 2e-5],
  [3.7, 0.43069, 3e-5],
  [4.2, 0.78914, 4e-5],
  [4.5, 0.97182, 3e-5],
];

/** Transition into chaos inside one micro-well. */
export const periodDoubling: Reproduction = {
  name: 'period-doubling',
  title: 'Transition into chaos by period doublings',
  about:
    'Inside one micro-well, where eta is as small as epsilon: the minimum becomes a 2-cycle, its symmetry ' +
    'breaks, and its period doubles over and over until there is chaos, with windows of order. Below, the ' +
    'Lyapunov exponent beside what is known of it. Each threshold is where theory puts it.',
  source,
  isReconstruction: true,
  onGpu: true,
  runs(effort) {
    const isFull = effort === 'full';
    const step = exponentWidth[effort];
    const width = columnWidth[effort];
    const common = { etascope: 1, optimizer: { rule: 'gd' }, precision: 'statistics' } as const;
    return {
      'period-doubling': isFull
        ? spec
        : smallSpec(spec, { counts: [240], orbits: 16, skip: 500, keep: 500, bins: 180 }),
      periods: {
        ...common,
        title: 'Periods of one orbit in each column',
        objective: spec.objective,
        axes: [
          {
            parameter: 'eta',
            from: 1.9 * EPSILON,
            to: 4.1 * EPSILON,
            count: Math.round(2.2 / width),
          },
        ],
        ensemble: { orbits: 1, initial: { x: 0.3 * EPSILON }, seed: 1 },
        steps: { skip: isFull ? 60_000 : 2500, keep: 64 },
        measures: [{ measure: 'period' }, { measure: 'moments', of: 'x / epsilon' }],
      },
      exponents: {
        ...common,
        title: 'Exponents as epsilon -> 0, in units of epsilon',
        objective: { macro: '0', micro: '-cos(x)', epsilon: 1 },
        axes: [
          {
            parameter: 'eta',
            from: step / 2,
            to: 4.6 - step / 2, // cell centres are multiples of the step
            count: Math.round(4.6 / step) - 1,
          },
        ],
        ensemble: { orbits: isFull ? 256 : 16, initial: { x: { uniform: [-0.5, 0.5] } }, seed: 1 },
        steps: { skip: isFull ? 1000 : 300, keep: isFull ? 4000 : 500 },
        measures: [
          { measure: 'lyapunov' },
          { measure: 'density', of: 'x', range: [-Math.PI, Math.PI], bins: EDGE_BINS },
        ],
      },
    } satisfies Record<string, SpecInput>;
  },
  report(results) {
    const { 'period-doubling': diagram, periods, exponents: chaos } = results;
    if (!diagram || !periods || !chaos) throw new TypeError('results of all runs are needed');
    return {
      figure: {
        title: 'Transition into chaos by period doublings',
        subtitle: 'f = x²/2 − ε cos(x/ε), ε = 0.001',
        panels: [diagramPanel(diagram), exponentPanel(chaos)],
      },
      checks: [...thresholdChecks(periods), ...exponentChecks(chaos), ...edgeChecks(chaos)],
      notes: [
        'At K = η/ε = π the picture branches, but no period doubles: the 2-cycle parts into two mirror images.',
        'Thresholds are those of the objective with its ε; exponents and edges are of the limit ε → 0.',
      ],
    };
  },
};

const objective = parseSpec(spec).objective;

/** Thresholds at this epsilon, in K. */
function cascade() {
  const { thresholds } = doublingCascade(objective, 0.1 * EPSILON, 5);
  return thresholds.map(({ kind, period, eta }) => ({ kind, period, K: eta / EPSILON }));
}

/** The window of period 3, in K. */
function windowOfThree(): readonly [number, number] {
  const { from, to } = periodicWindow(objective, { eta: 4.031 * EPSILON, x: 0.3 * EPSILON }, 3);
  return [from / EPSILON, to / EPSILON];
}

function thresholdChecks(periods: Result): readonly Check[] {
  const swept = sweptPeriods(periods, EPSILON);
  const expected = cascade();
  const theory = 'Newton on the cycles of the map';
  const places = expected.flatMap(({ kind, period, K }) =>
    kind === 'doubling' && period <= 8 ? [{ period, K, place: doublingPlace(swept, period) }] : [],
  );
  const parted = partingPlace(swept, numbersOf(periods, 'moments_mean'));
  const [broken] = expected.filter(({ kind }) => kind === 'symmetry-breaking');
  const [first, second] = windowOfThree();
  const [, two, four, eight] = places;
  if (!broken || !two || !four || !eight) throw new TypeError('the cascade has four doublings');
  return [
    ...places.map(({ period, K, place }) =>
      placeCheck(`η/ε where period ${period} doubles`, place, K, theory),
    ),
    placeCheck('η/ε where the 2-cycle loses its symmetry', parted, broken.K, theory),
    {
      ...placeCheck(
        'ratio of the distances of doublings 2, 4 and 8',
        ratioOf([two.place, four.place, eight.place]),
        4.624,
        'Feigenbaum, J. Stat. Phys. 19 (1978) 25; 4.669 in the limit, 4.624 of these three',
      ),
      why: 'errors of the three places',
    },
    placeCheck('η/ε where the window of period 3 begins', windowPlace(swept, 3), first, theory),
    placeCheck('η/ε where its period doubles', doublingPlace(swept, 3), second, theory),
  ];
}

function exponentChecks(chaos: Result): readonly Check[] {
  const [etas, values, errors] = [
    axisOf(chaos),
    numbersOf(chaos, 'lyapunov'),
    numbersOf(chaos, 'lyapunov_stderr'),
  ];
  const at = (K: number) => columnAt(etas, K);
  return [
    ...[1.5, 2.5, 3.3].map((K) => ({
      what: `Lyapunov exponent at η/ε = ${K}`,
      measured: values[at(K)] ?? Number.NaN,
      expected: localExponent(K),
      tolerance: 1e-4,
      why: 'float32 on the GPU: at 3.3 the slopes cancel to a hundredth',
      source: 'multiplier of the cycle, by hand',
    })),
    ...exponents.map(([K, expected, error]) => ({
      what: `Lyapunov exponent at η/ε = ${K}`,
      measured: values[at(K)] ?? Number.NaN,
      expected,
      tolerance: 4 * Math.hypot(errors[at(K)] ?? Number.NaN, error),
      why: '4 standard errors of both',
      source: 'float64 orbits of u − K sin u mod 2π by another program',
    })),
  ];
}

function edgeChecks(chaos: Result): readonly Check[] {
  const [etas, counts] = [axisOf(chaos), numbersOf(chaos, 'density')];
  const edges = numbersOf(chaos, 'density_edges');
  return [3.7, 4.2, 4.5].map((K) => {
    const start = columnAt(etas, K) * EDGE_BINS;
    const visits = counts.subarray(start, start + EDGE_BINS);
    const last = visits.findLastIndex((count) => count > 0);
    return {
      what: `edge of the attractor at η/ε = ${K}, in ε`,
      measured: ((edges[last] ?? Number.NaN) + (edges[last + 1] ?? Number.NaN)) / 2,
      expected: attractorEdge(K),
      tolerance: (2 * Math.PI) / EDGE_BINS,
      why: 'a cell of the density',
      source: 'largest value of the map, √(K² − 1) − arccos(1/K)',
    };
  });
}

function diagramPanel(diagram: Result): Panel {
  const edge = Array.from({ length: 101 }, (_, at) => 3.61 + (at / 100) * 0.99);
  const M = edge.map(attractorEdge);
  return {
    x: { label: 'learning rate η/ε', domain: [0, 4.6] },
    y: { label: 'position x/ε', domain: [-4, 4] },
    marks: [
      densityImage(diagram, [0, 4.6], [-4, 4], { width: 960, height: 540 }),
      ...thresholdRules(),
      {
        mark: 'curve',
        x: edge,
        y: M,
        colour: 'theory',
        dash: true,
        label: 'edge of the attractor of the well at 0',
      },
      { mark: 'curve', x: edge, y: M.map((u) => -u), colour: 'theory', dash: true },
    ],
  };
}

function thresholdRules(): readonly RuleMark[] {
  const found = cascade();
  const [K1, broken, K2] = found;
  const last = found.at(-1);
  const [three] = windowOfThree();
  const rules: readonly (readonly [number | undefined, string])[] = [
    [K1?.K, 'K₁'],
    [broken?.K, 'symmetry breaks'],
    [K2?.K, 'K₂'],
    [last?.K, 'K∞'],
    [three, 'period 3'],
  ];
  return rules.flatMap(([at, label]) =>
    at === undefined ? [] : [{ mark: 'rule', axis: 'x', at, label, colour: 'theory' }],
  );
}

function exponentPanel(chaos: Result): Panel {
  const etas = axisOf(chaos);
  const ordered = Array.from({ length: 688 }, (_, at) => 0.005 * (at + 1));
  return {
    x: { label: 'learning rate η/ε', domain: [0, 4.6] },
    y: { label: 'Lyapunov exponent, 1/step', domain: [-4, 1.2] },
    height: 240,
    marks: [
      { mark: 'rule', axis: 'y', at: 0, colour: 'quiet' },
      {
        mark: 'curve',
        x: etas,
        y: numbersOf(chaos, 'lyapunov'),
        colour: 'data',
        label: 'measured, ε → 0',
      },
      {
        mark: 'curve',
        x: ordered,
        y: ordered.map((K) => localExponent(K)),
        colour: 'theory',
        dash: true,
        label: 'multipliers of the cycles',
      },
      {
        mark: 'points',
        x: exponents.map(([K]) => K),
        y: exponents.map(([, exponent]) => exponent),
        colour: 'theory',
        label: 'known',
      },
    ],
  };
}
