import { gibbsLaw, gibbsTemperature } from '../../analysis/gibbs.ts';
import { gibbsBox } from '../../analysis/gibbs-box.ts';
import { linearMoments } from '../../analysis/linear-moments.ts';
import { macroFunction } from '../../analysis/macro-function.ts';
import { affineForm, evaluateConstant } from '../../formula/affine.ts';
import { compileFormula, compileObjective } from '../../formula/objective.ts';
import { variablesOf } from '../../formula/tree.ts';
import type { MomentsRequest, Objective, Spec } from '../../spec/spec.ts';
import { andThen, attempt, ifKnown, type Known, reasonsOf } from './known.ts';
import { deviation, deviationText, measuredText, plainText } from './number-text.ts';
import { type Section, summaryOf } from './section.ts';
import { everyColumn, numbersOf, placeCells, placeOf, type Study } from './study.ts';
import { type ColumnTheory, type CoordinateNoise, solve } from './theory.ts';

/** What is called exact. */
export const EXACT =
  'exact: of the stochastic map that gradient descent tends to as epsilon -> 0; z: deviation in standard errors';

const statistics = ['mean', 'variance', 'skewness', 'kurtosis'] as const;

/** Values of the four statistics. */
export type Statistics = Readonly<Record<(typeof statistics)[number], number>>;

/** Moments of a formula beside those of the stochastic map and of Gibbs' law. */
export function momentsSection(
  study: Study,
  { name, of }: MomentsRequest,
  theoryOf: (column: number) => ColumnTheory,
): Section {
  const measured = statistics.map((statistic) => ({
    statistic,
    values: numbersOf(study, `${name}_${statistic}`),
    errors: numbersOf(study, `${name}_${statistic}_stderr`),
  }));
  const exactOf = exactMoments(of, study.spec);
  const sumOf = weightedSum(of, study.spec);
  const told = new Set(study.chosen);
  const columns = study.spec.axes.length < 2 ? everyColumn(study) : study.chosen;
  const rows = columns.map((column) => {
    const theory = theoryOf(column);
    // Gibbs' law is a quadrature, too dear to be taken in every column.
    const gibbs = told.has(column) ? gibbsMoments(of, theory, sumOf(theory)) : undefined;
    return { column, exact: exactOf(theory), gibbs };
  });
  const full = rows.filter(({ column }) => told.has(column));
  return {
    heading: `${name}: moments of ${of}`,
    table: {
      head: [...axisNames(study), 'statistic', 'measured', 'exact', 'z', 'Gibbs', 'z'],
      rows: full.flatMap(({ column, exact, gibbs }) =>
        measured.map(({ statistic, values, errors }) => {
          const [value, error] = [values.at(column), errors.at(column)];
          const cells = [exact, gibbs].flatMap((known) => {
            const law = known && ifKnown(known)?.[statistic];
            if (law === undefined) return ['', ''];
            return [plainText(law), deviationText(deviation(value, error, law))];
          });
          return [...placeCells(study, column), statistic, measuredText(value, error), ...cells];
        }),
      ),
    },
    notes: [
      ...(full.some(({ exact }) => 'value' in exact) ? [EXACT] : []),
      ...reasonsOf(full.map(({ exact }) => exact)).map((why) => `no exact law: ${why}`),
      ...reasonsOf(full.flatMap(({ gibbs }) => gibbs ?? [])).map((why) => `no Gibbs law: ${why}`),
      ...(study.spec.axes.length < 2 ? [] : measured.map(summaryNote(study))),
    ],
    json: {
      name,
      of,
      columns: rows.map(({ column, exact, gibbs }) => ({
        column,
        ...placeOf(study, column),
        measured: Object.fromEntries(
          measured.map(({ statistic, values }) => [statistic, values.at(column)]),
        ),
        stderr: Object.fromEntries(
          measured.map(({ statistic, errors }) => [statistic, errors.at(column)]),
        ),
        exact: ifKnown(exact) ?? null,
        gibbs: (gibbs && ifKnown(gibbs)) ?? null,
      })),
    },
  };
}

/** Names of the axes, for the head of a table. */
export const axisNames = ({ spec }: Study): readonly string[] =>
  spec.axes.map(({ parameter }) => parameter);

const summaryNote =
  (study: Study) =>
  ({ statistic, values }: { statistic: string; values: { at(column: number): number } }) => {
    const all = summaryOf(everyColumn(study).map((column) => values.at(column)));
    const [least, median, greatest] = [all.least, all.median, all.greatest].map((value) =>
      plainText(value, 5),
    );
    return `${statistic}: least ${least}, median ${median}, greatest ${greatest}`;
  };

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
  const rule: string = spec.optimizer.rule;
  const sumOf = weightedSum(of, spec);
  return (theory: ColumnTheory): Known<Statistics> => {
    if (rule !== 'gd') return { missing: `known for gradient descent, not for ${rule}` };
    const { setting, kicks, quadratic } = theory;
    return andThen(kicks, (noises) =>
      andThen(quadratic(), ({ hessian, minimum }) =>
        andThen(sumOf(theory), ({ weights, constant }) =>
          attempt(() => {
            const map = { hessian, eta: setting.eta, noises: noises.map(({ noise }) => noise) };
            const moments = linearMoments(map, weights);
            return { ...moments, mean: moments.mean + centreOf(weights, minimum, constant) };
          }),
        ),
      ),
    );
  };
}

const centreOf = (weights: Float64Array, minimum: Float64Array, constant: number) =>
  weights.reduce((sum, weight, at) => sum + weight * (minimum[at] ?? 0), constant);

/** The temperature eta sigma^2 / 2, where all coordinates have the same noise. */
export function temperatureOf(
  { setting }: ColumnTheory,
  noises: readonly CoordinateNoise[],
): Known<number> {
  const variances = noises.map(({ law }) => law.variance);
  const [first = Number.NaN] = variances;
  if (variances.some((each) => Math.abs(each / first - 1) > 1e-9)) {
    return { missing: 'the coordinates have different noise, and so no common temperature' };
  }
  return attempt(() => gibbsTemperature(setting.eta, first));
}

/** The moments under Gibbs' law: in closed form on a quadratic macro part, else by quadrature. */
function gibbsMoments(
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
      const solved = solve(square.hessian, [...sum.weights]);
      const variance =
        temperature * sum.weights.reduce((total, w, at) => total + w * (solved[at] ?? 0), 0);
      if (!(variance > 0)) return { missing: 'the macro part does not rise on all sides' };
      const mean = centreOf(sum.weights, square.minimum, sum.constant);
      return { value: { mean, variance, skewness: 0, kurtosis: 0 } };
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
