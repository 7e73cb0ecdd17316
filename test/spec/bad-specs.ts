import type { SpecInput } from '../../src/spec/schema.ts';

/** A small spec with every part, for tests to change. */
export const plainSpec = {
  etascope: 1,
  objective: { macro: 'a x^2 / 2', micro: '-cos(x)', epsilon: 1e-3, parameters: { a: 1 } },
  axes: [{ parameter: 'eta', from: 0, to: 4, count: 8 }],
  ensemble: { orbits: 4, initial: { x: { uniform: [-1, 1] } } },
  steps: { skip: 10, keep: 20 },
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
} satisfies SpecInput;

/** `plainSpec` with top-level fields replaced. */
export function changed(...fields: readonly object[]): Record<string, unknown> {
  return Object.assign({ ...plainSpec }, ...fields);
}

interface BadSpec {
  readonly name: string;
  readonly spec: unknown;
  readonly code: string;
  readonly where: string;
  /** A part of the message that a reader needs. */
  readonly says?: string | RegExp;
  /** Whether JSON Schema can say it, where that differs from the rule of its code. */
  readonly isWithinSchema?: boolean;
}

const [axis] = plainSpec.axes;
const [density] = plainSpec.measures;
const objective = (fields: object) => changed({ objective: { ...plainSpec.objective, ...fields } });
const onAxis = (fields: object) => changed({ axes: [{ ...axis, ...fields }] });
const onDensity = (fields: object) => changed({ measures: [{ ...density, ...fields }] });
const starts = (x: unknown) => changed({ ensemble: { initial: { x } } });
const without = (key: string) =>
  Object.fromEntries(Object.entries(plainSpec).filter(([name]) => name !== key));
const bad = (
  name: string,
  spec: unknown,
  code: string,
  where: string,
  says?: string | RegExp,
  isWithinSchema?: boolean,
): BadSpec => ({
  name,
  spec,
  code,
  where,
  ...(says === undefined ? {} : { says }),
  ...(isWithinSchema === undefined ? {} : { isWithinSchema }),
});

const cycle: { self?: unknown } = {};
cycle.self = cycle;

/** Requests that cannot be meant, with the code and the place that the refusal has to name. */
export const badSpecs: readonly BadSpec[] = [
  bad('nothing', undefined, 'wrong-type', 'spec', undefined, false),
  bad('null', null, 'wrong-type', 'spec', 'got null'),
  bad('a list', [], 'wrong-type', 'spec'),
  bad('a number', 3, 'wrong-type', 'spec'),
  bad('a Map', new Map(), 'wrong-type', 'spec', undefined, false),
  bad('a cycle', changed({ title: cycle }), 'limit', 'title.self.self.self', undefined, false),
  bad('no version', without('etascope'), 'missing-key', 'etascope', 'write "etascope": 1'),
  bad('another version', changed({ etascope: 2 }), 'wrong-version', 'etascope', 'got 2'),
  bad('version as text', changed({ etascope: '1' }), 'wrong-version', 'etascope', 'got "1"'),
  bad('unknown field', changed({ colour: 'red' }), 'unknown-key', 'colour', 'known: $schema, etas'),
  bad('misspelt field', changed({ mesures: [] }), 'unknown-key', 'mesures', 'mean measures?'),
  bad(
    'inner field',
    changed({ steps: { skpi: 1, keep: 2 } }),
    'unknown-key',
    'steps.skpi',
    'skip?',
  ),
  bad(
    'misspelt and so missing',
    changed({ steps: { kep: 1 } }),
    'unknown-key',
    'steps.kep',
    'keep?',
  ),
  bad('toString as field', changed({ toString: 1 }), 'reserved-name', 'spec'),
  bad('__proto__', JSON.parse('{"__proto__": {"etascope": 1}}'), 'reserved-name', 'spec'),
  bad('text too long', changed({ title: 'x'.repeat(2000) }), 'limit', 'title', 'got 2000'),

  bad('no objective', without('objective'), 'missing-key', 'objective', 'an object'),
  bad('objective as text', changed({ objective: 'x^2' }), 'wrong-type', 'objective', 'got "x^2"'),
  bad('objective as list', changed({ objective: [] }), 'wrong-type', 'objective', 'got []'),
  bad('no macro', changed({ objective: {} }), 'missing-key', 'objective.macro', 'text'),
  bad('macro a number', objective({ macro: 3 }), 'wrong-type', 'objective.macro', 'quotes: "3"'),
  bad('macro empty', objective({ macro: ' ' }), 'empty-formula', 'objective.macro', 'write "0"'),
  bad(
    'macro too long',
    objective({ macro: 'x+'.repeat(2049) }),
    'limit',
    'objective.macro',
    '4096',
  ),
  bad('epsilon 0', objective({ epsilon: 0 }), 'out-of-range', 'objective.epsilon', 'micro to ""'),
  bad('epsilon NaN', objective({ epsilon: NaN }), 'not-finite', 'objective.epsilon', 'NaN', false),
  bad('epsilon null', objective({ epsilon: null }), 'wrong-type', 'objective.epsilon', 'got null'),
  bad(
    'epsilon missing',
    objective({ epsilon: undefined }),
    'missing-key',
    'objective.epsilon',
    'axis',
    false,
  ),
  bad('no variables', objective({ variables: [] }), 'empty-list', 'objective.variables'),
  bad('variables text', objective({ variables: 'x' }), 'wrong-type', 'objective.variables', 'list'),
  bad(
    'variable 2x',
    objective({ variables: ['2x'] }),
    'bad-name',
    'objective.variables[0]',
    'letter',
  ),
  bad(
    'variable twice',
    objective({ variables: ['x', 'x'] }),
    'duplicate-name',
    'objective.variables[1]',
  ),
  bad(
    'variable sin',
    objective({ variables: ['x', 'sin'] }),
    'reserved-name',
    'objective.variables[1]',
  ),
  bad(
    'variable constructor',
    objective({ variables: ['constructor'] }),
    'reserved-name',
    'objective.variables[0]',
  ),
  bad('variable eta', objective({ variables: ['eta'] }), 'reserved-name', 'objective.variables[0]'),
  bad(
    'parameter f',
    objective({ parameters: { f: 1 } }),
    'reserved-name',
    'objective.parameters.f',
  ),
  bad(
    'parameter is a variable',
    objective({ parameters: { x: 1 } }),
    'duplicate-name',
    'objective.parameters.x',
    'objective.variables[0]',
  ),
  bad(
    'parameter a text',
    objective({ parameters: { a: '1' } }),
    'wrong-type',
    'objective.parameters.a',
  ),
  bad(
    'parameter a-b',
    objective({ parameters: { 'a-b': 1 } }),
    'bad-name',
    'objective.parameters.a-b',
  ),
  bad('parameters a list', objective({ parameters: [] }), 'wrong-type', 'objective.parameters'),

  bad(
    'unknown rule',
    changed({ optimizer: { rule: 'adam' } }),
    'unknown-word',
    'optimizer.rule',
    'known: gd',
  ),
  bad(
    'later rule',
    changed({ optimizer: { rule: 'heavy-ball' } }),
    'not-yet',
    'optimizer.rule',
    'version has: gd',
  ),
  bad('momentum', changed({ optimizer: { momentum: 0.9 } }), 'not-yet', 'optimizer.momentum'),
  bad('eta twice', changed({ optimizer: { eta: 0.1 } }), 'given-twice', 'optimizer.eta', 'axes[0]'),
  bad('eta missing', changed({ axes: [] }), 'missing-key', 'optimizer.eta', 'axis', false),
  bad(
    'eta negative',
    changed({ axes: [], optimizer: { eta: -1 } }),
    'out-of-range',
    'optimizer.eta',
  ),
  bad(
    'eta infinite',
    changed({ axes: [], optimizer: { eta: Infinity } }),
    'not-finite',
    'optimizer.eta',
    'Infinity',
    false,
  ),
  bad(
    'eta as text',
    changed({ axes: [], optimizer: { eta: '0.1' } }),
    'wrong-type',
    'optimizer.eta',
    'a number',
  ),

  bad('axes an object', changed({ axes: axis }), 'wrong-type', 'axes', 'list'),
  bad('three axes', changed({ axes: [axis, axis, axis] }), 'limit', 'axes', 'got 3'),
  bad(
    'axis of nothing',
    onAxis({ parameter: 'zeta' }),
    'unknown-word',
    'axes[0].parameter',
    'mean eta?',
    false,
  ),
  bad(
    'axis of an undeclared parameter',
    onAxis({ parameter: 'parameters.b' }),
    'unknown-word',
    'axes[0].parameter',
    'parameters.a',
    false,
  ),
  bad(
    'axis of momentum',
    onAxis({ parameter: 'momentum' }),
    'not-yet',
    'axes[0].parameter',
    'no momentum',
    false,
  ),
  bad('axis reversed', onAxis({ from: 5 }), 'empty-range', 'axes[0].to', 'swap'),
  bad('axis empty', onAxis({ from: 4 }), 'empty-range', 'axes[0].to', 'from = 4, to = 4'),
  bad(
    'axis without count',
    onAxis({ count: undefined }),
    'missing-key',
    'axes[0].count',
    undefined,
    false,
  ),
  bad('axis count 0', onAxis({ count: 0 }), 'out-of-range', 'axes[0].count', 'at least 1'),
  bad('axis count negative', onAxis({ count: -8 }), 'out-of-range', 'axes[0].count', 'got -8'),
  bad('axis count 1.5', onAxis({ count: 1.5 }), 'not-a-count', 'axes[0].count', 'whole number'),
  bad('axis count as text', onAxis({ count: '8' }), 'wrong-type', 'axes[0].count'),
  bad(
    'axis scale',
    onAxis({ scale: 'logarithmic' }),
    'unknown-word',
    'axes[0].scale',
    'linear, log',
  ),
  bad('log from 0', onAxis({ scale: 'log' }), 'out-of-range', 'axes[0].from', '"linear"', false),
  bad('eta axis below 0', onAxis({ from: -1 }), 'out-of-range', 'axes[0].from', undefined, false),
  bad(
    'axis finer than float64',
    onAxis({ from: 1, to: 1 + 1e-14, count: 1000 }),
    'too-fine',
    'axes[0].to',
  ),
  bad(
    'axis wider than float64',
    onAxis({ parameter: 'parameters.a', from: -1e308, to: 1e308 }),
    'too-wide',
    'axes[0].to',
  ),
  bad('one axis twice', changed({ axes: [axis, axis] }), 'duplicate-name', 'axes[1].parameter'),
  bad(
    'epsilon on an axis and given',
    changed({ optimizer: { eta: 1 }, axes: [{ ...axis, parameter: 'epsilon' }] }),
    'given-twice',
    'objective.epsilon',
    'varies epsilon',
  ),
  bad(
    'too many columns',
    changed({
      axes: [
        { ...axis, count: 5000 },
        { parameter: 'parameters.a', from: 0, to: 1, count: 5000 },
      ],
    }),
    'limit',
    'axes',
    /25000000.*lower the count/,
    false,
  ),

  bad(
    'no start',
    changed({ ensemble: {} }),
    'missing-key',
    'ensemble.initial.x',
    'initial.x',
    false,
  ),
  bad(
    'start of nobody',
    changed({ ensemble: { initial: { x: 0, y: 0 } } }),
    'unknown-name',
    'ensemble.initial.y',
    'known: x',
  ),
  bad('start as text', starts('0'), 'wrong-type', 'ensemble.initial.x', '{"uniform": [lo, hi]}'),
  bad(
    'start of an unknown law',
    starts({ cauchy: [0, 1] }),
    'wrong-type',
    'ensemble.initial.x',
    'got {"cauchy":[0,1]}',
  ),
  bad(
    'start of two laws',
    starts({ uniform: [0, 1], grid: [0, 1] }),
    'wrong-type',
    'ensemble.initial.x',
  ),
  bad(
    'uniform of one number',
    starts({ uniform: [0] }),
    'wrong-type',
    'ensemble.initial.x.uniform',
    'two numbers',
  ),
  bad(
    'uniform of three',
    starts({ uniform: [0, 1, 2] }),
    'wrong-type',
    'ensemble.initial.x.uniform',
    'got [0,1,2]',
  ),
  bad(
    'uniform of a number',
    starts({ uniform: 1 }),
    'wrong-type',
    'ensemble.initial.x.uniform',
    'two numbers',
  ),
  bad(
    'uniform of text',
    starts({ uniform: [0, 'a'] }),
    'wrong-type',
    'ensemble.initial.x.uniform[1]',
    'got "a"',
  ),
  bad(
    'uniform reversed',
    starts({ uniform: [1, 0] }),
    'empty-range',
    'ensemble.initial.x.uniform',
    'swap',
  ),
  bad(
    'uniform with NaN',
    starts({ uniform: [0, NaN] }),
    'not-finite',
    'ensemble.initial.x.uniform[1]',
    'NaN',
    false,
  ),
  bad('grid empty', starts({ grid: [1, 1] }), 'empty-range', 'ensemble.initial.x.grid'),
  bad(
    'normal without spread',
    starts({ normal: [0, 0] }),
    'out-of-range',
    'ensemble.initial.x.normal[1]',
    undefined,
    false,
  ),
  bad(
    'eta neither given nor varied',
    onAxis({ parameter: 'initial.x' }),
    'missing-key',
    'optimizer.eta',
    undefined,
    false,
  ),
  bad(
    'start given and varied',
    changed({ optimizer: { eta: 1 }, axes: [{ ...axis, parameter: 'initial.x' }] }),
    'given-twice',
    'ensemble.initial.x',
  ),
  bad(
    'no orbits',
    changed({ ensemble: { ...plainSpec.ensemble, orbits: 0 } }),
    'out-of-range',
    'ensemble.orbits',
  ),
  bad(
    'too many orbits',
    changed({ ensemble: { ...plainSpec.ensemble, orbits: 1e9 } }),
    'limit',
    'ensemble.orbits',
    '67108864',
  ),
  bad(
    'seed negative',
    changed({ ensemble: { ...plainSpec.ensemble, seed: -1 } }),
    'out-of-range',
    'ensemble.seed',
  ),
  bad(
    'seed beyond float64',
    changed({ ensemble: { ...plainSpec.ensemble, seed: 2 ** 53 } }),
    'limit',
    'ensemble.seed',
  ),
  bad('ensemble a list', changed({ ensemble: [] }), 'wrong-type', 'ensemble'),

  bad('no steps', without('steps'), 'missing-key', 'steps'),
  bad(
    'keep 0',
    changed({ steps: { skip: 5, keep: 0 } }),
    'out-of-range',
    'steps.keep',
    'at least 1',
  ),
  bad(
    'skip negative',
    changed({ steps: { skip: -5, keep: 1 } }),
    'out-of-range',
    'steps.skip',
    'at least 0',
  ),
  bad('keep 1e300', changed({ steps: { keep: 1e300 } }), 'limit', 'steps.keep'),
  bad(
    'more work than years',
    changed({ steps: { keep: 1e12 }, ensemble: { ...plainSpec.ensemble, orbits: 1e6 } }),
    'limit',
    'steps',
    'orbit-steps',
    false,
  ),

  bad('no measures', changed({ measures: [] }), 'empty-list', 'measures'),
  bad(
    'measure without kind',
    changed({ measures: [{}] }),
    'missing-key',
    'measures[0].measure',
    'density',
  ),
  bad('measure as word', changed({ measures: ['density'] }), 'wrong-type', 'measures[0]'),
  bad('unknown measure', onDensity({ measure: 'entropy' }), 'unknown-word', 'measures[0].measure'),
  bad(
    'of missing',
    onDensity({ of: undefined }),
    'missing-key',
    'measures[0].of',
    undefined,
    false,
  ),
  bad('of empty', onDensity({ of: '' }), 'empty-formula', 'measures[0].of'),
  bad(
    'range empty',
    onDensity({ range: [1, 1] }),
    'empty-range',
    'measures[0].range',
    'lo = 1, hi = 1',
  ),
  bad('range reversed', onDensity({ range: [1, -1] }), 'empty-range', 'measures[0].range', 'swap'),
  bad(
    'range infinite',
    onDensity({ range: [0, Infinity] }),
    'not-finite',
    'measures[0].range[1]',
    undefined,
    false,
  ),
  bad(
    'range too fine',
    onDensity({ range: [1e9, 1e9 + 1e-3], bins: 1e6 }),
    'too-fine',
    'measures[0].range',
  ),
  bad(
    'bins 1e12',
    onDensity({ bins: 1e12 }),
    'limit',
    'measures[0].bins',
    /1048576, got 1000000000000; take fewer/,
  ),
  bad('bins negative', onDensity({ bins: -1 }), 'out-of-range', 'measures[0].bins'),
  bad(
    'result beyond memory',
    changed({ axes: [{ ...axis, count: 1e6 }], measures: [{ ...density, bins: 1e4 }] }),
    'limit',
    'measures',
    /10000000000/,
    false,
  ),
  bad(
    'two measures of one name',
    changed({ measures: [density, density] }),
    'duplicate-name',
    'measures[1].name',
    'measures[0]',
  ),
  bad(
    'name of another array',
    changed({ measures: [density, { ...density, name: 'density_edges' }] }),
    'duplicate-name',
    'measures[1].name',
  ),
  bad(
    'reserved name',
    onDensity({ name: 'Axis0' }),
    'duplicate-name',
    'measures[0].name',
    'every result',
  ),
  bad('name a path', onDensity({ name: '../x' }), 'bad-name', 'measures[0].name'),

  bad(
    'later precision',
    changed({ precision: 'exact' }),
    'not-yet',
    'precision',
    'statistics, float32',
  ),
  bad(
    'unknown precision',
    changed({ precision: 'float16' }),
    'unknown-word',
    'precision',
    'float32',
  ),
  bad('precision a number', changed({ precision: 64 }), 'unknown-word', 'precision', 'got 64'),
  bad(
    'radius 0',
    changed({ stop: { radius: 0 } }),
    'out-of-range',
    'stop.radius',
    'greater than 0',
  ),
  bad('stop a list', changed({ stop: [] }), 'wrong-type', 'stop'),
];
