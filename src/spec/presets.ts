import type { SpecInput } from './schema.ts';

/** A spec that comes with etascope. */
export interface Preset {
  /** What its picture shows, in one sentence. */
  readonly about: string;
  /** Where it is from, and what was chosen here. */
  readonly source: string;
  readonly spec: SpecInput;
}

const kongTao =
  'After L. Kong and M. Tao, "Stochasticity of Deterministic Gradient Descent", NeurIPS 2020, ' +
  'arXiv 2002.06189. A reconstruction: the exact parameters of the figures were not available';

/** The built-in specs by name; each is also a file of `examples/`. */
export const presets: Readonly<Record<string, Preset>> = {
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
