import {
  type ExponentialFit,
  fitExponential,
  fitWeibull,
  type WeibullFit,
} from '../../analysis/escape-fit.ts';
import { EXPONENTIAL_GAP_95, goodnessOf, survivalOf } from '../../analysis/goodness.ts';
import type { EscapeRequest } from '../../spec/spec.ts';
import type { ColumnTheory } from '../../study/column-theory.ts';
import { readEscapes } from '../../study/escapes.ts';
import { type ExitTheory, exitTheory } from '../../study/exit.ts';
import { attempt, ifKnown, type Known, reasonsOf } from '../../study/known.ts';
import { everyColumn, numbersOf, placeOf, type Study } from '../../study/study.ts';
import { slopeOf } from './escape-slope.ts';
import { exactNote } from './law-of-rule.ts';
import { deviation, deviationText, measuredText, plainText } from './number-text.ts';
import { axisNames, placeCells } from './place-text.ts';
import { type Section, summaryOf } from './section.ts';

/** Escape times: fits with those that stayed, beside the exact times and the exponent of the theory. */
export function escapeSection(
  study: Study,
  request: EscapeRequest,
  theoryOf: (column: number) => ColumnTheory,
): Section {
  const { name, when, horizon } = request;
  const escapesOf = readEscapes(study, request);
  const told = study.chosen.map((column) => {
    const escapes = escapesOf(column);
    const { waits } = escapes;
    const weibull = attempt(() => fitWeibull(waits));
    const gap = ifKnown(
      attempt(() => goodnessOf(waits, survivalOf(fitExponential(waits))).scaledGap),
    );
    const theory = exitTheory(study.spec, column, theoryOf(column), when);
    return { ...escapes, weibull, gap, theory };
  });
  const slope = slopeOf(study, request, escapesOf, theoryOf);
  const isTold = (of: keyof ExitTheory) => reasonsOf(told.map(({ theory }) => theory[of]));
  return {
    heading: `${name}: steps to ${when}, within ${plainText(horizon)}`,
    table: {
      head: [
        ...axisNames(study),
        'escaped',
        'stayed',
        'mean of escaped',
        'exponential fit',
        'exact',
        'z',
        'Weibull shape',
        'misfit',
        'Kramers',
      ],
      rows: told.map(
        ({ column, count, censored, mean, error, exponential, weibull, gap, theory }) => [
          ...placeCells(study, column),
          plainText(count),
          plainText(censored),
          measuredText(mean, error),
          fitText(exponential),
          plainText(ifKnown(theory.exact) ?? Number.NaN, 6).replace('–', ''),
          besideText(count, censored, { mean, error }, exponential, theory),
          shapeText(weibull),
          gap === undefined ? '' : plainText(gap, 3),
          plainText(ifKnown(theory.kramers) ?? Number.NaN, 4).replace('–', ''),
        ],
      ),
    },
    notes: [
      ...summaryNotes(study, request),
      `misfit: distance of the observed and the fitted share still waiting times sqrt(escaped); beyond ${EXPONENTIAL_GAP_95} only one in twenty exponential laws`,
      ...(told.some(({ theory }) => 'value' in theory.exact)
        ? [exactNote(study.spec.optimizer.rule)]
        : []),
      ...slope.notes,
      ...isTold('exact').map((why) => `no exact time: ${why}`),
      ...isTold('exponent').map((why) => `no exponent: ${why}`),
    ],
    warnings: steepWarnings(told.map(({ theory }) => theory)),
    json: {
      name,
      when,
      horizon,
      columns: told.map((row) => ({
        column: row.column,
        ...placeOf(study, row.column),
        escaped: row.count,
        stayed: row.censored,
        mean: row.mean,
        stderr: row.error,
        exponential: ifKnown(row.exponential) ?? null,
        weibull: ifKnown(row.weibull) ?? null,
        scaledGap: row.gap ?? null,
        exact: ifKnown(row.theory.exact) ?? null,
        exponent: ifKnown(row.theory.exponent) ?? null,
        kramers: ifKnown(row.theory.kramers) ?? null,
        steepness: ifKnown(row.theory.steepness) ?? null,
      })),
      // The fits of every column, without the theory, which takes a while for each.
      fits:
        study.spec.axes.length < 2
          ? everyColumn(study)
              .map(escapesOf)
              .map(({ column, count, censored, mean, error, exponential }) => ({
                column,
                ...placeOf(study, column),
                escaped: count,
                stayed: censored,
                mean,
                stderr: error,
                exponential: ifKnown(exponential) ?? null,
              }))
          : null,
      slope: slope.json,
    },
  };
}

/** Over many columns: how many orbits escaped in all, and their mean times. */
function summaryNotes(study: Study, { name }: EscapeRequest): readonly string[] {
  if (study.columns < 2) return [];
  const [count, mean] = [numbersOf(study, `${name}_count`), numbersOf(study, `${name}_mean`)];
  const all = everyColumn(study);
  const escaped = all.reduce((sum, column) => sum + count.at(column), 0);
  const share = escaped / (study.columns * study.spec.ensemble.orbits);
  const { least, median, greatest } = summaryOf(all.map((column) => mean.at(column)));
  const [low, middle, high] = [least, median, greatest].map((value) => plainText(value, 4));
  return [
    `${plainText(100 * share, 4)} % of all orbits escaped; mean times of the columns: least ${low}, median ${middle}, greatest ${high}`,
  ];
}

const fitText = (fit: Known<ExponentialFit>) =>
  'value' in fit ? measuredText(fit.value.time, fit.value.timeError) : '';
const shapeText = (fit: Known<WeibullFit>) =>
  'value' in fit ? measuredText(fit.value.shape, fit.value.shapeError) : '';

/** The mean where every orbit escaped, and the fit where some stayed, beside the exact time. */
function besideText(
  count: number,
  censored: number,
  { mean, error }: { readonly mean: number; readonly error: number },
  exponential: Known<ExponentialFit>,
  { exact }: ExitTheory,
): string {
  const time = ifKnown(exact);
  const fit = ifKnown(exponential);
  if (time === undefined || count === 0) return '';
  if (censored === 0) return deviationText(deviation(mean, error, time));
  return fit ? deviationText(deviation(fit.time, fit.timeError, time)) : '';
}

function steepWarnings(theories: readonly ExitTheory[]): readonly string[] {
  const steepest = Math.max(...theories.map(({ steepness }) => ifKnown(steepness) ?? 0));
  if (!(steepest >= 1)) return [];
  return [
    `a slope of the macro part on the way is ${plainText(steepest, 3)} times the largest force of the micro-structure: it cannot be climbed as epsilon -> 0`,
  ];
}
