import { kongTao, type Preset, type Presets } from './preset.ts';

/** Both scales of the objective, so far that it goes from convergence to divergence. */
const bothScales: NonNullable<Preset['spec']['axes']> = [
  { parameter: 'eta', from: 0.1, to: 3, count: 512, scale: 'log' },
  { parameter: 'epsilon', from: 0.04, to: 1, count: 512, scale: 'log' },
];

/** Order and chaos over both scales. */
export const exponentPresets: Presets = {
  'lyapunov-map': {
    about:
      'Lyapunov exponent over eta and epsilon: convergence and period doublings below the diagonal ' +
      'eta = 3.5 epsilon, chaos with tongues of order above it, divergence beyond eta = 2.',
    source: `${kongTao}; no such map is in the paper, all of it was chosen here.`,
    spec: {
      etascope: 1,
      title: 'Order and chaos of gradient descent over both scales',
      objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)' },
      optimizer: { rule: 'gd' },
      axes: bothScales,
      ensemble: { orbits: 1, initial: { x: 0.1 }, seed: 1 },
      steps: { skip: 1000, keep: 500 },
      measures: [{ measure: 'lyapunov' }],
      precision: 'float64',
    },
  },
  regimes: {
    about:
      'What gradient descent does over eta and epsilon: converge, cycle, wander in its micro-well ' +
      'or beyond it, or diverge.',
    source: `${kongTao}; the four regimes are theirs, the map was chosen here.`,
    spec: {
      etascope: 1,
      title: 'The regimes of gradient descent over both scales',
      objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)' },
      optimizer: { rule: 'gd' },
      axes: bothScales,
      ensemble: { orbits: 1, initial: { x: 0.1 }, seed: 1 },
      steps: { skip: 2000, keep: 500 },
      measures: [{ measure: 'regime' }],
      precision: 'float64',
    },
  },
};
