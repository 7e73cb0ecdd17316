import { kongTao, type Presets } from './preset.ts';

/** Inside one micro-well: convergence, period doublings, chaos. */
export const localChaosPresets: Presets = {
  'period-doubling': {
    about:
      'Inside one micro-well of x^2/2 - epsilon cos(x/epsilon), growing eta takes gradient ' +
      'descent from rest through period doublings into chaos.',
    source: `${kongTao}; the objective and epsilon are inferred from the ranges of the axes.`,
    spec: {
      etascope: 1,
      title: 'Transition into chaos by period doublings',
      objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
      optimizer: { rule: 'gd' },
      axes: [{ parameter: 'eta', from: 0, to: 4.6e-3, count: 1920, scale: 'linear' }],
      ensemble: { orbits: 64, initial: { x: { uniform: [-0.004, 0.004] } }, seed: 1 },
      steps: { skip: 2000, keep: 2000 },
      measures: [{ measure: 'density', of: 'x', range: [-4e-3, 4e-3], bins: 1080 }],
      precision: 'statistics',
    },
  },
  'tilted-wells': {
    about:
      'What becomes of every start on x^2/2 - epsilon cos(x/epsilon): far out, where the macro part ' +
      'tilts the micro-wells, their minima attract at learning rates at which those further in do not.',
    source: `${kongTao}; the axes are those of the paper, objective and epsilon were chosen here.`,
    spec: {
      etascope: 1,
      title: 'Tilted wells: which micro-minima attract',
      objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
      optimizer: { rule: 'gd' },
      axes: [
        { parameter: 'eta', from: 0, to: 5e-3, count: 400, scale: 'linear' },
        { parameter: 'initial.x', from: 0, to: 1.1, count: 440, scale: 'linear' },
      ],
      ensemble: { orbits: 1, seed: 1 },
      steps: { skip: 2000, keep: 300 },
      measures: [{ measure: 'regime' }, { measure: 'final' }],
      precision: 'statistics',
    },
  },
};
