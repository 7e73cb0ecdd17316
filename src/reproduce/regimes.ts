import type { Result } from '../engine/result.ts';
import { paintResult } from '../export/paint-result.ts';
import { regimeColour } from '../export/regime-colours.ts';
import type { ColourList, Mark, Panel } from '../figure/figure.ts';
import { pixelsOf } from '../figure/pixels.ts';
import { regimes as regimeNames } from '../measure/regime.ts';
import type { Check } from './check.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf, columnAt, numbersOf } from './result-columns.ts';
import { presetSpec, smallSpec } from './small-spec.ts';
import { type WellBorders, wellBorders } from './well-borders.ts';

const { spec, source } = presetSpec('regimes');
const { from: LEAST, to: MOST } = rangeOf('eta');
/** Scales whose borders are compared with theory one by one. */
const SCALES = [0.06, 0.1, 0.16];
/** Scales at which borders are drawn, evenly spread over their logarithm. */
const POINTS = 48;
/** Where descent on the macro part is unstable. */
const UNSTABLE = 2;
/** Scales below which islands of order beyond that are narrower than a cell. */
const FINE = 0.2;

/** Converging, cycling, local and global chaos, divergence, over both scales. */
export const regimes: Reproduction = {
  name: 'regimes',
  title: 'Regimes over both scales',
  about:
    'What gradient descent does on x²/2 − ε cos(x/ε): it converges where η is below 2ε/(1 + ε), doubles its ' +
    'periods, is chaotic inside one micro-well, then beyond it, and diverges beyond η = 2. The borders are ' +
    'computed from the formula and drawn over the map. The tongues of order on the right are the outermost ' +
    'micro-wells, so shallow that they still attract.',
  source,
  isReconstruction: true,
  onGpu: false,
  runs: (effort) => ({
    regimes: effort === 'full' ? spec : smallSpec(spec, { counts: [160, 80], skip: 1500 }),
  }),
  report({ regimes: result }) {
    if (!result) throw new TypeError('the run is needed');
    const map = mapOf(result);
    return {
      figure: {
        title: 'Regimes of gradient descent over both scales',
        subtitle: 'f = x²/2 − ε cos(x/ε), one orbit a cell, from x = 0.1',
        panels: [mapPanel(result)],
      },
      checks: [
        ...SCALES.flatMap((scale) => borderChecks(map, scale)),
        ...divergenceChecks(map),
        convergenceCheck(map),
      ],
      notes: [
        'The borders are those of the central micro-well; beyond it, an orbit may be caught in another one.',
        'Beyond η = 2, where descent on x²/2 alone diverges, a coarse micro-structure still holds orbits: the ' +
          'cycles that change sign at every step.',
      ],
    };
  },
};

function rangeOf(parameter: string): { readonly from: number; readonly to: number } {
  const axis = (spec.axes ?? []).find((axis) => axis.parameter === parameter);
  if (!axis) throw new TypeError(`no axis ${parameter}`);
  return axis;
}

function mapPanel(result: Result): Panel {
  const { from, to } = rangeOf('epsilon');
  const scales = Array.from({ length: POINTS + 1 }, (_, at) => from * (to / from) ** (at / POINTS));
  const borders = scales.map(wellBorders);
  const curve = (of: (borders: WellBorders) => number, label: string, dash: boolean): Mark => ({
    mark: 'curve',
    x: borders.map(of).map((eta) => (eta <= UNSTABLE ? eta : Number.NaN)),
    y: scales,
    colour: 'theory',
    dash,
    label,
  });
  return {
    x: { label: 'learning rate η', scale: 'log', domain: [LEAST, MOST] },
    y: { label: 'scale of the micro-structure ε', scale: 'log', domain: [from, to] },
    marks: [
      {
        mark: 'image',
        picture: pixelsOf(paintResult(result)),
        x: [LEAST, MOST],
        y: [from, to],
        colours: legendOf(result),
      },
      curve(({ doubling }) => doubling, 'first doubling, η = 2ε/(1 + ε)', false),
      curve((borders) => borders.chaos, 'doublings accumulate', false),
      curve((borders) => borders.escape, 'the attractor leaves its micro-well', true),
      { mark: 'rule', axis: 'x', at: UNSTABLE, label: 'η = 2', colour: 'theory' },
    ],
    height: 560,
  };
}

/** Regimes that occur, with periods 2, 4, 8 and a longer one told apart. */
function legendOf(result: Result): ColourList {
  const seen = new Set(numbersOf(result, 'regime'));
  const entries = regimeNames.flatMap((name, regime) => {
    if (!seen.has(regime)) return [];
    if (name !== 'periodic') return [{ colour: regimeColour(regime, 0).colour, label: name }];
    return [2, 4, 8, 3].map((period) => ({
      colour: regimeColour(regime, period).colour,
      label: period === 3 ? 'other periods, from 3 on' : `period ${period}`,
    }));
  });
  return { label: 'regime', entries };
}

/** The map by name. */
interface RegimeMap {
  readonly etas: Float64Array;
  readonly scales: Float64Array;
  /** Ratio of neighbouring learning rates. */
  readonly ratio: number;
  at(column: number, row: number): string | undefined;
}

function mapOf(result: Result): RegimeMap {
  const [etas, scales] = [axisOf(result), axisOf(result, 1)];
  const cells = numbersOf(result, 'regime');
  return {
    etas,
    scales,
    ratio: (etas[1] ?? 0) / (etas[0] ?? 1),
    at: (column, row) => regimeNames[cells[column * scales.length + row] ?? -1],
  };
}

/** Where the first cell of a row that satisfies a condition begins, and its width. */
function firstEta(
  { etas, ratio, at }: RegimeMap,
  row: number,
  isThere: (name?: string) => boolean,
) {
  const eta = etas.find((_, column) => isThere(at(column, row))) ?? Number.NaN;
  return { eta: eta / Math.sqrt(ratio), width: eta * (ratio - 1) };
}

function borderChecks(map: RegimeMap, scale: number): readonly Check[] {
  const row = columnAt(map.scales, scale);
  const epsilon = map.scales[row] ?? Number.NaN;
  const place = `at ε = ${epsilon.toPrecision(3)}`;
  const theory = wellBorders(epsilon);
  const doubling = firstEta(map, row, (name) => name !== 'converged');
  const leaving = firstEta(map, row, (name) => name === 'globally chaotic');
  return [
    {
      what: `η of the first doubling, ${place}`,
      measured: doubling.eta,
      expected: theory.doubling,
      tolerance: doubling.width,
      why: 'width of a cell',
      source: 'linear stability of the minimum: η (1 + 1/ε) = 2',
    },
    {
      what: `η from which it is chaotic beyond a micro-well, ${place}`,
      measured: leaving.eta,
      expected: (theory.period + theory.escape) / 2,
      tolerance: (theory.escape - theory.period) / 2 + leaving.width,
      why: 'from where the attractor is a period wide to the crisis where it leaves, and a cell',
      source: 'the edge of the attractor, by hand: images of its turning points',
    },
  ];
}

function divergenceChecks(map: RegimeMap): readonly Check[] {
  const { etas, scales, at } = map;
  const below = etas
    .filter((eta) => eta < UNSTABLE)
    .reduce(
      (sum, _, column) => sum + scales.filter((_, row) => at(column, row) === 'diverged').length,
      0,
    );
  const fine = scales.findLastIndex((epsilon) => epsilon < FINE);
  const first = Array.from({ length: fine + 1 }, (_, row) =>
    firstEta(map, row, (name) => name === 'diverged'),
  ).sort((one, other) => one.eta - other.eta);
  const middle = first[first.length >> 1];
  return [
    {
      what: `η from which it diverges, the median of the rows with ε < ${FINE}`,
      measured: middle?.eta ?? Number.NaN,
      expected: UNSTABLE,
      tolerance: 2 * (middle?.width ?? Number.NaN),
      why: 'width of two cells: in the first, 2000 steps may be too few',
      source: 'x²/2 alone: |1 − η| > 1',
    },
    {
      what: 'cells that diverge at η < 2',
      measured: below,
      expected: 0,
      tolerance: 0,
      why: 'a count',
      source: '|x| stays below η / (1 − |1 − η|)',
    },
  ];
}

/** Whether all cells in which the minimum attracts, by more than a cell, converge. */
function convergenceCheck({ etas, scales, ratio, at }: RegimeMap): Check {
  let [inside, converged] = [0, 0];
  scales.forEach((epsilon, row) => {
    etas.forEach((eta, column) => {
      if (eta * ratio > (2 * epsilon) / (1 + epsilon)) return;
      inside += 1;
      if (at(column, row) === 'converged') converged += 1;
    });
  });
  return {
    what: 'share of cells with η (1 + 1/ε) < 2 that converge',
    measured: converged / inside,
    expected: 1,
    tolerance: 0,
    why: 'all do, but those within a cell of the border, which are not counted',
    source: 'linear stability of the minimum',
  };
}
