import type { MomentsRequest } from '../../spec/spec.ts';
import type { ColumnTheory } from '../../study/column-theory.ts';
import { ifKnown, reasonsOf } from '../../study/known.ts';
import { exactMoments, gibbsMoments, statistics, weightedSum } from '../../study/stationary-law.ts';
import { everyColumn, numbersOf, placeOf, type Study } from '../../study/study.ts';
import { exactNote, gibbsNotes } from './law-of-rule.ts';
import { deviation, deviationText, measuredText, plainText } from './number-text.ts';
import { axisNames, placeCells } from './place-text.ts';
import { type Section, summaryOf } from './section.ts';

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
      ...(full.some(({ exact }) => 'value' in exact) ? [exactNote(study.spec.optimizer.rule)] : []),
      ...(full.some(({ gibbs }) => gibbs && 'value' in gibbs)
        ? gibbsNotes(study.spec.optimizer.rule)
        : []),
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

const summaryNote =
  (study: Study) =>
  ({ statistic, values }: { statistic: string; values: { at(column: number): number } }) => {
    const all = summaryOf(everyColumn(study).map((column) => values.at(column)));
    const [least, median, greatest] = [all.least, all.median, all.greatest].map((value) =>
      plainText(value, 5),
    );
    return `${statistic}: least ${least}, median ${median}, greatest ${greatest}`;
  };
