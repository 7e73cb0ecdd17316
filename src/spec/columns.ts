import { axisValue, axisValues } from './axis.ts';
import type { Spec } from './spec.ts';

/** The parameters of one column. */
export interface ColumnSetting {
  readonly eta: number;
  /** Absent where the spec has none, because nothing uses it. */
  readonly epsilon?: number;
  /** Absent where the rule has none. */
  readonly momentum?: number;
  readonly parameters: Readonly<Record<string, number>>;
  /** Starting values that an axis sets, by variable; they stand in for `ensemble.initial`. */
  readonly initial: Readonly<Record<string, number>>;
}

/** Columns of a spec: the product of its axis counts, 1 without axes. */
export function columnCount({ axes }: Pick<Spec, 'axes'>): number {
  return axes.reduce((columns, { count }) => columns * count, 1);
}

/**
 * Lengths of the axes over so many columns, which are all of a spec or those of some places of its first
 * axis: the leading dimensions of arrays.
 */
export function axisLengths({ axes }: Pick<Spec, 'axes'>, columns: number): readonly number[] {
  const [first, ...others] = axes;
  if (!first) return [];
  return [columns / columnCount({ axes: others }), ...others.map(({ count }) => count)];
}

/**
 * Steps of an orbit that neither diverges nor escapes: skip + keep, or the horizon of an escape where
 * that is farther.
 */
export function longestOrbit({ steps, measures }: Pick<Spec, 'steps' | 'measures'>): number {
  const horizons = measures.map((request) => (request.measure === 'escape' ? request.horizon : 0));
  return Math.max(steps.skip + steps.keep, ...horizons);
}

/** Most orbit-steps of a run, or of some of its columns: columns x orbits x steps of an orbit that stays. */
export function orbitStepCount(
  spec: Pick<Spec, 'axes' | 'ensemble' | 'steps' | 'measures'>,
  columns = columnCount(spec),
): number {
  return columns * spec.ensemble.orbits * longestOrbit(spec);
}

/**
 * The index along each axis of column `column`: row-major, the first axis slowest.
 *
 * @param column in [0, columnCount).
 */
export function columnIndices({ axes }: Pick<Spec, 'axes'>, column: number): number[] {
  const indices: number[] = [];
  let rest = column;
  for (const { count } of axes.toReversed()) {
    indices.unshift(rest % count);
    rest = Math.floor(rest / count);
  }
  return indices;
}

/** All parameters of column `column`, in constant time. For tables, see `columnValues`. */
export function columnSetting({ axes, objective, optimizer }: Spec, column: number): ColumnSetting {
  let eta = optimizer.eta ?? Number.NaN; // where it is absent, parseSpec demands an axis
  let epsilon = objective.epsilon;
  let momentum = optimizer.momentum;
  let parameters = objective.parameters;
  let initial: Readonly<Record<string, number>> = noValues;
  let rest = column;
  for (let place = axes.length - 1; place >= 0; place--) {
    const axis = axes[place];
    if (axis === undefined) break; // never: place is an index of axes
    const value = axisValue(axis, rest % axis.count);
    rest = Math.floor(rest / axis.count);
    const [owner, name] = splitParameter(axis.parameter);
    if (owner === 'eta') eta = value;
    else if (owner === 'epsilon') epsilon = value;
    else if (owner === 'momentum') momentum = value;
    else if (owner === 'parameters') parameters = { ...parameters, [name]: value };
    else initial = { ...initial, [name]: value };
  }
  return {
    eta,
    ...(epsilon === undefined ? {} : { epsilon }),
    ...(momentum === undefined ? {} : { momentum }),
    parameters,
    initial,
  };
}

const noValues: Readonly<Record<string, number>> = Object.freeze({});

/** `parameters.a` as [`parameters`, `a`]; `eta` as [`eta`, ``]. */
function splitParameter(parameter: string): readonly [owner: string, name: string] {
  const dot = parameter.indexOf('.');
  return dot < 0 ? [parameter, ''] : [parameter.slice(0, dot), parameter.slice(dot + 1)];
}

/**
 * One parameter in every column of [first, end), f64 [end - first].
 *
 * Each axis value is computed once, so that a table over millions of columns costs a copy of them.
 *
 * @param parameter as on an axis: `eta`, `epsilon`, `momentum`, `parameters.NAME` or `initial.VARIABLE`.
 * @returns undefined where the spec gives the parameter no number: no epsilon, no such name, or a
 *   starting value spread over the orbits.
 */
export function columnValues(
  spec: Spec,
  parameter: string,
  first = 0,
  end: number = columnCount(spec),
): Float64Array | undefined {
  const place = spec.axes.findIndex((axis) => axis.parameter === parameter);
  const axis = spec.axes[place];
  if (axis === undefined) {
    const fixed = fixedValue(spec, parameter);
    return fixed === undefined ? undefined : new Float64Array(end - first).fill(fixed);
  }
  const values = axisValues(axis);
  const stride = columnCount({ axes: spec.axes.slice(place + 1) });
  const table = new Float64Array(end - first);
  for (let column = first; column < end; column++) {
    table[column - first] = values[Math.floor(column / stride) % axis.count] ?? Number.NaN;
  }
  return table;
}

function fixedValue({ objective, optimizer, ensemble }: Spec, parameter: string) {
  const [owner, name] = splitParameter(parameter);
  if (owner === 'eta') return optimizer.eta;
  if (owner === 'epsilon') return objective.epsilon;
  if (owner === 'momentum') return optimizer.momentum;
  const values = owner === 'parameters' ? objective.parameters : ensemble.initial;
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  return typeof value === 'number' ? value : undefined;
}
