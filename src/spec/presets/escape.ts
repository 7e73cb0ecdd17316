import { kongTao, type Presets } from './preset.ts';

/** Double wells: how long gradient descent stays in one. */
export const escapePresets: Presets = {
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
  'double-well': {
    about:
      'The law that gradient descent samples in both wells of x^4/4 - x^2/2: not that of Gibbs, since the ' +
      'noise is bounded.',
    source: `${kongTao}; objective, epsilon and eta were chosen here.`,
    spec: {
      etascope: 1,
      title: 'The invariant law of a double well',
      objective: {
        macro: 'x^4 / 4 - x^2 / 2',
        micro: '-cos(x)',
        epsilon: 1e-6,
      },
      optimizer: { rule: 'gd' },
      axes: [{ parameter: 'eta', from: 0.05, to: 0.6, count: 960 }],
      ensemble: { orbits: 64, initial: { x: { uniform: [-1.3, 1.3] } }, seed: 1 },
      steps: { skip: 1000, keep: 2000 },
      measures: [
        { measure: 'density', of: 'x', range: [-1.5, 1.5], bins: 540 },
        { measure: 'density', name: 'distance', of: 'abs(x)', range: [0, 1.5], bins: 270 },
        { measure: 'moments', of: 'x^2' },
      ],
      precision: 'statistics',
    },
  },
};
