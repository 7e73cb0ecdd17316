import { kongTao, type Presets } from './preset.ts';

/** Global chaos: what law gradient descent samples. */
export const lawPresets: Presets = {
  'global-chaos': {
    about:
      'For epsilon << eta << 1 gradient descent wanders over the whole basin of x^2/2, as if ' +
      'driven by noise, with variance eta / (2 (2 - eta)).',
    source: `${kongTao}. At the left edge eta^2 is no greater than epsilon, and the law is least exact.`,
    spec: {
      etascope: 1,
      title: 'Global chaos: gradient descent samples a basin',
      objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-4 },
      optimizer: { rule: 'gd' },
      axes: [{ parameter: 'eta', from: 0.01, to: 0.5, count: 1920, scale: 'linear' }],
      ensemble: { orbits: 64, initial: { x: { uniform: [-0.5, 0.5] } }, seed: 1 },
      steps: { skip: 2000, keep: 2000 },
      measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 1080 }],
      precision: 'statistics',
    },
  },
};
