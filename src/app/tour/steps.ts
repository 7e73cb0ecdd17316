import { presets } from '../../spec/presets.ts';
import type { SpecInput } from '../../spec/schema.ts';
import type { Step } from './step.ts';

/** The tour: from rest to chaos in one micro-well, out of it, and what becomes of chance then. */
export const steps: readonly Step[] = [
  {
    words:
      'Gradient descent on a parabola with fine ripples, one column for each learning rate η. ' +
      'While η is small every orbit comes to rest in a minimum of a ripple.',
    formula: 'rest while K = η/ε < 2/(1 + ε) = 1.998',
    spec: sweep('Small steps come to rest', [0, 2.6e-3], [-4e-3, 4e-3]),
    view: { unit: 'K', thresholds: true },
  },
  {
    words:
      'Beyond K = 2 a step overshoots: the minimum repels, and orbits jump between two points, then four, ' +
      'then eight. Chaos begins where the doublings heap up.',
    formula: '2 at K = 1.998, 4 at 3.442, 8 at 3.510, 16 at 3.524',
    spec: sweep('Periods double', [0, 4.6e-3], [-4e-3, 4e-3]),
    view: { unit: 'K', thresholds: true },
  },
  {
    words:
      'Near K = π the two branches fork, but no period doubles. ' +
      'The cycle of two keeps its period and loses its symmetry: half of the orbits take its mirror image.',
    formula: 'K = 3.3: {1.882 ε, −1.260 ε} or the mirror image',
    spec: sweep('Symmetry breaks', [2.9e-3, 3.5e-3], [-2.4e-3, 2.4e-3]),
    view: { unit: 'K', thresholds: true },
  },
  {
    words:
      'Each doubling comes about 4.67 times as soon after the last as that one did: the number of ' +
      'Feigenbaum, the same for all such maps. At their limit deterministic steps first look random.',
    formula: 'limit at K = 3.52836; ratios 4.624, 4.660, 4.667 → 4.6692',
    spec: sweep('The doublings heap up', [3.42e-3, 3.56e-3], [1.35e-3, 2.45e-3]),
    view: { unit: 'K', thresholds: true },
  },
  {
    words:
      'Chaos is full of windows of order: here orbits of period three appear, and double again. ' +
      'A map of an interval with period three has orbits of every period, say Li and Yorke: period three implies chaos.',
    formula: 'as ε → 0, period three from K = 4.0303 to 4.0346',
    spec: sweep('A window of order', [4.015e-3, 4.05e-3], [-3e-3, 3e-3], 3000),
    view: { unit: 'K' },
  },
  {
    words:
      'Here the attractor touches the edge of its ripple, and orbits leak into the next one. ' +
      'Local chaos in one well becomes global chaos over the whole basin.',
    formula: '√(K² − 1) − arccos(1/K) = π at K = 4.6033',
    spec: sweep('Out of the micro-well', [4.3e-3, 5.6e-3], [-0.04, 0.04]),
    look: { tone: 'log' },
    view: { unit: 'K', thresholds: true },
  },
  {
    words:
      'With ε ≪ η the ripples act like noise, although nothing is random: orbits wander over the basin. ' +
      'How far they wander grows with the learning rate.',
    formula: 'variance η / (2 (2 − η)): 0.0263 at η = 0.1',
    spec: { ...spec('global-chaos'), title: 'Global chaos' },
  },
  {
    words:
      'The law of the wandering at η = 0.1 is nearly the Gibbs law, as if there were a temperature. ' +
      'Nearly: the noise of a cosine is bounded, and the exact law is a little wider, with thinner tails.',
    formula: 'variance 0.02632, Gibbs η/4 = 0.025; they are 0.020 apart in total variation',
    spec: {
      ...spec('global-chaos'),
      title: 'The law of Gibbs, nearly',
      objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-5 },
      optimizer: { rule: 'gd', eta: 0.1 },
      axes: [],
      ensemble: { orbits: 512, initial: { x: { normal: [0, 0.16] } }, seed: 1 },
      steps: { skip: 300, keep: 20_000 },
      measures: [{ measure: 'density', of: 'x', range: [-0.8, 0.8], bins: 400 }],
    },
  },
  {
    words:
      'With ripples a hundred times as coarse the law is not yet that of noise: bands stay, where orbits are ' +
      'caught. It takes η² ≫ ε, and not only η ≫ ε.',
    formula: 'ε = 0.01, η = 0.1: variance 0.69 of the theory, excess kurtosis +2.0',
    spec: {
      ...spec('global-chaos'),
      title: 'Where chance is not yet chance',
      objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-2 },
    },
  },
  {
    words:
      'How fast near orbits part, over both scales: order on one side of the diagonal, chaos on the other. ' +
      'In global chaos the exponent grows like the logarithm of η/ε.',
    formula: 'λ = ln(K/2) per step, for K ≫ 1 and η² ≫ ε',
    spec: { ...spec('lyapunov-map'), title: 'Order and chaos over both scales' },
  },
  {
    words:
      'A double well: how long gradient descent stays in one of them, without any noise. ' +
      'Times grow exponentially in 1/η, and for small η faster than Kramers says, as bounded noise cannot climb at will.',
    formula: 'mean steps: 29.7 at η = 0.5, 353 at 0.3, 3534 at 0.2 (ε → 0)',
    spec: {
      ...spec('double-well-escape'),
      title: 'Escape from a well',
      axes: [{ parameter: 'eta', from: 0.2, to: 0.8, count: 640, scale: 'linear' }],
      ensemble: { orbits: 128, initial: { x: { uniform: [-1.05, -0.95] } }, seed: 1 },
      measures: [{ measure: 'escape', when: 'x > 0', horizon: 30_000, bins: 180 }],
    },
  },
  {
    words:
      'The heavy ball with momentum 1/2 goes the same way into chaos, at learning rates half as large again. ' +
      'Momentum delays the first doubling; that of Nesterov hastens it.',
    formula: 'K₁ = 2 (1 + b) = 3; symmetry breaks at π (1 + b) = 4.712',
    spec: { ...spec('heavy-ball'), title: 'Momentum' },
    view: { unit: 'K', thresholds: true },
  },
];

function spec(name: string): SpecInput {
  const preset = presets[name];
  if (!preset) throw new Error(`there is no preset ${name}`);
  return preset.spec;
}

/** The preset `period-doubling` over another window, and maybe with more steps before it. */
function sweep(
  title: string,
  [from, to]: readonly [number, number],
  range: readonly [number, number],
  skip = 2000,
): Step['spec'] {
  return {
    ...spec('period-doubling'),
    title,
    axes: [{ parameter: 'eta', from, to, count: 1920, scale: 'linear' }],
    steps: { skip, keep: 2000 },
    measures: [{ measure: 'density', of: 'x', range: [...range], bins: 1080 }],
  };
}
