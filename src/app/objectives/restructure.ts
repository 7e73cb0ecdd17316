import { defaultPeriod } from '../../spec/measures/period.ts';
import type { MeasureRequest } from '../../spec/measures/registry.ts';
import { type RuleName, rules } from '../../spec/rules.ts';
import type { Axis, Initial, Spec } from '../../spec/spec.ts';
import { middleOf, rangeOf, rescaled, usual } from './ranges.ts';

/** A parameter to be swept; the empty one is none. */
export interface Sweep {
  readonly parameter: string;
  readonly scale: Axis['scale'];
}

/** What a spec is made of, besides its numbers and formulas. */
export interface Structure {
  readonly variables: readonly string[];
  readonly rule: RuleName;
  /** In the order of the axes. */
  readonly sweeps: readonly Sweep[];
  /** Measures taken beside those that are drawn. */
  readonly beside: Readonly<Record<BesideName, boolean>>;
}

/** Measures without fields of their own, which any run can have. */
export const besideNames = ['lyapunov', 'period', 'regime'] as const;
export type BesideName = (typeof besideNames)[number];

/** Cells of an axis that is new; the window has its own. */
const CELLS = 256;
/** Most cells along a side of a plane, where every column of a sweep has one. */
const PLANE_CELLS = 32;

const requests: Readonly<Record<BesideName, MeasureRequest>> = {
  lyapunov: { measure: 'lyapunov', name: 'lyapunov', exponents: 1 },
  period: { measure: 'period', name: 'period', ...defaultPeriod },
  regime: { measure: 'regime', name: 'regime' },
};

/** The structure of a spec. */
export function structureOf({ objective, optimizer, axes, measures }: Spec): Structure {
  const has = (name: BesideName) => measures.some(({ measure }) => measure === name);
  return {
    variables: objective.variables,
    rule: optimizer.rule,
    sweeps: axes.map(({ parameter, scale }) => ({ parameter, scale })),
    beside: { lyapunov: has('lyapunov'), period: has('period'), regime: has('regime') },
  };
}

/**
 * A spec of another structure, to be validated: what is still meant stays.
 *
 * What is no longer on an axis gets a value from the middle of that axis, a start its whole range.
 */
export function restructured(spec: Spec, { variables, rule, sweeps, beside }: Structure): Spec {
  const ruled = withRule(withVariables(spec, variables), rule);
  return withBeside(withSweeps(ruled, sweeps), beside);
}

function withVariables(spec: Spec, variables: readonly string[]): Spec {
  const { objective, ensemble, axes } = spec;
  const [first = { uniform: [-1, 1] as const }] = Object.values(ensemble.initial);
  const isKept = ({ parameter }: Axis) => {
    const [kind, name = ''] = parameter.split('.');
    return kind !== 'initial' || variables.includes(name);
  };
  const isSwept = (name: string) => axes.some(({ parameter }) => parameter === `initial.${name}`);
  const starts = variables
    .filter((name) => !isSwept(name))
    .map((name): [string, Initial] => {
      const start = Object.hasOwn(ensemble.initial, name) ? ensemble.initial[name] : undefined;
      return [name, start ?? first];
    });
  return {
    ...spec,
    objective: { ...objective, variables },
    ensemble: { ...ensemble, initial: Object.fromEntries(starts) },
    axes: axes.filter(isKept),
  };
}

function withRule(spec: Spec, rule: RuleName): Spec {
  const { momentum = usual.momentum, ...optimizer } = { ...spec.optimizer, rule };
  const isSwept = isOnAxis(spec, 'momentum');
  if (rules[rule].hasMomentum) {
    return { ...spec, optimizer: isSwept ? optimizer : { ...optimizer, momentum } };
  }
  return { ...spec, optimizer, axes: spec.axes.filter((axis) => axis.parameter !== 'momentum') };
}

function withSweeps(spec: Spec, sweeps: readonly Sweep[]): Spec {
  const isSwept = (parameter: string) => sweeps.some((sweep) => sweep.parameter === parameter);
  const hasMomentum = rules[spec.optimizer.rule].hasMomentum;
  const wanted = sweeps
    .map((sweep) => {
      const isLost = sweep.parameter === 'momentum' && !hasMomentum && !isSwept('eta');
      return isLost ? { ...sweep, parameter: 'eta' } : sweep;
    })
    .filter(({ parameter }) => isSweepable(spec, parameter));
  const axes = wanted.map(({ parameter, scale }): Axis => {
    const before = spec.axes.find((axis) => axis.parameter === parameter);
    if (before) return before.scale === scale ? before : rescaled(before, scale);
    return { parameter, count: CELLS, ...rangeOf(parameter, spec, scale) };
  });
  const without = spec.axes
    .filter(({ parameter }) => !wanted.some((sweep) => sweep.parameter === parameter))
    .reduce(withValue, spec);
  const measures = axes.length === 0 ? spec.measures : spec.measures.map(withSmallPlane);
  return axes.reduce(withoutValue, { ...without, axes, measures });
}

/** A joint density that many columns can have. */
function withSmallPlane(request: MeasureRequest): MeasureRequest {
  if (request.measure !== 'joint-density') return request;
  const [across, up] = request.bins;
  return { ...request, bins: [Math.min(PLANE_CELLS, across), Math.min(PLANE_CELLS, up)] };
}

/** A spec in which the parameter of an axis that goes has a value. */
function withValue(spec: Spec, axis: Axis): Spec {
  const { objective, optimizer, ensemble } = spec;
  const [kind, name = ''] = axis.parameter.split('.');
  const value = middleOf(axis);
  switch (kind) {
    case 'eta':
      return { ...spec, optimizer: { ...optimizer, eta: value } };
    case 'momentum':
      return { ...spec, optimizer: { ...optimizer, momentum: value } };
    case 'epsilon':
      return { ...spec, objective: { ...objective, epsilon: value } };
    case 'initial': {
      const start = { uniform: [axis.from, axis.to] as const };
      return {
        ...spec,
        ensemble: { ...ensemble, initial: { ...ensemble.initial, [name]: start } },
      };
    }
    default:
      return spec; // a parameter of the objective has a value also where an axis varies it
  }
}

/** A spec without the value of what an axis varies. */
function withoutValue(spec: Spec, { parameter }: Axis): Spec {
  const { objective, optimizer, ensemble } = spec;
  const [kind, name] = parameter.split('.');
  if (kind === 'eta') {
    const { eta: _, ...rest } = optimizer;
    return { ...spec, optimizer: rest };
  }
  if (kind === 'momentum') {
    const { momentum: _, ...rest } = optimizer;
    return { ...spec, optimizer: rest };
  }
  if (kind === 'epsilon') {
    const { epsilon: _, ...rest } = objective;
    return { ...spec, objective: rest };
  }
  if (kind !== 'initial') return spec;
  const starts = Object.entries(ensemble.initial).filter(([variable]) => variable !== name);
  return { ...spec, ensemble: { ...ensemble, initial: Object.fromEntries(starts) } };
}

function withBeside(spec: Spec, beside: Structure['beside']): Spec {
  const has = (name: BesideName) => spec.measures.some(({ measure }) => measure === name);
  const kept = spec.measures.filter(({ measure }) => {
    const name = besideNames.find((each) => each === measure);
    return name === undefined || beside[name];
  });
  // Behind all others, so that the first density stays the one that is drawn.
  const added = besideNames.filter((name) => beside[name] && !has(name));
  return { ...spec, measures: [...kept, ...added.map((name) => requests[name])] };
}

/** Whether a parameter may stand on an axis still, after the rule and the variables have changed. */
function isSweepable({ objective, optimizer }: Spec, parameter: string): boolean {
  const [kind, name = ''] = parameter.split('.');
  if (kind === 'momentum') return rules[optimizer.rule].hasMomentum;
  if (kind === 'initial') return objective.variables.includes(name);
  return parameter !== '';
}

function isOnAxis({ axes }: Spec, parameter: string): boolean {
  return axes.some((axis) => axis.parameter === parameter);
}
