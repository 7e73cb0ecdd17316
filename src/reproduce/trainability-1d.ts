import type { Result } from '../engine/result.ts';
import type { Panel } from '../figure/figure.ts';
import type { Check } from './check.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf, numbersOf } from './result-columns.ts';
import { mapImage } from './result-image.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

const { spec, source } = presetSpec('trainability-1d');
/** How far from the onset the first islands may be seen: they begin narrower than a column. */
const SHARPNESS = 0.05;

/** The fractal edge of trainability. */
export const trainability1d: Reproduction = {
  name: 'trainability-1d',
  title: 'Trainability: from a smooth edge to a fractal',
  about:
    'On x^2 + e cos(2 pi x / l) with l = 0.1, from x = 2, learning rates a little above 1 still stay ' +
    'bounded, greater ones diverge. While the objective is convex, one edge parts the two. From a roughness ' +
    'e / l^2 of 1 / (2 pi^2) on it is not, and the edge breaks into islands within islands: below, how many ' +
    'times the outcome changes along the learning rate.',
  source,
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => ({
    'trainability-1d': effort === 'full' ? spec : smallSpec(spec, { counts: [480, 20] }),
  }),
  report({ 'trainability-1d': map }) {
    if (!map) throw new TypeError('the result is needed');
    const rows = edgesByRow(map);
    return {
      figure: {
        title: 'Trainability: from a smooth edge to a fractal',
        subtitle: 'f = x² + e cos(2π x/l), l = 0.1, from x = 2',
        panels: [mapPanel(map), edgePanel(rows)],
      },
      checks: edgeChecks(rows),
      notes: [
        'Roughness is e/l² in units of 1/(2π²), beyond which f″ is negative somewhere.',
        'Near the onset islands are narrower than a column, so that it is seen to within a twentieth.',
      ],
    };
  },
};

interface Row {
  /** Roughness over that at which the objective is no longer convex. */
  readonly roughness: number;
  /** How many times neighbouring learning rates differ in whether they diverge. */
  readonly edges: number;
}

function edgesByRow(map: Result): readonly Row[] {
  const [columns, roughnesses] = [axisOf(map, 0).length, axisOf(map, 1)];
  const escaped = numbersOf(map, 'escape_count');
  return Array.from(roughnesses, (roughness, row) => {
    let edges = 0;
    for (let column = 1; column < columns; column++) {
      const here = column * roughnesses.length + row;
      if (escaped[here] !== escaped[here - roughnesses.length]) edges++;
    }
    return { roughness, edges };
  });
}

function edgeChecks(rows: readonly Row[]): readonly Check[] {
  const smooth = rows.filter(({ roughness }) => roughness < 1 - SHARPNESS);
  const rough = rows.find(({ edges }) => edges > 1);
  const width = (rows[1]?.roughness ?? 0) - (rows[0]?.roughness ?? 0);
  const liu = 'Y. Liu, arXiv 2406.13971: the boundary is fractal where the objective is non-convex';
  return [
    {
      what: 'most edges at a roughness below 0.95 of the onset',
      measured: Math.max(...smooth.map(({ edges }) => edges)),
      expected: 1,
      tolerance: 0,
      why: 'a count',
      source: liu,
    },
    {
      what: 'least roughness with more than one edge, in 1/(2π²)',
      measured: rough?.roughness ?? Number.NaN,
      expected: 1,
      tolerance: SHARPNESS + width / 2,
      why: 'islands about the onset are narrower than a column; half a row',
      source: liu,
    },
  ];
}

function mapPanel(map: Result): Panel {
  return {
    x: { label: 'learning rate η', domain: [1.003, 1.0115] },
    y: { label: 'roughness, in 1/(2π²)', domain: [0.5, 1.5] },
    marks: [
      mapImage(
        map,
        { measure: 'escape_mean', tone: 'log', range: [100, 500] },
        'steps to |x| > 20; grey: none',
        [1.003, 1.0115],
        [0.5, 1.5],
      ),
      { mark: 'rule', axis: 'y', at: 1, label: 'convex below', colour: 'theory' },
    ],
  };
}

function edgePanel(rows: readonly Row[]): Panel {
  return {
    x: { label: 'roughness, in 1/(2π²)', domain: [0.5, 1.5] },
    y: { label: 'edges along η', scale: 'log', domain: [0.8, 300] },
    height: 240,
    marks: [
      { mark: 'rule', axis: 'x', at: 1, label: 'no longer convex', colour: 'theory' },
      {
        mark: 'points',
        x: rows.map(({ roughness }) => roughness),
        y: rows.map(({ edges }) => edges),
        colour: 'data',
        size: 4,
        label: 'measured',
      },
      {
        mark: 'curve',
        x: [0.5, 1],
        y: [1, 1],
        colour: 'theory',
        dash: true,
        label: 'one, while convex',
      },
    ],
  };
}
