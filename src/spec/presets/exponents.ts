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
  'lyapunov-eta': {
    about:
      'Lyapunov exponent of gradient descent on x^2/2 over four decades of eta: order and its doublings ' +
      'at eta ~ epsilon, then chaos that grows like log(eta / epsilon).',
    source: `${kongTao}.`,
    spec: {
      etascope: 1,
      title: 'Lyapunov exponent against the learning rate',
      objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-4 },
      optimizer: { rule: 'gd' },
      axes: [{ parameter: 'eta', from: 1e-4, to: 1, count: 600, scale: 'log' }],
      ensemble: { orbits: 64, initial: { x: { uniform: [-1e-4, 1e-4] } }, seed: 1 },
      steps: { skip: 2000, keep: 5000 },
      measures: [{ measure: 'lyapunov' }],
      precision: 'statistics',
    },
  },
  'lyapunov-epsilon': {
    about:
      'Lyapunov exponent of gradient descent on x^2/2 at eta = 0.1 over six decades of epsilon: the ' +
      'finer the micro-structure, the stronger the chaos, like -log(epsilon).',
    source: `${kongTao}.`,
    spec: {
      etascope: 1,
      title: 'Lyapunov exponent against the scale of the micro-structure',
      objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)' },
      optimizer: { rule: 'gd', eta: 0.1 },
      axes: [{ parameter: 'epsilon', from: 1e-6, to: 1, count: 600, scale: 'log' }],
      ensemble: { orbits: 64, initial: { x: { uniform: [-0.01, 0.01] } }, seed: 1 },
      steps: { skip: 1000, keep: 8000 },
      measures: [{ measure: 'lyapunov' }],
      precision: 'statistics',
    },
  },
};
