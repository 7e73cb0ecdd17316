import type { Mark, Panel } from '../figure/figure.ts';
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
import { matyas, ONE_WAVE, quasiperiodic } from './exponent-systems.ts';
import { localExponent } from './local-exponent.ts';
import type { Effort, Reproduction } from './reproduction.ts';
import { columnAt } from './result-columns.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

const { spec, source } = presetSpec('lyapunov-eta');
const EPSILON = 1e-4;
/** Learning rates of chaos over the whole basin whose exponents theory is held to. */
const CHAOS: readonly [number, number] = [0.1, 0.45];
/** Distance of the columns inside one micro-well, in K = eta / epsilon. */
const localWidth = { full: 0.005, quick: 0.025 };

/** Exponents of u - K sin u mod 2 pi, from float64 orbits of another program, with their errors. */
const known: readonly (readonly [K: number, exponent: number, error: number])[] = [
  [3.3, -1.94622, 5e-6],
  [3.55, 0.17575, 2e-5],
  [3.7, 0.43069, 3e-5],
  [4.2, 0.78914, 4e-5],
  [4.5, 0.97182, 3e-5],
  [5, 1.11664, 5e-5],
  [10, 1.56437, 7e-5],
  [20, 2.28456, 8e-5],
];

/** Where the exponent touches 0 from below, as epsilon -> 0. */
const bifurcations: readonly (readonly [words: string, K: number, from: number, to: number])[] = [
  ['the first doubling', 2, 1.8, 2.3],
  ['the symmetry breaking', Math.PI, 3, 3.25],
  ['the second doubling', Math.sqrt(Math.PI ** 2 + 2), 3.38, 3.48],
];
/** Where the doublings accumulate, as epsilon -> 0. */
const CHAOS_ONSET = 3.531521541;

/** Exponents over the learning rate, from order in one micro-well to chaos over the basin. */
export const lyapunovEta: Reproduction = {
  name: 'lyapunov-eta',
  title: 'Lyapunov exponent against the learning rate',
  about:
    'From the left: the minimum attracts, its doublings are where the exponent touches 0, and beyond ' +
    'η ≈ 3.5 ε there is chaos, with dips into order. Where η ≫ ε the exponent is ln(η/ε) + m, m being ' +
    'the mean logarithm of the micro-curvature: −ln 2 for one wave, −ln(2)/2 for the two ' +
    'incommensurate ones, and in two dimensions for either exponent.',
  source,
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => ({
    'lyapunov-eta':
      effort === 'full'
        ? spec
        : smallSpec(spec, { counts: [100], orbits: 16, skip: 500, keep: 1000 }),
    local: localSpec(effort),
    beyond: {
      ...localSpec(effort),
      title: 'Exponents as epsilon -> 0 at K = 10 and 20',
      axes: [{ parameter: 'eta', from: 5, to: 25, count: 2 }],
    },
    quasiperiodic: basinSpec(quasiperiodic, effort),
    matyas: basinSpec(matyas, effort),
  }),
  report(results) {
    const { 'lyapunov-eta': main, local, beyond, quasiperiodic: two, matyas: plane } = results;
    if (!main || !local || !beyond || !two || !plane) throw new TypeError('all runs are needed');
    const one = exponentColumns(main);
    const well = exponentColumns(local);
    const waves = exponentColumns(two);
    const pair = exponentColumns(plane, 2);
    return {
      figure: {
        title: 'Lyapunov exponent against the learning rate',
        subtitle: 'f = f₀(x) + ε f₁(x/ε), ε = 0.0001; natural logarithm per step',
        columns: 2,
        panels: [
          basinPanel('x²/2, one wave', one, ONE_WAVE, true),
          wellPanel(well),
          basinPanel(quasiperiodic.words, waves, quasiperiodic.m),
          basinPanel(`${matyas.words}: mean of both`, pair, matyas.m),
        ],
      },
      checks: [
        ...knownChecks(well, exponentColumns(beyond)),
        ...wellChecks(well),
        orderCheck(one, localTheory, 'order at η ≤ 3.4 ε'),
        chaosCheck('x²/2, one wave', one, ONE_WAVE),
        chaosCheck('two incommensurate waves', waves, quasiperiodic.m),
        chaosCheck('Matyas, half the sum of both', pair, matyas.m),
      ],
      notes: [
        'The panel of one micro-well is the limit ε → 0, u ← u − K sin u with u = x/ε and K = η/ε.',
        'The checks keep to η² ≥ 100 ε, where the whole law of the orbits is that of the limit; the exponent alone ' +
          'is so from η ≈ 30 ε on, but for narrow windows of order.',
        'Two incommensurate waves have wells of every depth: below η ≈ 100 ε orbits wander until one so shallow ' +
          'that it attracts catches them, and the exponent is that of the few still free and the many at rest.',
      ],
    };
  },
};

/** The map of one micro-well, in units of epsilon: cell centres are multiples of the width. */
function localSpec(effort: Effort): SpecInput {
  const width = localWidth[effort];
  const [from, to] = [1, 5.2];
  const isFull = effort === 'full';
  return {
    etascope: 1,
    title: 'Exponents as epsilon -> 0, in units of epsilon',
    objective: { macro: '0', micro: '-cos(x)', epsilon: 1 },
    optimizer: { rule: 'gd' },
    axes: [
      {
        parameter: 'eta',
        from: from - width / 2,
        to: to + width / 2,
        count: Math.round((to - from) / width) + 1,
      },
    ],
    ensemble: { orbits: isFull ? 128 : 32, initial: { x: { uniform: [-1, 1] } }, seed: 1 },
    steps: { skip: 1000, keep: isFull ? 4000 : 1000 },
    measures: [{ measure: 'lyapunov' }],
    precision: 'statistics',
  };
}

/** The preset's sweep of another objective. */
function basinSpec(system: typeof matyas, effort: Effort): SpecInput {
  const { objective, exponents, start, words } = system;
  const isFull = effort === 'full';
  const [lo, hi] = start;
  const initial = { uniform: [lo * EPSILON, hi * EPSILON] as [number, number] };
  return {
    ...spec,
    title: `Lyapunov exponents against the learning rate: ${words}`,
    objective: { ...objective, epsilon: EPSILON },
    axes: [{ parameter: 'eta', from: 1e-4, to: 1, count: isFull ? 300 : 60, scale: 'log' }],
    ensemble: {
      orbits: isFull ? 64 : 16,
      initial: Object.fromEntries((objective.variables ?? ['x']).map((name) => [name, initial])),
      seed: 1,
    },
    steps: { skip: isFull ? 2000 : 500, keep: isFull ? 4000 : 1000 },
    measures: [{ measure: 'lyapunov', exponents }],
  };
}

const localTheory = (eta: number) => localExponent(eta / EPSILON, eta);

function basinPanel(title: string, columns: ExponentColumns, m: number, hasOrder = false): Panel {
  const from = 3 * EPSILON;
  const etas = columns.at.filter((eta) => eta >= from);
  const ordered = columns.at.filter((eta) => eta < 3.5 * EPSILON);
  const order: Mark = {
    mark: 'curve',
    x: ordered,
    y: ordered.map(localTheory),
    colour: 'theory',
    dash: true,
    label: 'exact, of minimum and 2-cycle',
  };
  return {
    title,
    x: { label: 'learning rate η', scale: 'log', domain: [EPSILON, 1] },
    y: { label: 'exponent λ', domain: [-3, 9] },
    marks: [
      { mark: 'rule', axis: 'y', at: 0 },
      { mark: 'rule', axis: 'x', at: 10 * Math.sqrt(EPSILON), label: 'η² = 100 ε' },
      { mark: 'curve', x: columns.at, y: columns.mean, colour: 'data', label: 'measured' },
      ...(hasOrder ? [order] : []),
      {
        mark: 'curve',
        x: etas,
        y: etas.map((eta) => Math.log(eta / EPSILON) + m),
        colour: 'theory',
        dash: true,
        label: m === ONE_WAVE ? 'ln(η/ε) − ln 2' : 'ln(η/ε) − ln(2)/2',
      },
    ],
    width: 480,
    height: 320,
  };
}

function wellPanel({ at, mean }: ExponentColumns): Panel {
  const inside = known.filter(([K]) => K <= (at.at(-1) ?? 0));
  return {
    title: 'inside one micro-well, ε → 0',
    x: { label: 'K = η/ε', domain: [1, 5.2] },
    y: { label: 'exponent λ', domain: [-3, 1.5] },
    marks: [
      { mark: 'rule', axis: 'y', at: 0 },
      { mark: 'rule', axis: 'x', at: 2, label: 'K = 2' },
      { mark: 'rule', axis: 'x', at: Math.PI, label: 'π' },
      { mark: 'rule', axis: 'x', at: Math.sqrt(Math.PI ** 2 + 2) },
      { mark: 'rule', axis: 'x', at: CHAOS_ONSET, label: 'chaos' },
      { mark: 'curve', x: at, y: mean, colour: 'data', label: 'measured' },
      {
        mark: 'curve',
        x: at,
        y: at.map((K) => localExponent(K)),
        colour: 'theory',
        dash: true,
        label: 'exact, of minimum and 2-cycle',
      },
      {
        mark: 'points',
        x: inside.map(([K]) => K),
        y: inside.map(([, exponent]) => exponent),
        colour: 'theory',
        label: 'known to 5 digits',
      },
    ],
    width: 480,
    height: 320,
  };
}

function knownChecks(well: ExponentColumns, beyond: ExponentColumns): readonly Check[] {
  return known.map(([K, expected, error]) => {
    const { at, mean, error: errors } = K <= (well.at.at(-1) ?? 0) ? well : beyond;
    const column = columnAt(at, K);
    return {
      what: `λ at K = ${K}, ε → 0`,
      measured: mean[column] ?? Number.NaN,
      expected,
      tolerance: 4 * Math.hypot(errors[column] ?? Number.NaN, error, 1e-5),
      why: '4 standard errors of both, and a cosine right to 1e-5',
      source: 'float64 orbits of another program, to 5 digits',
    };
  });
}

function wellChecks(well: ExponentColumns): readonly Check[] {
  const width = (well.at[1] ?? 0) - (well.at[0] ?? 0);
  const touches = bifurcations.map(([words, K, from, to]): Check => {
    return {
      what: `K of ${words}, where λ touches 0`,
      measured: peakBetween(well, from, to),
      expected: K,
      tolerance: width,
      why: 'distance of two columns',
      source: 'stability of the 2-cycle, by hand',
    };
  });
  const isChaotic = (column: number) =>
    (well.mean[column] ?? 0) > 4 * (well.error[column] ?? 0) + 0.01;
  const onset = well.at.find((K, column) => K > 3.48 && isChaotic(column)) ?? Number.NaN;
  return [
    ...touches,
    {
      what: 'K from which λ > 0',
      measured: onset,
      expected: CHAOS_ONSET,
      tolerance: 2 * width,
      why: 'distance of three columns',
      source: 'accumulation of doublings by Newton at 50 digits',
    },
    orderCheck(well, (K) => localExponent(K), 'order at K ≤ 3.4, ε → 0'),
  ];
}

function chaosCheck(words: string, columns: ExponentColumns, m: number): Check {
  const chaos = columnsWhere(columns, (eta) => eta >= CHAOS[0] && eta <= CHAOS[1]);
  const { value, error } = meanDeviation(chaos, (eta) => Math.log(eta / EPSILON));
  return {
    what: `${words}: λ − ln(η/ε), mean over ${CHAOS.join(' ≤ η ≤ ')}`,
    measured: value,
    expected: m,
    tolerance: 4 * error + CHAOS_BIAS,
    why: '4 standard errors, and 0.002 for ε > 0',
    source: 'Kong and Tao: mean of ln|f₁″|',
  };
}
