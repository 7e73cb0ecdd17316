import { type CompiledObjective, compileCondition, compileFormula } from '../formula/objective.ts';
import type { Expression } from '../formula/tree.ts';
import { columnCount } from '../spec/columns.ts';
import { RequestError } from '../spec/errors.ts';
import { limits } from '../spec/limits.ts';
import { defaultPeriod } from '../spec/measures/period.ts';
import { type Placed, requestsOf } from '../spec/measures/registry.ts';
import { rules } from '../spec/rules.ts';
import type { EscapeRequest, Initial, Spec } from '../spec/spec.ts';
import { type DensityLayout, layDensities } from './density.ts';
import { layPlanes, type PlaneLayout } from './joint-density.ts';

/**
 * What a run takes from its orbits, whatever the engine: counts of visits in every column, and of every
 * orbit a record of f64 values. All arrays of a result are made of the two.
 *
 * Counts are sums over orbits, and records belong to one orbit each, so that however the work is cut,
 * the result is the same.
 */
export interface RunLayout {
  readonly densities: readonly DensityLayout[];
  /** Joint densities, whose slots stand behind those of all densities. */
  readonly planes: readonly PlaneLayout[];
  /** Slots of the densities alone: few enough to be counted close to where they are computed. */
  readonly denseRow: number;
  /** Length of the row of all slots. */
  readonly row: number;
  readonly record: RecordLayout;
}

/**
 * The record of an orbit, f64. Numbers below are places in it. A record that is not there yet is NaN
 * throughout.
 *
 * Sums over observed states are kept of `batches` pieces of the orbit: batch b holds the observed states
 * from `batchStart(keep, batches, b)` on, counted from 0.
 */
export interface RecordLayout {
  /** Values of a record. */
  readonly width: number;
  readonly batches: number;
  /** How the orbit ended: a `Fate`. */
  readonly fate: number;
  /** Steps from its start to its last state: the escape time, if it escaped. */
  readonly steps: number;
  /** Its last state, [variables], in the unit of the variables; NaN where it diverged. */
  readonly final: number;
  readonly variables: number;
  readonly moments: readonly MomentsLayout[];
  readonly tangents: TangentsLayout | undefined;
  readonly period: PeriodLayout | undefined;
  /**
   * How far the orbit wandered, in periods of the micro-structure: the largest difference, along any
   * coordinate that has one, of its observed states at every `CHECKPOINT`. NaN where no coordinate has.
   */
  readonly extent: number | undefined;
  /** Ends the orbits that satisfy it. */
  readonly escape: Placed<EscapeRequest> | undefined;
}

/** How an orbit ended. */
export const fates = {
  /** It took all its steps. */
  stayed: 0,
  /** It left the radius, or the domain of its formula. */
  diverged: 1,
  /** It satisfied the condition of the escape. */
  escaped: 2,
} as const;

/** Per batch [count, shift, s1, s2, s3, s4]: s_k = sum of (value - shift)^k over `count` states. */
export interface MomentsLayout {
  readonly start: number;
  /** Formula of the value, and where in the spec it stands. */
  readonly of: string;
  readonly where: string;
}

/** Values of a batch of moments. */
export const MOMENTS_WIDTH = 6;

/**
 * Per batch [steps, g_1 … g_k]: over `steps` steps from observed states, the natural logarithms of what
 * the i-th of k tangent vectors, kept orthogonal to those before it, grew by.
 */
export interface TangentsLayout {
  readonly start: number;
  readonly exponents: number;
  /** Observed states before the first step counted, on which the vectors find their directions. */
  readonly warmUp: number;
}

/** One value: the period that `findPeriod` finds in the steps after the last; 0 where it finds none. */
export interface PeriodLayout {
  readonly start: number;
  readonly max: number;
  readonly tolerance: number;
}

/** Observed states, counted from 0, at whose multiples it is looked how far an orbit has wandered. */
export const CHECKPOINT = 32;
/** Independent pieces of orbits that an error of a mean should rest on, at least. */
const ENOUGH_PIECES = 32;
/** States of the shortest batch. */
const SHORTEST_BATCH = 16;
/** Tangent vectors find their directions within so many steps, and a share of what is observed. */
const WARM_UP = 64;
const WARM_UP_SHARE = 1 / 8;

/** First observed state of batch `batch`, counted from 0; `batch = batches` gives the end. */
export function batchStart(keep: number, batches: number, batch: number): number {
  return Math.floor((keep * batch) / batches);
}

/** Whether the orbits of a column all start at one place, as each axis and number says. */
export function startsAreOne({ ensemble }: Spec): boolean {
  return Object.values(ensemble.initial).every((start: Initial) => typeof start === 'number');
}

/**
 * Lays out what the measures of a spec need.
 *
 * @param columns that are run at once; default all.
 * @throws {RequestError} `limit` where the records of all orbits are more than a machine could hold.
 */
export function layRun(spec: Spec, columns = columnCount(spec)): RunLayout {
  const { measures, ensemble, steps, objective, optimizer } = spec;
  const { densities, row: denseRow } = layDensities(requestsOf(measures, 'density'));
  const { planes, row } = layPlanes(requestsOf(measures, 'joint-density'), denseRow);
  const variables = objective.variables.length;
  const dimension = variables * rules[optimizer.rule].statesPerVariable;
  const [lyapunov] = requestsOf(measures, 'lyapunov');
  const [regime] = requestsOf(measures, 'regime');
  const [periods] = requestsOf(measures, 'period');
  const [exit] = requestsOf(measures, 'escape');
  const moments = requestsOf(measures, 'moments');

  const pieces = startsAreOne(spec) ? 1 : ensemble.orbits;
  const wanted = Math.ceil(ENOUGH_PIECES / pieces);
  const hasSums = moments.length > 0 || lyapunov !== undefined || regime !== undefined;
  const batches = hasSums
    ? Math.max(1, Math.min(wanted, Math.floor(steps.keep / SHORTEST_BATCH)))
    : 1;

  let width = 0;
  const reserve = (values: number): number => {
    const at = width;
    width += values;
    return at;
  };
  const fate = reserve(1);
  const stepsAt = reserve(1);
  const final = reserve(variables);
  const exponents = lyapunov?.request.exponents ?? (regime ? 1 : 0);
  const looked = periods?.request ?? (regime ? defaultPeriod : undefined);
  const layout: RunLayout = {
    densities,
    planes,
    denseRow,
    row,
    record: {
      fate,
      steps: stepsAt,
      final,
      variables,
      moments: moments.map(({ request: { of }, index }) => ({
        start: reserve(batches * MOMENTS_WIDTH),
        of,
        where: `measures[${index}].of`,
      })),
      tangents:
        exponents > 0
          ? {
              start: reserve(batches * (1 + exponents)),
              exponents,
              warmUp:
                dimension === 1 ? 0 : Math.min(WARM_UP, Math.floor(steps.keep * WARM_UP_SHARE)),
            }
          : undefined,
      period: looked && { start: reserve(1), max: looked.max, tolerance: looked.tolerance },
      extent: regime && reserve(1),
      escape: exit,
      batches,
      width,
    },
  };
  const { records } = limits;
  const values = columns * ensemble.orbits * width;
  if (values > records.most) {
    throw new RequestError({
      code: 'limit',
      where: 'ensemble.orbits',
      what: `asks for more ${records.name}, columns x orbits x ${width}, than the limit of ${records.most}`,
      got: `${values}`,
      cure: records.cure,
    });
  }
  return layout;
}

/** The formulas that the measures of a run observe, in the objective's pool. */
export interface ObservedFormulas {
  /** One per density. */
  readonly densities: readonly Expression[];
  /** Two per joint density, across and up. */
  readonly planes: readonly (readonly [Expression, Expression])[];
  /** One per moments. */
  readonly moments: readonly Expression[];
  /** The condition of the escape. */
  readonly escape: Expression | undefined;
}

/**
 * Reads the formulas of all measures.
 *
 * @throws {FormulaError} at the path of the formula.
 */
export function compileObserved(
  { densities, planes, record }: RunLayout,
  objective: CompiledObjective,
): ObservedFormulas {
  return {
    densities: densities.map(({ request, index }) =>
      compileFormula(request.of, objective, `measures[${index}].of`),
    ),
    planes: planes.map(({ request: { of }, index }) => {
      const read = (at: 0 | 1) => compileFormula(of[at], objective, `measures[${index}].of[${at}]`);
      return [read(0), read(1)];
    }),
    moments: record.moments.map(({ of, where }) => compileFormula(of, objective, where)),
    escape:
      record.escape &&
      compileCondition(
        record.escape.request.when,
        objective,
        `measures[${record.escape.index}].when`,
      ),
  };
}
