import { compileHost } from '../../formula/emit-host.ts';
import { compileObjective } from '../../formula/objective.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import type { Objective, Spec } from '../../spec/spec.ts';

/** An objective at one place in parameter space, in float64 on this thread. */
export interface Landscape {
  /** f and its macro part f0. */
  values(point: readonly number[]): { readonly f: number; readonly macro: number };
  /** The gradient of f, f64 [d]; overwritten by the next call. */
  gradient(point: readonly number[]): Float64Array;
}

/** An orbit: where it goes from its start, and where it is when it is observed. */
export interface Orbit {
  /** The first states, the start included. */
  readonly first: readonly (readonly number[])[];
  /** As many states from the first observed one on, or from the last that is followed here. */
  readonly settled: readonly (readonly number[])[];
}

/** Steps of an orbit that are drawn at its start, and when it has settled. */
const SHOWN = 64;
/** Steps after which an orbit is taken as settled, where more are skipped. */
const LONGEST = 4096;

/**
 * An objective with the parameters of a column.
 *
 * @throws {FormulaError} as `compileObjective`.
 */
export function landscapeOf(
  objective: Objective,
  { epsilon, parameters }: Pick<ColumnSetting, 'epsilon' | 'parameters'>,
): Landscape {
  const compiled = compileObjective(objective);
  const { pool, variables, value, macro, gradient } = compiled;
  const { length: dimension } = variables;
  const slopes = compileHost(
    gradient.map((slope) => pool.add(slope.macro, slope.micro)),
    compiled,
  );
  const both = compileHost([value, macro], compiled);
  const inputs = new Float64Array(2 * dimension + compiled.parameters.length);
  const scale = epsilon ?? 1; // without one nothing uses it
  compiled.parameters.forEach((name, at) => {
    inputs[2 * dimension + at] = at === 0 ? scale : (parameters[name] ?? Number.NaN);
  });
  const place = (point: readonly number[]) => {
    point.forEach((coordinate, at) => {
      inputs[at] = coordinate;
      inputs[dimension + at] = coordinate / scale;
    });
  };
  const levels = new Float64Array(2);
  const outputs = new Float64Array(dimension);
  return {
    values(point) {
      place(point);
      both(inputs, levels);
      return { f: levels[0] ?? Number.NaN, macro: levels[1] ?? Number.NaN };
    },
    gradient(point) {
      place(point);
      slopes(inputs, outputs);
      return outputs;
    },
  };
}

/** One step of a rule from a state and the one before it; undefined of rules that are no such map. */
export function stepOf(
  { optimizer }: Pick<Spec, 'optimizer'>,
  landscape: Landscape,
  { eta, momentum = 0 }: Pick<ColumnSetting, 'eta' | 'momentum'>,
): ((x: readonly number[], before: readonly number[]) => readonly number[]) | undefined {
  const { rule } = optimizer;
  switch (rule) {
    case 'gd':
      return (x) => descend(x, landscape.gradient(x), eta);
    case 'heavy-ball':
      return (x, before) => {
        const pushed = x.map((each, at) => each + momentum * (each - (before[at] ?? each)));
        return descend(pushed, landscape.gradient(x), eta);
      };
    case 'nesterov':
      return (x, before) => {
        const ahead = x.map((each, at) => each + momentum * (each - (before[at] ?? each)));
        return descend(ahead, landscape.gradient(ahead), eta);
      };
    default:
      return undefined;
  }
}

/** Follows an orbit at rest at its start, until it has settled as the spec says. */
export function orbitFrom(
  step: (x: readonly number[], before: readonly number[]) => readonly number[],
  start: readonly number[],
  skip: number,
): Orbit {
  const first = [start];
  const settled: (readonly number[])[] = [];
  let [x, before] = [start, start];
  const from = Math.min(skip, LONGEST);
  for (let n = 0; n < from + SHOWN; n++) {
    const next = step(x, before);
    if (!next.every(Number.isFinite)) break; // it has left
    if (n >= from) settled.push(x);
    if (n < SHOWN) first.push(next);
    [before, x] = [x, next];
  }
  return { first, settled };
}

function descend(x: readonly number[], slope: Float64Array, eta: number): readonly number[] {
  return x.map((each, at) => each - eta * (slope[at] ?? Number.NaN));
}
