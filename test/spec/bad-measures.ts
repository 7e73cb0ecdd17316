import { type BadSpec, bad, changed, plainSpec } from './bad-spec.ts';

const measures = (...requests: readonly object[]) => changed({ measures: requests });
const first = 'measures[0]';

const joint = (changes: object) =>
  measures({
    measure: 'joint-density',
    of: ['x', 'x^2'],
    range: [
      [-1, 1],
      [0, 1],
    ],
    bins: [8, 4],
    ...changes,
  });

/** Requests for measures that cannot be meant. */
export const badMeasures: readonly BadSpec[] = [
  bad('moments of nothing', measures({ measure: 'moments' }), 'missing-key', `${first}.of`),
  bad('moments of ""', measures({ measure: 'moments', of: ' ' }), 'empty-formula', `${first}.of`),
  bad(
    'a bin of moments',
    measures({ measure: 'moments', of: 'x', bins: 8 }),
    'unknown-key',
    `${first}.bins`,
  ),
  bad(
    'more exponents than dimensions',
    measures({ measure: 'lyapunov', exponents: 2 }),
    'out-of-range',
    `${first}.exponents`,
    'at most 1',
    false,
  ),
  bad(
    'no exponent',
    measures({ measure: 'lyapunov', exponents: 0 }),
    'out-of-range',
    `${first}.exponents`,
  ),
  bad(
    'half an exponent',
    measures({ measure: 'lyapunov', exponents: 1.5 }),
    'not-a-count',
    `${first}.exponents`,
  ),
  bad(
    'two exponent measures',
    measures({ measure: 'lyapunov' }, { measure: 'lyapunov', name: 'again' }),
    'given-twice',
    'measures[1].measure',
    'measures[0] is it',
    false,
  ),
  bad(
    'two ways to escape',
    measures(
      { measure: 'escape', when: 'x > 0' },
      { measure: 'escape', when: 'x < -2', name: 'b' },
    ),
    'given-twice',
    'measures[1].measure',
    'second run',
    false,
  ),
  bad('one formula of a plane', joint({ of: 'x' }), 'wrong-type', `${first}.of`, '["x", "y"]'),
  bad(
    'three formulas of a plane',
    joint({ of: ['x', 'x', 'x'] }),
    'wrong-type',
    `${first}.of`,
    'two formulas',
  ),
  bad('an empty formula of a plane', joint({ of: ['x', ''] }), 'empty-formula', `${first}.of[1]`),
  bad(
    'one range of a plane',
    joint({ range: [-1, 1] }),
    'wrong-type',
    `${first}.range`,
    'two ranges',
  ),
  bad(
    'a range of a plane without a width',
    joint({
      range: [
        [0, 1],
        [2, 2],
      ],
    }),
    'empty-range',
    `${first}.range[1]`,
    undefined,
    false,
  ),
  bad('bins of one side', joint({ bins: 8 }), 'wrong-type', `${first}.bins`, '[0, 1]'),
  bad('half a cell', joint({ bins: [8, 0.5] }), 'not-a-count', `${first}.bins[1]`),
  bad(
    'more cells of a plane than fit',
    joint({ bins: [8192, 8192] }),
    'limit',
    `${first}.bins`,
    '8192 x 8192',
    false,
  ),
  bad('no period', measures({ measure: 'period', max: 0 }), 'out-of-range', `${first}.max`),
  bad('period too long', measures({ measure: 'period', max: 1e6 }), 'limit', `${first}.max`),
  bad(
    'no tolerance',
    measures({ measure: 'period', tolerance: 0 }),
    'out-of-range',
    `${first}.tolerance`,
  ),
  bad(
    'all states alike',
    measures({ measure: 'period', tolerance: 0.5 }),
    'limit',
    `${first}.tolerance`,
    'a tenth',
  ),
  bad('escape when?', measures({ measure: 'escape' }), 'missing-key', `${first}.when`),
  bad(
    'escape when nothing',
    measures({ measure: 'escape', when: '' }),
    'empty-formula',
    `${first}.when`,
  ),
  bad(
    'no horizon',
    measures({ measure: 'escape', when: 'x > 0', horizon: 0 }),
    'out-of-range',
    `${first}.horizon`,
  ),
  bad(
    'times as a word',
    measures({ measure: 'escape', when: 'x > 0', times: 'yes' }),
    'wrong-type',
    `${first}.times`,
  ),
  bad(
    'a horizon of years',
    changed({
      measures: [{ measure: 'escape', when: 'x > 0', horizon: 2 ** 40 }],
      ensemble: { ...plainSpec.ensemble, orbits: 1e6 },
    }),
    'limit',
    'steps',
    'orbit-steps',
    false,
  ),
  bad(
    'array of a neighbour',
    measures({ measure: 'moments', of: 'x', name: 'a' }, { measure: 'final', name: 'a_mean' }),
    'duplicate-name',
    'measures[1].name',
    'a_mean',
    false,
  ),
  bad(
    'an array of every result',
    measures({ measure: 'period', name: 'distinct' }),
    'duplicate-name',
    `${first}.name`,
    undefined,
    false,
  ),
];
