import { parseExplorable } from '../../src/app/explorable.ts';
import { defaultLook, type Look } from '../../src/app/look.ts';
import { defaultView, writeFragment } from '../../src/app/url-state.ts';

const objective = { macro: 'x^2 / 2', micro: '-cos(x)' };
const wells = { macro: 'x^4 / 4 - x^2 / 2', micro: '-cos(x)', epsilon: 0.05 };
const plane = [
  { parameter: 'eta', from: 0.1, to: 3, count: 64, scale: 'log' },
  { parameter: 'epsilon', from: 0.04, to: 1, count: 64, scale: 'log' },
];
const one = { orbits: 1, initial: { x: 0.1 }, seed: 1 };

/** A small spec of every kind but the density over one axis, which has tests of its own. */
export const kindSpecs = {
  map: {
    etascope: 1,
    title: 'A map',
    objective,
    axes: plane,
    ensemble: one,
    steps: { skip: 50, keep: 40 },
    measures: [{ measure: 'lyapunov' }, { measure: 'moments', of: 'x' }],
  },
  regimes: {
    etascope: 1,
    title: 'Regimes',
    objective,
    axes: plane,
    ensemble: one,
    steps: { skip: 60, keep: 30 },
    measures: [{ measure: 'regime' }],
  },
  escapes: {
    etascope: 1,
    title: 'Escapes',
    objective: wells,
    axes: [{ parameter: 'eta', from: 0.2, to: 1, count: 64 }],
    ensemble: { orbits: 16, initial: { x: { uniform: [-1.05, -0.95] } }, seed: 1 },
    steps: { skip: 0, keep: 1 },
    measures: [{ measure: 'escape', when: 'x > 0', horizon: 300, bins: 40 }],
  },
  curve: {
    etascope: 1,
    title: 'A curve',
    objective: wells,
    optimizer: { eta: 0.5 },
    ensemble: { orbits: 64, initial: { x: { uniform: [-1, 1] } }, seed: 1 },
    steps: { skip: 100, keep: 500 },
    measures: [{ measure: 'density', of: 'x', range: [-2, 2], bins: 64 }],
  },
  joint: {
    etascope: 1,
    title: 'A plane',
    objective: {
      variables: ['x', 'y'],
      macro: 'x^4 / 4 - x^2 / 2 + y^2 / 2',
      micro: '-cos(x) - cos(y)',
      epsilon: 0.05,
    },
    optimizer: { eta: 0.5 },
    ensemble: {
      orbits: 256,
      initial: { x: { uniform: [-1, 1] }, y: { uniform: [-1, 1] } },
      seed: 1,
    },
    steps: { skip: 50, keep: 400 },
    measures: [
      {
        measure: 'joint-density',
        of: ['x', 'y'],
        range: [
          [-2, 2],
          [-1.5, 1.5],
        ],
        bins: [64, 48],
      },
    ],
  },
  'escape curve': {
    etascope: 1,
    title: 'Escapes at one rate',
    objective: wells,
    optimizer: { eta: 0.5 },
    ensemble: { orbits: 256, initial: { x: { uniform: [-1.05, -0.95] } }, seed: 1 },
    steps: { skip: 0, keep: 1 },
    measures: [{ measure: 'escape', when: 'x > 0', horizon: 300, bins: 40 }],
  },
  numbers: {
    etascope: 1,
    title: 'Numbers',
    objective: wells,
    optimizer: { eta: 0.5 },
    ensemble: { orbits: 16, initial: { x: { uniform: [-1, 1] } }, seed: 1 },
    steps: { skip: 20, keep: 200 },
    measures: [{ measure: 'lyapunov' }],
  },
} as const;

export type KindName = keyof typeof kindSpecs;

export const kindNames = Object.keys(kindSpecs) as KindName[]; // the keys are a literal type

/** The fragment of an address for a spec of a kind. */
export function kindFragment(name: KindName, look: Look = defaultLook): string {
  return writeFragment({ request: parseExplorable(kindSpecs[name]), look, view: defaultView });
}
