import { RequestError } from '../spec/errors.ts';
import { requestsOf } from '../spec/measures/registry.ts';
import type { Axis, Initial, RuleName, Spec } from '../spec/spec.ts';
import type { Explorable } from './explorable.ts';
import { usual } from './objectives/ranges.ts';
import { type BesideName, restructured, structureOf } from './objectives/restructure.ts';
import { mapChoices } from './pictures/paint-options.ts';

/** A spec as a flat set of fields that a panel can edit. */
export interface SpecForm {
  /** Their names, with commas between. */
  variables: string;
  macro: string;
  micro: string;
  epsilon: number;
  rule: RuleName;
  /** Learning rate where no axis varies it. */
  eta: number;
  /** Used by the rules that have one, where no axis varies it. */
  momentum: number;
  /** Parameter of the first axis and of the second; empty for none. */
  across: string;
  upward: string;
  acrossScale: Axis['scale'];
  upwardScale: Axis['scale'];
  /** What a density is of; a joint one across, and up. */
  of: string;
  ofUp: string;
  /** When an orbit has escaped, and how many steps it is followed; the first such measure's. */
  when: string;
  horizon: number;
  /** Ends of the first axis, or of the range across of a joint density. */
  from: number;
  to: number;
  /** Ends of the second axis, or of the range of a density, of a joint one up. */
  low: number;
  high: number;
  orbits: number;
  skip: number;
  keep: number;
  seed: number;
  precision: Spec['precision'];
  /** Which measures are taken beside those with fields of their own. */
  readonly beside: Record<BesideName, boolean>;
  readonly parameters: Record<string, number>;
  /** A parameter to be added, as `NAME = NUMBER`; empty for none. */
  added: string;
  /** By variable: one number, or the two of a spread. */
  readonly starts: Record<string, { first: number; second: number }>;
}

/** The fields of a spec. */
export function formOf({ spec, axis, density, joint }: Explorable): SpecForm {
  const { objective, optimizer, ensemble, steps, precision } = spec;
  const [, upAxis] = spec.axes;
  const { rule, variables, beside } = structureOf(spec);
  const [escapes] = requestsOf(spec.measures, 'escape');
  const [low, high] = upAxis
    ? [upAxis.from, upAxis.to]
    : (density?.range ?? joint?.range[1] ?? [0, 1]);
  const [from, to] = axis ? [axis.from, axis.to] : (joint?.range[0] ?? [0, 1]);
  return {
    variables: variables.join(', '),
    macro: objective.macro,
    micro: objective.micro,
    epsilon: objective.epsilon ?? usual.epsilon,
    rule,
    eta: optimizer.eta ?? usual.eta,
    momentum: optimizer.momentum ?? usual.momentum,
    across: axis?.parameter ?? '',
    upward: upAxis?.parameter ?? '',
    acrossScale: axis?.scale ?? 'linear',
    upwardScale: upAxis?.scale ?? 'linear',
    of: density?.of ?? joint?.of[0] ?? '',
    ofUp: joint?.of[1] ?? '',
    when: escapes?.request.when ?? '',
    horizon: escapes?.request.horizon ?? 1,
    from,
    to,
    low,
    high,
    orbits: ensemble.orbits,
    skip: steps.skip,
    keep: steps.keep,
    seed: ensemble.seed,
    precision,
    beside: { ...beside },
    parameters: { ...objective.parameters },
    added: '',
    starts: Object.fromEntries(
      Object.entries(ensemble.initial).map(([variable, start]) => {
        const [first, second = 0] = numbersOf(start);
        return [variable, { first, second }];
      }),
    ),
  };
}

/**
 * A request with the fields of a form, to be validated.
 *
 * @throws {RequestError} `bad-parameter` where the parameter to be added cannot be read.
 */
export function withForm(request: Explorable, form: SpecForm): Spec {
  const { across, upward, acrossScale, upwardScale, variables, rule, beside } = form;
  return restructured(withFields(request, form), {
    variables: variables.split(/[\s,]+/).filter((name) => name !== ''),
    rule,
    sweeps: [
      { parameter: across, scale: acrossScale },
      { parameter: upward, scale: upwardScale },
    ],
    beside,
  });
}

/** The spec of a request with the numbers and formulas of a form. */
function withFields({ spec, density, joint, place }: Explorable, form: SpecForm): Spec {
  const { epsilon: _, ...objective } = spec.objective;
  const { optimizer, ensemble } = spec;
  const [escapes] = requestsOf(spec.measures, 'escape');
  const isEpsilonFixed = !isOnAxis(spec, 'epsilon');
  const range = [form.low, form.high] as const;
  const hasEpsilon = isEpsilonFixed && (form.micro.trim() !== '' || 'epsilon' in spec.objective);
  return {
    ...spec,
    objective: {
      ...objective,
      macro: form.macro,
      micro: form.micro,
      ...(hasEpsilon ? { epsilon: form.epsilon } : {}),
      parameters: { ...form.parameters, ...addedParameter(form.added) },
    },
    optimizer: {
      ...optimizer,
      ...('eta' in optimizer ? { eta: form.eta } : {}),
      ...('momentum' in optimizer ? { momentum: form.momentum } : {}),
    },
    axes: spec.axes.map((axis, index) => {
      const [from, to] = index === 0 ? [form.from, form.to] : range;
      return { ...axis, from, to };
    }),
    ensemble: {
      orbits: form.orbits,
      seed: form.seed,
      initial: Object.fromEntries(
        Object.entries(ensemble.initial).map(([variable, start]) => [
          variable,
          withNumbers(start, form.starts[variable] ?? { first: 0, second: 0 }),
        ]),
      ),
    },
    steps: { skip: form.skip, keep: form.keep },
    measures: spec.measures.map((measure, index) => {
      if (density && index === place) return { ...density, of: form.of, range };
      if (joint && index === place) {
        return { ...joint, of: [form.of, form.ofUp], range: [[form.from, form.to], range] };
      }
      const isEscape = measure.measure === 'escape' && index === escapes?.index;
      return isEscape ? { ...measure, when: form.when, horizon: form.horizon } : measure;
    }),
    precision: form.precision,
  };
}

function addedParameter(text: string): Record<string, number> {
  if (text.trim() === '') return {};
  const [, name = '', value = ''] = /^\s*(\w+)\s*=\s*(\S+)\s*$/.exec(text) ?? [];
  if (name !== '' && Number.isFinite(Number(value))) return { [name]: Number(value) };
  throw new RequestError({
    code: 'bad-parameter',
    where: 'objective.parameters',
    what: 'cannot be read as a parameter',
    got: JSON.stringify(text),
    cure: 'write e.g. a = 0.5',
  });
}

/** Says which fields a form has: forms of equal shape differ in values alone. */
export function formShape({ kind, spec }: Explorable): string {
  const starts = Object.entries(spec.ensemble.initial).map(([variable, start]) => [
    variable,
    startKind(start),
  ]);
  const parameters = Object.keys(spec.objective.parameters);
  const axes = spec.axes.map(({ parameter }) => parameter);
  const { eta, momentum } = spec.optimizer;
  const rates = [eta, momentum].map((rate) => rate !== undefined);
  // What a map can paint stands in the form as well.
  const painted = kind === 'map' ? mapChoices(spec) : [];
  return JSON.stringify([kind, axes, spec.optimizer.rule, rates, parameters, starts, painted]);
}

/** Whether an axis sets a parameter, so that it has no field of its own. */
export function isOnAxis({ axes }: Spec, parameter: string): boolean {
  return axes.some((axis) => axis.parameter === parameter);
}

/** How a start is given: `at` a number, or a spread of two numbers. */
export function startKind(start: Initial): 'at' | 'uniform' | 'grid' | 'normal' {
  if (typeof start === 'number') return 'at';
  return 'uniform' in start ? 'uniform' : 'grid' in start ? 'grid' : 'normal';
}

function numbersOf(start: Initial): readonly [number, number?] {
  if (typeof start === 'number') return [start];
  return 'uniform' in start ? start.uniform : 'grid' in start ? start.grid : start.normal;
}

function withNumbers(
  start: Initial,
  { first, second }: { readonly first: number; readonly second: number },
): Initial {
  switch (startKind(start)) {
    case 'at':
      return first;
    case 'uniform':
      return { uniform: [first, second] };
    case 'grid':
      return { grid: [first, second] };
    case 'normal':
      return { normal: [first, second] };
  }
}
