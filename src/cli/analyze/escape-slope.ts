import { fitLine } from '../../analysis/line-fit.ts';
import type { EscapeRequest } from '../../spec/spec.ts';
import type { ColumnTheory } from '../../study/column-theory.ts';
import type { Escapes } from '../../study/escapes.ts';
import { type ExitTheory, exitTheory } from '../../study/exit.ts';
import { attempt, ifKnown } from '../../study/known.ts';
import { everyColumn, type Study } from '../../study/study.ts';
import { measuredText, plainText } from './number-text.ts';

/** Escapes that a column must have to count in the slope over eta. */
const ENOUGH = 20;

/** What the slope says, for people and for scripts. */
export interface Slope {
  readonly notes: readonly string[];
  readonly json: Readonly<Record<string, unknown>> | null;
}

/** How log(eta time) grows with 1 / eta, beside S and beside the exact times of the same columns. */
export function slopeOf(
  study: Study,
  { when }: EscapeRequest,
  escapesOf: (column: number) => Escapes,
  theoryOf: (column: number) => ColumnTheory,
): Slope {
  const [axis] = study.spec.axes;
  if (study.spec.axes.length !== 1 || axis?.parameter !== 'eta') {
    return { notes: exponentNotes(study, when, theoryOf), json: null };
  }
  const points = everyColumn(study).flatMap((column) => {
    const { count, exponential } = escapesOf(column);
    const fit = ifKnown(exponential);
    const { eta } = theoryOf(column).setting;
    if (!fit || count < ENOUGH) return [];
    return [{ column, x: 1 / eta, y: Math.log(eta * fit.time), error: fit.timeError / fit.time }];
  });
  const fit = ifKnown(attempt(() => fitLine(points)));
  const [first, last] = [points[0], points.at(-1)];
  if (!fit || !first || !last || points.length < 3) {
    return { notes: exponentNotes(study, when, theoryOf), json: null };
  }
  const [slow, fast] = [first, last].map(({ column }) =>
    exitTheory(study.spec, column, theoryOf(column), when),
  ) as [ExitTheory, ExitTheory]; // two in, two out
  const S = ifKnown(slow.exponent);
  const [longer, shorter] = [ifKnown(slow.exact), ifKnown(fast.exact)];
  const exact =
    longer !== undefined && shorter !== undefined
      ? Math.log((longer * last.x) / (shorter * first.x)) / (first.x - last.x)
      : undefined;
  const beside = [
    ...(S === undefined ? [] : [`S = ${plainText(S, 6)} as eta -> 0`]),
    ...(exact === undefined ? [] : [`${plainText(exact, 5)} of the exact times between the ends`]),
  ];
  return {
    notes: [
      `log(eta time) grows with 1/eta by ${measuredText(fit.slope, fit.slopeError)} over ${points.length} columns${beside.length > 0 ? `; theory: ${beside.join(', ')}` : ''}`,
    ],
    json: { ...fit, columns: points.length, exponent: S ?? null, exact: exact ?? null },
  };
}

/** The exponent alone, where there is no slope to stand beside. */
function exponentNotes(
  study: Study,
  when: string,
  theoryOf: (column: number) => ColumnTheory,
): readonly string[] {
  const [column] = study.chosen;
  if (column === undefined) return [];
  const S = ifKnown(exitTheory(study.spec, column, theoryOf(column), when).exponent);
  return S === undefined
    ? []
    : [`as eta -> 0 the time grows as exp(S / eta) with S = ${plainText(S, 6)}`];
}
