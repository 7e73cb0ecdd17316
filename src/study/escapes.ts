import { type ExponentialFit, fitExponential } from '../analysis/escape-fit.ts';
import { type Wait, waitsOf } from '../analysis/waiting.ts';
import type { EscapeRequest } from '../spec/spec.ts';
import { attempt, type Known } from './known.ts';
import { edgesOf, numbersOf, type Study } from './study.ts';

/** The escapes of a column. */
export interface Escapes {
  readonly column: number;
  readonly count: number;
  readonly censored: number;
  readonly mean: number;
  readonly error: number;
  readonly waits: readonly Wait[];
  readonly exponential: Known<ExponentialFit>;
}

/** Reads the escapes of a column: every time where they were kept, else the histogram. */
export function readEscapes(study: Study, { name, bins, horizon, times }: EscapeRequest) {
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
