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
  quartic: {
    about:
      'Gradient descent on the double well (x^2 - 1)^2/4: the cycle in one well doubles until its chaos ' +
      'joins that of the other well.',
    source:
      'D. J. Rogers and D. C. Whitley, "Chaos in the cubic mapping", Mathematical Modelling 4 (1983) 9; ' +
      'at eta = 2 the map is the Chebyshev polynomial 3 x - 2 x^3, with exponent ln 3.',
    spec: {
      etascope: 1,
      title: 'The cubic map as gradient descent on a double well',
      objective: { variables: ['x'], macro: '(x^2 - 1)^2 / 4' },
      optimizer: { rule: 'gd' },
      axes: [{ parameter: 'eta', from: 0.8, to: 2, count: 1920, scale: 'linear' }],
      ensemble: { orbits: 32, initial: { x: { uniform: [0.2, 1.2] } }, seed: 1 },
      steps: { skip: 1000, keep: 2000 },
      measures: [{ measure: 'density', of: 'x', range: [-1.5, 1.5], bins: 1080 }],
      precision: 'statistics',
    },
  },
  henon: {
    about:
      'The heavy ball with momentum -0.3 on the cubic a x^3/3 + 0.35 x^2 - x is the map of Henon: its ' +
      'doublings and its chaos over the parameter a, up to the attractor of a = 1.4.',
    source:
      'M. Henon, "A two-dimensional mapping with a strange attractor", Communications in Mathematical ' +
      'Physics 50 (1976) 69; x -> 1 - a x^2 + 0.3 x_before.',
    spec: {
      etascope: 1,
      title: 'The map of Henon as a heavy ball on a cubic',
      objective: {
        variables: ['x'],
        macro: 'a * x^3 / 3 + 0.35 * x^2 - x',
        parameters: { a: 1.4 },
      },
      optimizer: { rule: 'heavy-ball', eta: 1, momentum: -0.3 },
      axes: [{ parameter: 'parameters.a', from: 0.2, to: 1.42, count: 1920, scale: 'linear' }],
      ensemble: { orbits: 32, initial: { x: { uniform: [-0.1, 0.1] } }, seed: 1 },
      steps: { skip: 1000, keep: 2000 },
      measures: [{ measure: 'density', of: 'x', range: [-1.5, 1.5], bins: 1080 }],
      precision: 'statistics',
    },
  },
  'trainability-1d': {
    about:
      'Steps to divergence on x^2 with a cosine of period 0.1: where its roughness makes it non-convex ' +
      '(1 on the axis) the edge of the learning rates that diverge becomes a fractal.',
    source:
      'After Y. Liu, "Complex fractal trainability boundary can arise from trivial non-convexity" (2024), ' +
      'arXiv 2406.13971. A reconstruction: period, start and ranges were chosen here.',
    spec: {
      etascope: 1,
      title: 'Where training diverges on a rough parabola',
      objective: {
        variables: ['x'],
        macro: 'x^2',
        micro: 'roughness * 0.1 / (2 * pi^2) * cos(2 * pi * x)',
        epsilon: 0.1,
        parameters: { roughness: 1 },
      },
      optimizer: { rule: 'gd' },
      axes: [
        { parameter: 'eta', from: 1.003, to: 1.0115, count: 960, scale: 'linear' },
        { parameter: 'parameters.roughness', from: 0.5, to: 1.5, count: 300, scale: 'linear' },
      ],
      ensemble: { orbits: 1, initial: { x: 2 }, seed: 1 },
      steps: { skip: 0, keep: 1 },
      measures: [{ measure: 'escape', when: 'abs(x) > 20', horizon: 2000, bins: 64 }],
      precision: 'statistics',
    },
  },
};
