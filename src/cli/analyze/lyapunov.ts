import { rules } from '../../spec/rules.ts';
import type { LyapunovRequest } from '../../spec/spec.ts';
import { type ColumnTheory, LEAST_VALIDITY } from '../../study/column-theory.ts';
import { exponentsOf } from '../../study/exponents.ts';
import { ifKnown, type Known, reasonsOf } from '../../study/known.ts';
import { everyColumn, numbersOf, placeOf, type Study } from '../../study/study.ts';
import { exponentNote } from './law-of-rule.ts';
import { deviation, deviationText, measuredText, plainText, shareText } from './number-text.ts';
import { axisNames, placeCells, placeText } from './place-text.ts';
import { type Section, summaryOf } from './section.ts';

/** Lyapunov exponents beside those of global chaos, log(eta / epsilon) + m. */
export function lyapunovSection(
  study: Study,
  { name, exponents }: LyapunovRequest,
  theoryOf: (column: number) => ColumnTheory,
): Section {
  const values = numbersOf(study, name, [exponents]);
  const errors = numbersOf(study, `${name}_stderr`, [exponents]);
  const { rule } = study.spec.optimizer;
  const { length: dimension } = study.spec.objective.variables;
  const states = dimension * rules[rule].statesPerVariable;
  const isWhole = exponents === states;
  const columns = study.spec.axes.length < 2 ? everyColumn(study) : study.chosen;
  const rows = columns.map((column) => ({
    column,
    values: values.of(column),
    errors: errors.of(column),
    theory: exponentsOf(rule, theoryOf(column)),
  }));
  const full = rows.filter(({ column }) => study.chosen.includes(column));
  return {
    heading: `${name}: Lyapunov exponents, natural logarithm per step`,
    table: {
      head: [...axisNames(study), '', 'measured', theoryName(study), 'z'],
      rows: full.flatMap(({ column, values, errors, theory }) => {
        const place = placeCells(study, column);
        const each = values.map((value, at) => {
          return [
            ...place,
            states === 1 ? 'λ' : `λ${at + 1}`,
            measuredText(value, errors[at] ?? 0),
            ...besideCells(value, errors[at] ?? 0, ifKnown(theory.each)?.[at]),
          ];
        });
        if (states === 1 || !isWhole) return each;
        const [sum, error] = [total(values), Math.hypot(...errors)];
        const beside = besideCells(sum, error, ifKnown(theory.sum));
        return [...each, [...place, 'sum', measuredText(sum, error), ...beside]];
      }),
    },
    notes: [
      ...signNote(study, values),
      ...differenceNote(study, values, theoryOf),
      ...reasonsOf(
        full.map(({ theory }): Known<unknown> => (dimension === 1 ? theory.each : theory.sum)),
      ).map((why) => `no theory: ${why}`),
      ...(full.some(({ theory }) => 'value' in theory.each || 'value' in theory.sum)
        ? [exponentNote(rule, dimension)]
        : []),
    ],
    json: {
      name,
      columns: rows.map(({ column, values, errors, theory }) => ({
        column,
        ...placeOf(study, column),
        measured: values,
        stderr: errors,
        theory: states === 1 || isWhole ? (ifKnown(theory.sum) ?? null) : null,
        theories: ifKnown(theory.each) ?? null,
      })),
    },
  };
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function besideCells(
  value: number,
  error: number,
  expected: number | undefined,
): readonly string[] {
  if (expected === undefined) return [];
  return [plainText(expected, 6), deviationText(deviation(value, error, expected))];
}

/** Of what the numbers beside are. */
const theoryName = ({ spec }: Study) =>
  spec.optimizer.rule === 'stochastic-map' ? 'the linear map' : 'global chaos';

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
  const { optimizer, objective } = study.spec;
  if (study.columns < 2 || objective.variables.length > 1) return [];
  const differences = everyColumn(study).flatMap((column) => {
    const theory = theoryOf(column);
    const [expected] = ifKnown(exponentsOf(optimizer.rule, theory).each) ?? [];
    const isValid = theory.validity >= LEAST_VALIDITY && expected !== undefined;
    return isValid ? [values.at(column) - expected] : [];
  });
  if (differences.length === 0) return [];
  const { count, least, median, greatest } = summaryOf(differences);
  const [low, middle, high] = [least, median, greatest].map((value) => plainText(value, 3));
  const where =
    optimizer.rule === 'stochastic-map' ? '' : `, where eta^2 / epsilon >= ${LEAST_VALIDITY}`;
  return [
    `less that of ${theoryName(study)}${where} (${count} columns): least ${low}, median ${middle}, greatest ${high}`,
  ];
}

const at = (study: Study, column: number | undefined) =>
  column === undefined ? '' : ` (${placeText(study, column)})`;
