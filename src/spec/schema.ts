import * as v from 'valibot';
import { count, countFromZero, formulaText, identifier, pair } from './fields.ts';
import { limits } from './limits.ts';
import { measureSchema } from './measures/registry.ts';
import { ruleNames, rules } from './rules.ts';

const initial = v.pipe(
  v.union([
    v.pipe(v.number(), v.description('Every orbit starts here.')),
    v.strictObject({ uniform: pair('Uniformly at random in [lo, hi).') }),
    v.strictObject({ grid: pair('Cell centres of [lo, hi), one for each orbit.') }),
    v.strictObject({ normal: pair('Normally distributed: [mean, standard deviation].') }),
  ]),
  v.description('Where the orbits of a column start in this variable.'),
);

const objective = v.pipe(
  v.strictObject({
    variables: v.optional(
      v.pipe(
        v.array(identifier()),
        v.minLength(1, 'name at least one'),
        v.maxLength(limits.variables.most, limits.variables.cure),
        v.description('Names of the variables.'),
      ),
      ['x'],
    ),
    macro: formulaText('f0, a formula of the variables, the parameters and epsilon.'),
    micro: v.optional(
      formulaText(
        'f1, in which each variable x stands for x / epsilon, and slow_x for x itself; empty: none.',
      ),
      '',
    ),
    epsilon: v.optional(
      v.pipe(
        v.number(),
        v.gtValue(0, 'to leave the micro part out, set objective.micro to ""'),
        v.description('Scale of the micro part; not given where an axis varies it.'),
      ),
    ),
    parameters: v.optional(
      v.pipe(
        v.record(identifier(), v.number()),
        v.maxEntries(limits.parameters.most, limits.parameters.cure),
        v.description('Named numbers for both formulas; an axis may vary them.'),
      ),
      {},
    ),
  }),
  v.description('f(x) = macro(x) + epsilon micro(x / epsilon, slow_x = x).'),
);

const optimizer = v.pipe(
  v.strictObject({
    rule: v.optional(
      v.pipe(
        v.picklist(ruleNames),
        v.description(ruleNames.map((name) => `${name}: ${rules[name].about}`).join('; ')),
      ),
      'gd',
    ),
    eta: v.optional(
      v.pipe(
        v.number(),
        v.minValue(0, 'to climb the objective, change its sign'),
        v.description('Learning rate; not given where an axis varies it.'),
      ),
    ),
    momentum: v.optional(
      v.pipe(
        v.number(),
        v.gtValue(-1),
        v.ltValue(1, 'beyond, the velocity grows of itself'),
        v.description('Of heavy-ball and nesterov; not given where an axis varies it.'),
      ),
    ),
  }),
  v.description('How an orbit takes a step.'),
);

const axis = v.pipe(
  v.strictObject({
    parameter: v.pipe(
      v.string(),
      v.description('eta, epsilon, momentum, parameters.NAME or initial.VARIABLE.'),
    ),
    from: v.number(),
    to: v.pipe(v.number(), v.description('Greater than from.')),
    count: count(limits.columns, 'Cells between from and to; the values are their centres.'),
    scale: v.optional(
      v.pipe(v.picklist(['linear', 'log']), v.description('log: cells of equal ratio, from > 0.')),
      'linear',
    ),
  }),
  v.description('A parameter that varies: value i = from + (i + 1/2) (to - from) / count.'),
);

const ensemble = v.pipe(
  v.strictObject({
    orbits: v.optional(count(limits.orbits, 'Orbits in every column.'), 64),
    initial: v.optional(
      v.pipe(
        v.record(v.string(), initial),
        v.description('By variable; not given where an axis varies initial.VARIABLE.'),
      ),
      {},
    ),
    seed: v.optional(countFromZero(limits.seed, 'Key of all random draws.'), 1),
  }),
  v.description('The orbits of every column.'),
);

const steps = v.pipe(
  v.strictObject({
    skip: v.optional(countFromZero(limits.steps, 'Steps dropped first: the transient.'), 0),
    keep: count(limits.steps, 'Steps observed after them.'),
  }),
  v.description('Steps of every orbit.'),
);

/** What users write: a spec before its defaults are filled in. */
export const specSchema = v.pipe(
  v.strictObject({
    $schema: v.optional(v.pipe(v.string(), v.description('For editors; not kept.'))),
    etascope: v.pipe(v.literal(1), v.description('Version of this format.')),
    title: v.optional(
      v.pipe(
        v.string(),
        v.maxLength(limits.title.most, limits.title.cure),
        v.description('Stands above a picture.'),
      ),
      '',
    ),
    objective,
    optimizer: v.optional(optimizer, {}),
    axes: v.optional(
      v.pipe(
        v.array(axis),
        v.maxLength(limits.axes.most, limits.axes.cure),
        v.description('None, one or two; they are the leading dimensions of every array.'),
      ),
      [],
    ),
    ensemble: v.optional(ensemble, {}),
    steps,
    measures: v.pipe(
      v.array(measureSchema),
      v.minLength(1, 'ask for at least one'),
      v.maxLength(limits.measures.most, limits.measures.cure),
      v.description('What is taken from the orbits, all in one pass.'),
    ),
    precision: v.optional(
      v.pipe(
        v.picklist(['statistics', 'float32', 'float64']),
        v.description(
          'statistics: trustworthy averages; float32: plain hardware arithmetic; float64: the reference.',
        ),
      ),
      'statistics',
    ),
    stop: v.optional(
      v.strictObject({
        radius: v.optional(
          v.pipe(
            v.number(),
            v.gtValue(0),
            v.description('An orbit with any |x_i| > radius has diverged.'),
          ),
          1e6,
        ),
      }),
      {},
    ),
  }),
  v.title('etascope spec'),
  v.description('What is computed: a sweep of gradient descent over its parameters.'),
);

/** A spec as users may write it: fields that have a default may be left out. */
export type SpecInput = v.InferInput<typeof specSchema>;

/** A spec with its defaults, before the checks that a schema cannot say. */
export type SpecDraft = v.InferOutput<typeof specSchema>;
