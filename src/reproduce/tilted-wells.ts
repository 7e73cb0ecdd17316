import { stableTilts } from '../analysis/windows.ts';
import type { Result } from '../engine/result.ts';
import { paintResult } from '../export/paint-result.ts';
import { regimeColour } from '../export/regime-colours.ts';
import type { ColourList, Panel } from '../figure/figure.ts';
import { pixelsOf } from '../figure/pixels.ts';
import type { Check } from './check.ts';
import type { Reproduction } from './reproduction.ts';
import { axisOf, numbersOf } from './result-columns.ts';
import { presetSpec, smallSpec } from './small-spec.ts';

const { spec, source } = presetSpec('tilted-wells');
const EPSILON = 1e-3;
/** Minima are a period apart, and no start may come to rest at the first two; the macro part adds epsilon. */
const SPACING = (3 * 2 * Math.PI + 1) * EPSILON;

/** Which micro-minima attract, over the learning rate and the start. */
export const tiltedWells: Reproduction = {
  name: 'tilted-wells',
  title: 'Tilted wells: which micro-minima attract',
  about:
    'At a distance x from the centre the macro part tilts the micro-wells by a slope of x, and a tilted ' +
    'minimum is flatter: it attracts where eta/epsilon sqrt(1 - x^2) is below 2. So starts far out come to ' +
    'rest at learning rates at which those near the centre cycle or wander; beyond x = 1 there is no ' +
    'minimum, and orbits run inwards to the first that holds them.',
  source,
  isReconstruction: true,
  onGpu: true,
  runs: (effort) => ({
    'tilted-wells':
      effort === 'full' ? spec : smallSpec(spec, { counts: [10, 440], skip: 500, keep: 150 }),
  }),
  report({ 'tilted-wells': map }) {
    if (!map) throw new TypeError('the result is needed');
    return {
      figure: {
        title: 'Tilted wells: which micro-minima attract',
        subtitle: 'f = x²/2 − ε cos(x/ε), ε = 0.001',
        panels: [mapPanel(map), restPanel(map)],
      },
      checks: tiltChecks(innermostRest(map)),
      notes: [
        'Of a column, the innermost place where any orbit came to rest is compared; minima are 2πε apart.',
      ],
    };
  },
};

interface Rest {
  /** eta / epsilon. */
  readonly K: number;
  /** Least distance from the centre at which an orbit rests; NaN where none does. */
  readonly x: number;
}

/** Where orbits come to rest nearest to the centre, for each learning rate. */
function innermostRest(map: Result): readonly Rest[] {
  const [etas, starts] = [axisOf(map, 0), axisOf(map, 1)];
  const [regimes, places] = [numbersOf(map, 'regime'), numbersOf(map, 'final')];
  return Array.from(etas, (eta, column) => {
    let least = Number.NaN;
    for (let row = 0; row < starts.length; row++) {
      const cell = column * starts.length + row;
      const x = Math.abs(places[cell] ?? Number.NaN);
      if (regimes[cell] === 0 && !(x >= least)) least = x;
    }
    return { K: eta / EPSILON, x: least };
  });
}

function tiltChecks(rests: readonly Rest[]): readonly Check[] {
  return [2.5, 3, 3.5, 4].map((wanted) => {
    const [nearest] = [...rests].sort((a, b) => Math.abs(a.K - wanted) - Math.abs(b.K - wanted));
    const { K, x } = nearest ?? { K: Number.NaN, x: Number.NaN };
    return {
      what: `innermost place of rest at η/ε = ${K.toFixed(3)}`,
      measured: x,
      expected: stableTilts(K)[0],
      tolerance: SPACING,
      why: 'three periods of the micro-structure, since not each well has a start that stays',
      source: 'linear stability of a tilted cosine, η/ε √(1 − x²) = 2',
    };
  });
}

/** Regimes whose colours are told beside the map; cycles by their most frequent periods. */
const told = [
  [0, 0],
  [1, 2],
  [1, 4],
  [1, 3],
  [2, 0],
  [3, 0],
  [5, 0],
] as const;

function mapPanel(map: Result): Panel {
  const colours: ColourList = {
    label: 'orbits are',
    entries: told.map(([regime, period]) => {
      const { meaning, colour } = regimeColour(regime, period);
      return { colour, label: meaning };
    }),
  };
  return {
    x: { label: 'learning rate η/ε', domain: [0, 5] },
    y: { label: 'start x₀', domain: [0, 1.1] },
    marks: [
      {
        mark: 'image',
        picture: pixelsOf(paintResult(map, { measure: 'regime' })),
        x: [0, 5],
        y: [0, 1.1],
        colours,
      },
      { ...boundary(), label: 'η/ε √(1 − x²) = 2' },
      { mark: 'rule', axis: 'y', at: 1, label: 'no minima beyond', colour: 'quiet' },
    ],
  };
}

function restPanel(map: Result): Panel {
  const rests = innermostRest(map);
  return {
    x: { label: 'learning rate η/ε', domain: [0, 5] },
    y: { label: 'innermost place of rest x', domain: [0, 1] },
    height: 240,
    marks: [
      {
        mark: 'points',
        x: rests.map(({ K }) => K),
        y: rests.map(({ x }) => x),
        colour: 'data',
        size: 3,
        label: 'measured',
      },
      { ...boundary(), dash: true, label: 'η/ε √(1 − x²) = 2' },
    ],
  };
}

function boundary() {
  const K = Array.from({ length: 301 }, (_, at) => 2 + 0.01 * at);
  return {
    mark: 'curve',
    x: K,
    y: K.map((each) => stableTilts(each)[0]),
    colour: 'theory',
  } as const;
}
