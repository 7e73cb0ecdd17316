import type { Presets } from './preset.ts';

/** Maps whose behaviour is known from elsewhere, as gradient descent. */
export const knownMapPresets: Presets = {
  logistic: {
    about:
      'Gradient descent on the cubic x^3/3 - x^2/2 is the logistic map with r = 1 + eta: the ' +
      'bifurcation diagram of every textbook.',
    source:
      'R. M. May, "Simple mathematical models with very complicated dynamics", Nature 261 (1976); ' +
      'y = eta x / (1 + eta) gives y -> r y (1 - y).',
    spec: {
      etascope: 1,
      title: 'The logistic map as gradient descent on a cubic',
      objective: { variables: ['x'], macro: 'x^3 / 3 - x^2 / 2' },
      optimizer: { rule: 'gd' },
      axes: [{ parameter: 'eta', from: 1.8, to: 3, count: 1920, scale: 'linear' }],
      ensemble: { orbits: 32, initial: { x: { uniform: [0.1, 1.2] } }, seed: 1 },
      steps: { skip: 1000, keep: 2000 },
      measures: [{ measure: 'density', of: 'x', range: [0, 1.4], bins: 1080 }],
      precision: 'statistics',
    },
  },
};
