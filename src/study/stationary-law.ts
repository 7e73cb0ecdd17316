import { gibbsLaw, gibbsTemperature } from '../analysis/gibbs.ts';
import { gibbsBox } from '../analysis/gibbs-box.ts';
import { type LinearSystem, linearMoments } from '../analysis/linear-moments.ts';
import { macroFunction } from '../analysis/macro-function.ts';
import { affineForm, evaluateConstant } from '../formula/affine.ts';
import { compileFormula, compileObjective } from '../formula/objective.ts';
import { variablesOf } from '../formula/tree.ts';
import type { Objective, Spec } from '../spec/spec.ts';
import { type ColumnTheory, type Quadratic, solve } from './column-theory.ts';
import { andThen, attempt, ifKnown, type Known } from './known.ts';
import type { CoordinateNoise } from './noise-along.ts';

/** What is told of a law. */
export const statistics = ['mean', 'variance', 'skewness', 'kurtosis'] as const;

/** Values of the four statistics. */
export type Statistics = Readonly<Record<(typeof statistics)[number], number>>;

/** A formula as a weighted sum of the coordinates, f64 [d], plus a constant. */
export interface WeightedSum {
  readonly weights: Float64Array;
  readonly constant: number;
}

/** Reads a formula as a weighted sum, once for all columns. */
export function weightedSum(of: string, spec: Spec): (theory: ColumnTheory) => Known<WeightedSum> {
  const compiled = compileObjective(spec.objective);
  const form = affineForm(compileFormula(of, compiled, 'of'));
  return ({ parameters }) => {
    if (!form) return { missing: `${of} is no weighted sum of the coordinates` };
    const weights = new Float64Array(compiled.variables.length);
    for (const { variable, coefficient } of form.terms) {
      if (variable.scale === 'micro') return { missing: `${of} sees the micro-structure` };
      weights[compiled.variables.indexOf(variable.name)] = evaluateConstant(
        coefficient,
        parameters,
      );
    }
    return { value: { weights, constant: evaluateConstant(form.constant, parameters) } };
  };
}

/** The exact moments of the stochastic map on a quadratic macro part. */
export function exactMoments(of: string, spec: Spec) {
  const sumOf = weightedSum(of, spec);
  return (theory: ColumnTheory): Known<Statistics> => {
    const { kicks, quadratic } = theory;
    return andThen(kicks, (noises) =>
      andThen(quadratic(), ({ hessian, minimum }) =>
        andThen(sumOf(theory), ({ weights, constant }) =>
          attempt(() => {
            const moments = linearMoments(linearSystem(theory, hessian, noises), weights);
            return { ...moments, mean: moments.mean + centreOf(weights, minimum, constant) };
          }),
        ),
      ),
    );
  };
}

/** The linear stochastic map of a column. */
export const linearSystem = (
  { setting, momentum }: ColumnTheory,
  hessian: Float64Array,
  noises: readonly CoordinateNoise[],
): LinearSystem => ({
  hessian,
  eta: setting.eta,
  noises: noises.map(({ noise }) => noise),
  momentum,
});

/** A weighted sum at a place. */
export const centreOf = (weights: Float64Array, minimum: Float64Array, constant: number) =>
  weights.reduce((sum, weight, at) => sum + weight * (minimum[at] ?? 0), constant);

/**
 * The temperature eta sigma^2 / 2, where all coordinates have the same noise; with momentum the effective
 * one of small steps, eta sigma^2 / (2 (1 - b)).
 */
export function temperatureOf(
  { setting, momentum }: ColumnTheory,
  noises: readonly CoordinateNoise[],
): Known<number> {
  const variances = noises.map(({ law }) => law.variance);
  const [first = Number.NaN] = variances;
  if (variances.some((each) => Math.abs(each / first - 1) > 1e-9)) {
    return { missing: 'the coordinates have different noise, and so no common temperature' };
  }
  return attempt(() => gibbsTemperature(setting.eta / (1 - (momentum?.momentum ?? 0)), first));
}

/** A normal law. */
export interface Normal {
  readonly mean: number;
  readonly variance: number;
}

/** Gibbs' law of a weighted sum where the macro part is of second degree. */
export function gibbsNormal(
  { hessian, minimum }: Quadratic,
  { weights, constant }: WeightedSum,
  temperature: number,
): Known<Normal> {
  const solved = solve(hessian, [...weights]);
  const variance = temperature * centreOf(weights, solved, 0);
  if (!(variance > 0)) return { missing: 'the macro part does not rise on all sides' };
  return { value: { mean: centreOf(weights, minimum, constant), variance } };
}

/** The moments under Gibbs' law: in closed form on a quadratic macro part, else by quadrature. */
export function gibbsMoments(
  of: string,
  theory: ColumnTheory,
  known: Known<WeightedSum>,
): Known<Statistics> {
  const { kicks, quadratic, objective } = theory;
  const square = ifKnown(quadratic());
  const sum = ifKnown(known);
  return andThen(kicks, (noises) =>
    andThen(temperatureOf(theory, noises), (temperature): Known<Statistics> => {
      if (!square || !sum) return quadratureMoments(of, objective, temperature);
      return andThen(gibbsNormal(square, sum, temperature), (normal) => ({
        value: { ...normal, skewness: 0, kurtosis: 0 },
      }));
    }),
  );
}

/** 0 where a number is only rounding of its unit. */
const tidy = (value: number, unit: number) => (Math.abs(value) < 1e-12 * unit ? 0 : value);

function quadratureMoments(
  of: string,
  objective: Objective,
  temperature: number,
): Known<Statistics> {
  if (objective.variables.length > 2)
    return { missing: 'it is integrated in one and two dimensions' };
  const compiled = compileObjective(objective);
  if (variablesOf(compileFormula(of, compiled, 'of')).some(({ scale }) => scale === 'micro')) {
    return { missing: `${of} sees the micro-structure` };
  }
  return attempt(() => {
    const centre = objective.variables.map(() => 0);
    const law = gibbsLaw(objective, temperature, gibbsBox(objective, temperature, centre));
    const y = macroFunction({ ...objective, macro: of });
    const mean = law.mean(y);
    const [second, third, fourth] = [2, 3, 4].map((order) =>
      law.mean((...point) => (y(...point) - mean) ** order),
    ) as [number, number, number]; // three orders, three means
    return {
      mean: tidy(mean, Math.sqrt(second)),
      variance: second,
      skewness: tidy(third / second ** 1.5, 1),
      kurtosis: fourth / second ** 2 - 3,
    };
  });
}
