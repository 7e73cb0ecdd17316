import { globalLyapunov } from '../../analysis/lyapunov-theory.ts';
import type { LyapunovRequest } from '../../spec/spec.ts';
import { andThen, attempt, ifKnown, type Known, reasonsOf } from './known.ts';
import { deviation, deviationText, measuredText, plainText, shareText } from './number-text.ts';
import { type Section, summaryOf } from './section.ts';
import {
  axisNames,
  everyColumn,
  numbersOf,
  placeCells,
  placeOf,
  placeText,
  type Study,
} from './study.ts';
import { type ColumnTheory, LEAST_VALIDITY } from './theory.ts';

/** Lyapunov exponents beside those of global chaos, log(eta / epsilon) + m. */
export function lyapunovSection(
  study: Study,
  { name, exponents }: LyapunovRequest,
  theoryOf: (column: number) => ColumnTheory,
): Section {
  const values = numbersOf(study, name, [exponents]);
  const errors = numbersOf(study, `${name}_stderr`, [exponents]);
  const { length: dimension } = study.spec.objective.variables;
  const isWhole = exponents === dimension;
  const columns = study.spec.axes.length < 2 ? everyColumn(study) : study.chosen;
  const rows = columns.map((column) => ({
    column,
    values: values.of(column),
    errors: errors.of(column),
    theory: sumOfExponents(study, theoryOf(column)),
  }));
  const full = rows.filter(({ column }) => study.chosen.includes(column));
  return {
    heading: `${name}: Lyapunov exponents, natural logarithm per step`,
    table: {
      head: [...axisNames(study), '', 'measured', 'global chaos', 'z'],
      rows: full.flatMap(({ column, values, errors, theory }) => {
        const place = placeCells(study, column);
        const each = values.map((value, at) => {
          const beside = dimension === 1 ? besideCells(value, errors[at] ?? 0, theory) : [];
          return [
            ...place,
            dimension === 1 ? 'λ' : `λ${at + 1}`,
            measuredText(value, errors[at] ?? 0),
            ...beside,
          ];
        });
        if (dimension === 1 || !isWhole) return each;
        const [sum, error] = [total(values), Math.hypot(...errors)];
        const row = [...place, 'sum', measuredText(sum, error), ...besideCells(sum, error, theory)];
        return [...each, row];
      }),
    },
    notes: [
      ...signNote(study, values),
      ...differenceNote(study, values, theoryOf),
      ...reasonsOf(full.map(({ theory }) => theory)).map((why) => `no theory: ${why}`),
      ...(full.some(({ theory }) => 'value' in theory)
        ? [
            `in global chaos ${dimension === 1 ? 'it is' : 'the sum is that of'} log(eta / epsilon) + E log|f1''|, at uniform phases`,
          ]
        : []),
    ],
    json: {
      name,
      columns: rows.map(({ column, values, errors, theory }) => ({
        column,
        ...placeOf(study, column),
        measured: values,
        stderr: errors,
        theory: dimension === 1 || isWhole ? (ifKnown(theory) ?? null) : null,
      })),
    },
  };
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function besideCells(value: number, error: number, theory: Known<number>): readonly string[] {
  const expected = ifKnown(theory);
  if (expected === undefined) return [];
  return [plainText(expected, 6), deviationText(deviation(value, error, expected))];
}

/** Sum of all exponents at uniform phases: the mean of log|det| where eta / epsilon is large. */
function sumOfExponents(study: Study, { setting, kicks }: ColumnTheory): Known<number> {
  const rule: string = study.spec.optimizer.rule;
  if (rule !== 'gd') return { missing: `known for gradient descent, not for ${rule}` };
  const { eta, epsilon = Number.NaN } = setting;
  return andThen(kicks, (noises) =>
    attempt(() => total(noises.map(({ law }) => globalLyapunov(eta, epsilon, law.logCurvature)))),
  );
}

function signNote(study: Study, values: { at(column: number): number }): readonly string[] {
  if (study.columns < 2) return [];
  const all = everyColumn(study);
  const first = (column: number) => values.at(column);
  const chaotic = all.filter((column) => first(column) > 0);
  const { count, least, median, greatest } = summaryOf(all.map(first));
  const [low, middle, high] = [least, median, greatest].map((value) => plainText(value, 4));
  const lowest = all.find((column) => first(column) === least);
  const highest = all.find((column) => first(column) === greatest);
  return [
    `the first is positive in ${shareText(chaotic.length, count, 'columns')}; least ${low}${at(study, lowest)}, median ${middle}, greatest ${high}${at(study, highest)}`,
  ];
}

/** How far the exponent of one variable is from global chaos over all columns where that holds. */
function differenceNote(
  study: Study,
  values: { at(column: number): number },
  theoryOf: (column: number) => ColumnTheory,
): readonly string[] {
  if (study.columns < 2 || study.spec.objective.variables.length > 1) return [];
  const differences = everyColumn(study).flatMap((column) => {
    const theory = theoryOf(column);
    const expected = ifKnown(sumOfExponents(study, theory));
    const isValid = theory.validity >= LEAST_VALIDITY && expected !== undefined;
    return isValid ? [values.at(column) - expected] : [];
  });
  if (differences.length === 0) return [];
  const { count, least, median, greatest } = summaryOf(differences);
  const [low, middle, high] = [least, median, greatest].map((value) => plainText(value, 3));
  return [
    `less that of global chaos, where eta^2 / epsilon >= ${LEAST_VALIDITY} (${count} columns): least ${low}, median ${middle}, greatest ${high}`,
  ];
}

const at = (study: Study, column: number | undefined) =>
  column === undefined ? '' : ` (${placeText(study, column)})`;
