import { kongTao, type Preset, type Presets } from './preset.ts';

/** From small steps to where the law is far from that of Gibbs. */
const rates = { parameter: 'eta', from: 0.01, to: 0.5, count: 960 };

/** The law of x over the rates: its density over [-reach, reach] and its moments, from a spread-out start. */
const overRates = (spread: number, reach: number, more: Preset['spec']['measures'] = []) =>
  ({
    axes: [rates],
    ensemble: { orbits: 64, initial: { x: { normal: [0, spread] } }, seed: 1 },
    steps: { skip: 300, keep: 2000 },
    measures: [
      { measure: 'density', of: 'x', range: [-reach, reach], bins: 540 },
      { measure: 'moments', of: 'x' },
      ...more,
    ],
    precision: 'statistics',
  }) satisfies Partial<Preset['spec']>;

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
  gibbs: {
    about:
      'The law that gradient descent samples in global chaos on x^2/2: nearly the Gibbs law, and exactly ' +
      'that of the linear stochastic map.',
    source: `${kongTao}.`,
    spec: {
      etascope: 1,
      title: 'The invariant law beside the Gibbs law',
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-5 },
      ...overRates(0.2, 1),
    },
  },
  'gibbs-error': {
    about:
      'Gradient descent on x^2/2 over eta and epsilon: its law is that of the stochastic map where eta^2 ' +
      'is above 100 epsilon, and not yet where only eta is above epsilon.',
    source: `${kongTao}; the map was chosen here.`,
    spec: {
      etascope: 1,
      title: 'How far the law is from theory, over both scales',
      objective: { macro: 'x^2 / 2', micro: '-cos(x)' },
      axes: [
        // Cells of ratio 5^(1/8) and 10^(1/8), with 0.02, 0.1 and powers of ten among their centres.
        {
          parameter: 'eta',
          from: 0.02 * 5 ** (-4.5 / 8),
          to: 0.02 * 5 ** (14.5 / 8),
          count: 19,
          scale: 'log',
        },
        {
          parameter: 'epsilon',
          from: 10 ** (-5 - 0.5 / 8),
          to: 10 ** (-2 + 1.5 / 8),
          count: 26,
          scale: 'log',
        },
      ],
      ensemble: { orbits: 96, initial: { x: { normal: [0, 0.2] } }, seed: 1 },
      steps: { skip: 1000, keep: 8000 },
      measures: [
        { measure: 'density', of: 'x', range: [-1.2, 1.2], bins: 240 },
        { measure: 'moments', of: 'x' },
      ],
      precision: 'statistics',
    },
  },
  'stochastic-map': {
    about:
      'The stochastic map that gradient descent on x^2/2 nears as epsilon -> 0, with a fresh phase in every ' +
      'step: its law knows nothing of epsilon.',
    source: `${kongTao}.`,
    spec: {
      etascope: 1,
      title: 'The stochastic map that gradient descent nears',
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-4 },
      optimizer: { rule: 'stochastic-map' },
      ...overRates(0.2, 1),
    },
  },
  quasiperiodic: {
    about:
      'Global chaos where the micro-structure is two waves without a common period: the law of their ' +
      'stochastic map, with variance eta / (2 - eta).',
    source: `${kongTao}; frequencies 1 and sqrt 2 were chosen here.`,
    spec: {
      etascope: 1,
      title: 'The law of a quasi-periodic micro-structure',
      objective: {
        macro: 'x^2 / 2',
        micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)',
        epsilon: 1e-4,
      },
      ...overRates(0.3, 1.5, [{ measure: 'lyapunov' }]),
    },
  },
  'non-periodic': {
    about:
      'Global chaos on a micro-structure without any period, whose waves get shorter away from the middle: ' +
      'its noise is that of one wave all over, but the exponent is the mean of a local one.',
    source: `${kongTao}; the micro-structure was chosen here after their conditions.`,
    spec: {
      etascope: 1,
      title: 'The law of a micro-structure without a period',
      objective: {
        macro: 'x^2 / 2',
        micro: 'sin(x * (1 + (epsilon * x)^2)) / (1 + 3 * (epsilon * x)^2)',
        epsilon: 1e-5,
      },
      ...overRates(0.2, 1, [{ measure: 'lyapunov' }]),
    },
  },
  matyas: {
    about:
      'Where half a million orbits on the Matyas function are after 600 steps: a narrow valley, sampled ' +
      'nearly as its Gibbs law says.',
    source: `${kongTao}; epsilon and eta were chosen here.`,
    spec: {
      etascope: 1,
      title: 'Global chaos in two dimensions',
      objective: {
        variables: ['x', 'y'],
        macro: '0.26 * (x^2 + y^2) - 0.48 * x * y',
        micro: '-cos(x) - cos(y)',
        epsilon: 1e-5,
      },
      optimizer: { eta: 0.5 },
      ensemble: {
        orbits: 500_000,
        initial: { x: { normal: [0, 1.3] }, y: { normal: [0, 1.3] } },
        seed: 1,
      },
      steps: { skip: 599, keep: 1 },
      measures: [{ measure: 'final' }],
      precision: 'statistics',
    },
  },
  'matyas-joint': {
    about:
      'Where orbits on the Matyas function spend their time: they sample its narrow valley nearly as the ' +
      'Gibbs law says, far along it and little across.',
    source: `${kongTao}; epsilon and eta were chosen here.`,
    spec: {
      etascope: 1,
      title: 'The law of gradient descent in two dimensions',
      objective: {
        variables: ['x', 'y'],
        macro: '0.26 * (x^2 + y^2) - 0.48 * x * y',
        micro: '-cos(x) - cos(y)',
        epsilon: 1e-5,
      },
      optimizer: { eta: 0.5 },
      ensemble: {
        orbits: 16_384,
        initial: { x: { normal: [0, 1.3] }, y: { normal: [0, 1.3] } },
        seed: 1,
      },
      steps: { skip: 600, keep: 2500 },
      measures: [
        {
          measure: 'joint-density',
          of: ['x', 'y'],
          range: [
            [-7, 7],
            [-5.25, 5.25],
          ],
          bins: [1280, 960],
        },
        { measure: 'moments', name: 'along', of: '(x + y) / sqrt(2)' },
        { measure: 'moments', name: 'across', of: '(x - y) / sqrt(2)' },
      ],
      precision: 'statistics',
    },
  },
};
