import { RequestError } from '../spec/errors.ts';
import type { Initial, Spec } from '../spec/spec.ts';
import type { Explorable } from './explorable.ts';

/** Shown where a spec leaves epsilon out, and used once it has a micro part. */
const USUAL_EPSILON = 1e-3;

/** A spec as a flat set of fields that a panel can edit. */
export interface SpecForm {
  macro: string;
  micro: string;
  epsilon: number;
  /** Learning rate where no axis varies it. */
  eta: number;
  of: string;
  from: number;
  to: number;
  low: number;
  high: number;
  orbits: number;
  skip: number;
  keep: number;
  seed: number;
  precision: Spec['precision'];
  readonly parameters: Record<string, number>;
  /** A parameter to be added, as `NAME = NUMBER`; empty for none. */
  added: string;
  /** By variable: one number, or the two of a spread. */
  readonly starts: Record<string, { first: number; second: number }>;
}

/** The fields of a spec. */
export function formOf({ spec, axis, density }: Explorable): SpecForm {
  const { objective, optimizer, ensemble, steps, precision } = spec;
  return {
    macro: objective.macro,
    micro: objective.micro,
    epsilon: objective.epsilon ?? USUAL_EPSILON,
    eta: optimizer.eta ?? 0,
    of: density.of,
    from: axis.from,
    to: axis.to,
    low: density.range[0],
    high: density.range[1],
    orbits: ensemble.orbits,
    skip: steps.skip,
    keep: steps.keep,
    seed: ensemble.seed,
    precision,
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
export function withForm({ spec, axis, density, place }: Explorable, form: SpecForm): unknown {
  const { epsilon: _, ...objective } = spec.objective;
  const isEpsilonFixed = axis.parameter !== 'epsilon';
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
    optimizer: { ...spec.optimizer, ...('eta' in spec.optimizer ? { eta: form.eta } : {}) },
    axes: [{ ...axis, from: form.from, to: form.to }],
    ensemble: {
      orbits: form.orbits,
      seed: form.seed,
      initial: Object.fromEntries(
        Object.entries(spec.ensemble.initial).map(([variable, start]) => [
          variable,
          withNumbers(start, form.starts[variable] ?? { first: 0, second: 0 }),
        ]),
      ),
    },
    steps: { skip: form.skip, keep: form.keep },
    measures: spec.measures.with(place, {
      ...density,
      of: form.of,
      range: [form.low, form.high],
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
export function formShape({ spec, axis }: Explorable): string {
  const starts = Object.entries(spec.ensemble.initial).map(([variable, start]) => [
    variable,
    startKind(start),
  ]);
  const parameters = Object.keys(spec.objective.parameters);
  return JSON.stringify([axis.parameter, 'eta' in spec.optimizer, parameters, starts]);
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

function withNumbers(start: Initial, { first, second }: { first: number; second: number }) {
  const kind = startKind(start);
  return kind === 'at' ? first : { [kind]: [first, second] };
}
