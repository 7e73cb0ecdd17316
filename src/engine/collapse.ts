import { compileObjective } from '../formula/objective.ts';
import { evaluatorOf } from '../formula/operations.ts';
import { type Expression, inOrder } from '../formula/tree.ts';
import { type Records, recordOf } from '../measure/records.ts';
import { type ColumnSetting, columnSetting } from '../spec/columns.ts';
import { rules } from '../spec/rules.ts';
import type { Spec } from '../spec/spec.ts';
import { parameterValues } from './waves.ts';

/** Columns whose first orbit is checked for cycles, at most. */
export const SAMPLED = 64;
/** Steps over which it is seen whether an orbit expands, at least. */
const STEPS = 64;

/** Whether the first orbit of a column is checked for cycles: at most 64 columns, spread evenly. */
export function isSampled(column: number, columns: number): boolean {
  const sampled = Math.min(SAMPLED, columns);
  const index = Math.floor((column * sampled) / columns);
  return column === Math.ceil((index * columns) / sampled);
}

/** The exact cycle that the first orbit of a column has come to. */
export interface Cycle {
  readonly column: number;
  /** Steps; 0 where it has come to none. */
  readonly length: number;
  /**
   * Its states, f64 [length, state] in the unit of the variables: positions and, of a rule with momentum,
   * the last step to each. An orbit may wander long before it
   * comes to a cycle that draws it in, and wander on it before it is drawn in again: its last state alone
   * does not say so, and is taken, at rest, with what follows from it, only where these are not known.
   */
  readonly states?: Float64Array;
}

/** What has become of the orbits of a run that are checked for cycles; those of strips add up. */
export interface Collapses {
  /** Orbits that were checked. */
  readonly checked: number;
  /** Those that have fallen on cycles of the arithmetic. */
  readonly collapsed: number;
  /** Steps of the longest of these cycles; 0 where there is none. */
  readonly longest: number;
}

/**
 * Counts the orbits that have fallen on cycles of the arithmetic: they return to a state exactly although
 * nearby orbits part. An orbit that has converged does not.
 *
 * @param columnFrom column of the spec that the records begin with.
 */
export function countCollapses(
  spec: Spec,
  records: Records,
  cycles: readonly Cycle[],
  columnFrom = 0,
): Collapses {
  const checked = cycles.length;
  const { final, variables } = records.layout;
  const returning = cycles.filter(({ length }) => length > 0);
  if (returning.length === 0) return { checked, collapsed: 0, longest: 0 };
  const expands = createExpansion(spec);
  const collapsed = returning.filter(({ column, length, states }) => {
    const last = recordOf(records, column - columnFrom, 0).subarray(final, final + variables);
    return expands(columnSetting(spec, column), states ?? last, length);
  });
  const longest = Math.max(0, ...collapsed.map(({ length }) => length));
  return { checked, collapsed: collapsed.length, longest };
}

/** What to say of a run with such orbits; nothing where all is well. */
export function collapseWarning(
  { precision }: Spec,
  { checked, collapsed, longest }: Collapses,
): string | undefined {
  if (collapsed === 0) return undefined;
  return `${collapsed} of ${checked} orbits checked have collapsed on cycles of the arithmetic, of up to ${longest} steps, where nearby orbits part: later steps add nothing new; observe fewer steps of more orbits${precision === 'float32' ? ', or ask for "statistics"' : ''}`;
}

/**
 * Whether tangents grow along an orbit of a spec, computed on the host in float64: the mean logarithm
 * of what the largest tangent vector grows by is positive.
 */
function createExpansion(spec: Spec) {
  const objective = compileObjective(spec.objective);
  const { variables, gradient, curvature } = objective;
  const roots = [
    ...gradient.flatMap(({ macro, micro }) => [macro, micro]),
    ...variables.flatMap((_, i) =>
      variables.flatMap((_, j) => {
        const { macro, micro } = curvature(i, j);
        return [macro, micro];
      }),
    ),
  ];
  const parts = inOrder(roots);
  const places = new Map<Expression, number>(parts.map((part, place) => [part, place]));
  const placesOf = (part: Expression) => places.get(part) ?? 0;
  const applications = parts.flatMap((part, place) => {
    if (part.kind !== 'apply') return [];
    const [a = 0, b = 0, c = 0] = part.operands.map(placesOf);
    return [{ evaluate: evaluatorOf(part.operation), place, a, b, c }];
  });
  const at = roots.map(placesOf);
  const dimension = variables.length;
  const { rule } = spec.optimizer;
  const size = dimension * rules[rule].statesPerVariable;
  const values = new Float64Array(parts.length);
  const ofRoot = (root: number) => values[at[root] ?? 0] ?? 0;
  return (setting: ColumnSetting, start: Float64Array, length: number): boolean => {
    const { eta, epsilon = 1, momentum = 0 } = setting;
    const ahead = rule === 'nesterov' ? momentum : 0; // where the slope is taken, in last steps
    const inertia = rule === 'heavy-ball' ? momentum : 0;
    const parameters = parameterValues(setting);
    const moving: { readonly place: number; readonly variable: number; readonly scale: number }[] =
      [];
    for (const [place, part] of parts.entries()) {
      if (part.kind === 'number') values[place] = part.value;
      else if (part.kind === 'parameter') values[place] = parameters[part.name] ?? Number.NaN;
      else if (part.kind === 'variable') {
        const scale = part.scale === 'macro' ? 1 : epsilon;
        moving.push({ place, variable: variables.indexOf(part.name), scale });
      }
    }
    const state = new Float64Array(size);
    state.set(start.subarray(0, size));
    const moved = new Float64Array(size);
    const grown = new Float64Array(size);
    const tangent = new Float64Array(size).fill(1 / Math.sqrt(size));
    const lookedAt = (of: Float64Array, i: number) =>
      (of[i] ?? 0) + (ahead === 0 ? 0 : ahead * (of[dimension + i] ?? 0));
    const pushed = (of: Float64Array, i: number) =>
      lookedAt(of, i) + (inertia === 0 ? 0 : inertia * (of[dimension + i] ?? 0));
    let growth = 0;
    for (let n = 0; n < length * Math.ceil(STEPS / length); n++) {
      for (const { place, variable, scale } of moving) {
        values[place] = lookedAt(state, variable) / scale;
      }
      for (const { evaluate, place, a, b, c } of applications) {
        values[place] = evaluate(values[a] ?? 0, values[b] ?? 0, values[c] ?? 0);
      }
      for (let i = 0; i < dimension; i++) {
        grown[i] = pushed(tangent, i);
        for (let j = 0; j < dimension; j++) {
          const entry = 2 * (dimension + i * dimension + j);
          const curvature = ofRoot(entry) + ofRoot(entry + 1) / epsilon;
          grown[i] = (grown[i] ?? 0) - eta * curvature * lookedAt(tangent, j);
        }
      }
      for (let i = 0; i < dimension; i++) {
        moved[i] = pushed(state, i) - eta * (ofRoot(2 * i) + ofRoot(2 * i + 1));
      }
      for (let i = dimension; i < size; i++) {
        moved[i] = (moved[i - dimension] ?? 0) - (state[i - dimension] ?? 0);
        grown[i] = (grown[i - dimension] ?? 0) - (tangent[i - dimension] ?? 0);
      }
      let squares = 0;
      for (let i = 0; i < size; i++) {
        // Along the orbit itself, or along the states given
        state[i] = start[((n + 1) % length) * size + i] ?? moved[i] ?? 0;
        squares += (grown[i] ?? 0) ** 2;
      }
      if (!(squares > 0)) return false; // superstable, or beyond what can be said
      growth += Math.log(squares) / 2;
      for (let i = 0; i < size; i++) tangent[i] = (grown[i] ?? 0) / Math.sqrt(squares);
    }
    return growth > 0;
  };
}
