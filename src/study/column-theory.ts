import type { Momentum } from '../analysis/kick-weights.ts';
import { momentumThresholds } from '../analysis/momentum.ts';
import { affineForm, evaluateConstant } from '../formula/affine.ts';
import { type CompiledObjective, compileObjective } from '../formula/objective.ts';
import { containsVariable } from '../formula/tree.ts';
import { type ColumnSetting, columnSetting } from '../spec/columns.ts';
import type { Objective, Spec } from '../spec/spec.ts';
import { andThen, attempt, type Known } from './known.ts';
import { type CoordinateNoise, largestForce, noisesOf } from './noise-along.ts';
import { momentumOf } from './rule-map.ts';

/** A macro part of second degree: its second derivatives, f64 [d, d], and where it is least. */
export interface Quadratic {
  readonly hessian: Float64Array;
  readonly minimum: Float64Array;
}

/** What theory can start from in one column. */
export interface ColumnTheory {
  readonly setting: ColumnSetting;
  /** Absent of rules without. */
  readonly momentum?: Momentum | undefined;
  /** With the parameters of the column. */
  readonly objective: Objective;
  readonly parameters: Readonly<Record<string, number>>;
  /** The noise along every coordinate. */
  readonly noises: Known<readonly CoordinateNoise[]>;
  /** K = A eta / epsilon with A the largest force of the micro-structure along any coordinate. */
  readonly K: Known<number>;
  /** eta^2 / epsilon: the law of the stochastic map holds where it is large; infinite of that map itself. */
  readonly validity: number;
  /** Noise where orbits leave their micro-wells, so that the stochastic map says something. */
  readonly kicks: Known<readonly CoordinateNoise[]>;
  quadratic(): Known<Quadratic>;
}

/**
 * Beyond it orbits leave their cell (`escapeCrisis` of -cos gives 4.6033), and no well holds them; with
 * momentum it is taken to grow as the first threshold does.
 */
const GLOBAL = 4.6033388;
/** Below the first the law of gradient descent is not near that of the stochastic map, below the other far off. */
export const [LEAST_VALIDITY, NO_VALIDITY] = [30, 0.1];

/** The theory of every column of a spec; what columns share is computed once. */
export function createTheory(spec: Spec): (column: number) => ColumnTheory {
  const compiled = compileObjective(spec.objective);
  const quadraticWith = quadraticOf(compiled);
  const noisesBy = new Map<string, Known<readonly CoordinateNoise[]>>();
  const noisesWith = (objective: Objective) => {
    const key = JSON.stringify(objective.parameters);
    const present = noisesBy.get(key) ?? noisesOf(objective, compiled);
    noisesBy.set(key, present);
    return present;
  };
  return (column) => {
    const setting = columnSetting(spec, column);
    const { eta, epsilon, parameters } = setting;
    const objective: Objective = {
      ...spec.objective,
      parameters,
      ...(epsilon === undefined ? {} : { epsilon }),
    };
    const numbers = { ...parameters, ...(epsilon === undefined ? {} : { epsilon }) };
    const { rule } = spec.optimizer;
    const noises: Known<readonly CoordinateNoise[]> =
      rule === 'gradient-flow'
        ? { missing: 'the flow takes no kicks: orbits come to rest where the slope is 0' }
        : noisesWith(objective);
    const K = andThen(
      noises,
      (all): Known<number> => ({
        value: (largestForce(all) * eta) / (epsilon ?? Number.NaN),
      }),
    );
    const isDrawn = rule === 'stochastic-map';
    const momentum = momentumOf(rule, setting);
    const validity = isDrawn ? Number.POSITIVE_INFINITY : eta ** 2 / (epsilon ?? Number.NaN);
    const kicks = andThen(K, (size): Known<readonly CoordinateNoise[]> => {
      if (isDrawn) return noises;
      if (!(size > GLOBAL * shareOfThreshold(momentum))) {
        return { missing: 'eta / epsilon is so small that orbits stay in their micro-wells' };
      }
      if (validity >= NO_VALIDITY) return noises;
      return { missing: 'eta^2 / epsilon is so small that orbits only creep from well to well' };
    });
    return {
      setting,
      momentum,
      objective,
      parameters: numbers,
      noises,
      K,
      validity,
      kicks,
      quadratic: () => quadraticWith(numbers),
    };
  };
}

/** The first threshold over that without momentum; 1 where Nesterov's method has none. */
function shareOfThreshold(momentum: Momentum | undefined): number {
  if (!momentum) return 1;
  const known = attempt(() => momentumThresholds(momentum.rule, momentum.momentum));
  return 'value' in known ? known.value.doubling / 2 : 1;
}

/** Reads the macro part as one of second degree, once for all columns. */
function quadraticOf({ variables, gradient, curvature }: CompiledObjective) {
  const bends = variables.flatMap((_, i) => variables.map((_, j) => curvature(i, j).macro));
  const slopes = gradient.flatMap(({ macro }) => affineForm(macro) ?? []);
  const isQuadratic = slopes.length === variables.length && !bends.some(containsVariable);
  return (parameters: Readonly<Record<string, number>>): Known<Quadratic> => {
    if (!isQuadratic) return { missing: 'the macro part is not of second degree' };
    const hessian = Float64Array.from(bends, (bend) => evaluateConstant(bend, parameters));
    const atZero = slopes.map(({ constant }) => evaluateConstant(constant, parameters));
    const minimum = solve(
      hessian,
      atZero.map((slope) => 0 - slope),
    );
    return { value: { hessian, minimum } };
  };
}

/** The solution of H x = b, by elimination with the largest pivots; not finite where there is none. */
export function solve(hessian: Float64Array, right: readonly number[]): Float64Array {
  const { length: dimension } = right;
  const rows = Array.from({ length: dimension }, (_, i) =>
    Float64Array.of(...hessian.subarray(i * dimension, (i + 1) * dimension), right[i] ?? 0),
  );
  for (let pivot = 0; pivot < dimension; pivot++) {
    const below = rows.slice(pivot).map((row) => Math.abs(row[pivot] ?? 0));
    const largest = pivot + below.indexOf(Math.max(...below));
    const [chosen, other] = [rows[largest], rows[pivot]];
    if (!chosen || !other) break; // never: both are rows
    [rows[pivot], rows[largest]] = [chosen, other];
    rows.forEach((row, at) => {
      if (at === pivot) return;
      const factor = (row[pivot] ?? 0) / (chosen[pivot] ?? 0);
      chosen.forEach((value, column) => {
        row[column] = (row[column] ?? 0) - factor * value;
      });
    });
  }
  return Float64Array.from(rows, (row, at) => (row[dimension] ?? 0) / (row[at] ?? 0));
}
