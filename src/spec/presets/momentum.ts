import { kongTao, type Preset, type Presets } from './preset.ts';

/** The way into chaos inside one micro-well, with momentum 1/2. */
function intoChaos(rule: 'heavy-ball' | 'nesterov', title: string, to: number): Preset['spec'] {
  return {
    etascope: 1,
    title,
    objective: { variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
    optimizer: { rule, momentum: 0.5 },
    axes: [{ parameter: 'eta', from: 0, to, count: 1920, scale: 'linear' }],
    ensemble: { orbits: 64, initial: { x: { uniform: [-0.0005, 0.0005] } }, seed: 1 },
    steps: { skip: 2000, keep: 2000 },
    measures: [{ measure: 'density', of: 'x', range: [-4e-3, 4e-3], bins: 1080 }],
    precision: 'statistics',
  };
}

/** Heavy ball and Nesterov. */
export const momentumPresets: Presets = {
  'heavy-ball': {
    about:
      'Period doublings of the heavy ball with momentum 1/2 inside one micro-well: half as far again ' +
      'as gradient descent gets, it is at rest.',
    source: `${kongTao}; momentum is theirs, its value and the objective were chosen here.`,
    spec: intoChaos('heavy-ball', 'Into chaos with the heavy ball', 5.6e-3),
  },
  nesterov: {
    about:
      'Period doublings of the method of Nesterov with momentum 1/2 inside one micro-well: they come ' +
      'earlier than those of gradient descent.',
    source: `${kongTao}; momentum is theirs, its value and the objective were chosen here.`,
    spec: intoChaos('nesterov', 'Into chaos with the method of Nesterov', 3.4e-3),
  },
};
