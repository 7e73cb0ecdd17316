import {
  type ExponentialFit,
  fitExponential,
  fitWeibull,
  type WeibullFit,
} from '../../analysis/escape-fit.ts';
import { EXPONENTIAL_GAP_95, goodnessOf, survivalOf } from '../../analysis/goodness.ts';
import { fitLine } from '../../analysis/line-fit.ts';
import { type Wait, waitsOf } from '../../analysis/waiting.ts';
import type { EscapeRequest } from '../../spec/spec.ts';
import { type ExitTheory, exitTheory } from './exit.ts';
import { attempt, ifKnown, type Known, reasonsOf } from './known.ts';
import { axisNames, EXACT } from './moments.ts';
import { deviation, deviationText, measuredText, plainText } from './number-text.ts';
import { type Section, summaryOf } from './section.ts';
import { edgesOf, everyColumn, numbersOf, placeCells, placeOf, type Study } from './study.ts';
import type { ColumnTheory } from './theory.ts';

/** Escapes that a column must have to count in the slope over eta. */
const ENOUGH = 20;

interface Escapes {
  readonly column: number;
  readonly count: number;
  readonly censored: number;
  readonly mean: number;
  readonly error: number;
  readonly waits: readonly Wait[];
  readonly exponential: Known<ExponentialFit>;
}

/** Escape times: fits with those that stayed, beside the exact times and the exponent of the theory. */
export function escapeSection(
  study: Study,
  request: EscapeRequest,
  theoryOf: (column: number) => ColumnTheory,
): Section {
  const { name, when, horizon } = request;
  const escapesOf = reader(study, request);
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
      ...(told.some(({ theory }) => 'value' in theory.exact) ? [EXACT] : []),
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

/** Reads the escapes of a column: every time where they were kept, else the histogram. */
function reader(study: Study, { name, bins, horizon, times }: EscapeRequest) {
  const count = numbersOf(study, `${name}_count`);
  const censored = numbersOf(study, `${name}_censored`);
  const mean = numbersOf(study, `${name}_mean`);
  const error = numbersOf(study, `${name}_stderr`);
  const histogram = numbersOf(study, `${name}_histogram`, [bins]);
  // Times are whole: a cell [a, b) holds those from ceil(a) on, and a time t is the end of a step.
  const edges = edgesOf(study, `${name}_edges`, bins + 1).map((edge) => Math.ceil(edge) - 0.5);
  const { orbits } = study.spec.ensemble;
  const each = times ? numbersOf(study, `${name}_times`, [orbits]) : undefined;
  return (column: number): Escapes => {
    const stayed = censored.at(column);
    const known = each?.of(column).filter((time) => time > 0); // at the start there was no wait
    const cells = histogram.of(column);
    const waits = known
      ? [
          ...known.map((time) => ({ from: time, to: time, count: 1 })),
          { from: horizon, to: Number.POSITIVE_INFINITY, count: stayed },
        ].filter(({ count }) => count > 0)
      : waitsOf(...withoutEmpty(cells, edges), stayed, horizon + 0.5);
    return {
      column,
      count: count.at(column),
      censored: stayed,
      mean: mean.at(column),
      error: error.at(column),
      waits,
      exponential: attempt(() => fitExponential(waits)),
    };
  };
}

/** Cells too narrow to hold a whole number are left out: they have no width of their own. */
function withoutEmpty(
  counts: readonly number[],
  edges: Float64Array,
): readonly [counts: readonly number[], edges: readonly number[]] {
  const wide = counts.map((_, bin) => (edges[bin + 1] ?? 0) > (edges[bin] ?? 0));
  const kept = counts.filter((_, bin) => wide[bin]);
  return [kept, [edges[0] ?? 0.5, ...Array.from(edges.slice(1)).filter((_, bin) => wide[bin])]];
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

interface Slope {
  readonly notes: readonly string[];
  readonly json: Readonly<Record<string, unknown>> | null;
}

/** How log(eta time) grows with 1 / eta, beside S and beside the exact times of the same columns. */
function slopeOf(
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

function steepWarnings(theories: readonly ExitTheory[]): readonly string[] {
  const steepest = Math.max(...theories.map(({ steepness }) => ifKnown(steepness) ?? 0));
  if (!(steepest >= 1)) return [];
  return [
    `a slope of the macro part on the way is ${plainText(steepest, 3)} times the largest force of the micro-structure: it cannot be climbed as epsilon -> 0`,
  ];
}
