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

/** Both scales of the objective, so far that it goes from convergence to divergence. */
const bothScales: NonNullable<SpecInput['axes']> = [
  { parameter: 'eta', from: 0.1, to: 3, count: 512, scale: 'log' },
  { parameter: 'epsilon', from: 0.04, to: 1, count: 512, scale: 'log' },
];

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
  'double-well-escape': {
    about:
      'How long gradient descent stays in one well of x^4/4 - x^2/2: exponentially long in 1 / eta, ' +
      'without any noise.',
    source:
      'After M. Tao, "Quantitative Local Min Escape in Multiscale Landscape" (2023). ' +
      'A reconstruction: objective, epsilon and ranges were chosen here.',
    spec: {
      etascope: 1,
      title: 'Escape from a well of a double well',
      objective: { variables: ['x'], macro: 'x^4 / 4 - x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
      optimizer: { rule: 'gd' },
      axes: [{ parameter: 'eta', from: 0.15, to: 0.8, count: 640, scale: 'linear' }],
      ensemble: { orbits: 512, initial: { x: { uniform: [-1.05, -0.95] } }, seed: 1 },
      steps: { skip: 0, keep: 1 },
      measures: [{ measure: 'escape', when: 'x > 0', horizon: 100_000, bins: 180 }],
      precision: 'float64',
    },
  },
  'double-well-basins': {
    about:
      'Steps from each start in the left well of x^4/4 - x^2/2 to the right half, over eta: where ' +
      'gradient descent stays for good, where it leaves at once, and the fractal in between.',
    source:
      'After M. Tao, "Quantitative Local Min Escape in Multiscale Landscape" (2023). ' +
      'A reconstruction: objective, epsilon and ranges were chosen here.',
    spec: {
      etascope: 1,
      title: 'Escape times over eta and the start',
      objective: { variables: ['x'], macro: 'x^4 / 4 - x^2 / 2', micro: '-cos(x)', epsilon: 0.05 },
      optimizer: { rule: 'gd' },
      axes: [
        { parameter: 'eta', from: 0.2, to: 1.2, count: 512, scale: 'linear' },
        { parameter: 'initial.x', from: -2, to: 0, count: 512, scale: 'linear' },
      ],
      ensemble: { orbits: 1, seed: 1 },
      steps: { skip: 0, keep: 1 },
      measures: [{ measure: 'escape', when: 'x > 0', horizon: 3000 }],
      precision: 'float64',
    },
  },
};
