import {
  type Cascade,
  doublingCascade,
  FEIGENBAUM,
  type Threshold,
} from '../../analysis/doublings.ts';
import { momentumCascade } from '../../analysis/momentum-doublings.ts';
import { bracketDoublings, doublingAbove } from '../../analysis/period-changes.ts';
import type { Objective } from '../../spec/spec.ts';
import { crisisOf, windowsOf } from './chaos.ts';
import { attempt, ifKnown, type Known } from './known.ts';
import { plainText, shareText } from './number-text.ts';
import type { Section } from './section.ts';
import { startsOf } from './starts.ts';
import type { Study } from './study.ts';
import { besideMinimum, periodsOf, type SweptPeriods } from './swept-periods.ts';
import type { ColumnTheory } from './theory.ts';

/** Doublings that are looked for: the ratios of the last have four digits of Feigenbaum's constant. */
const DOUBLINGS = 8;

/** A doubling that the orbits show, and what their cycle says of it. */
interface Seen {
  readonly period: number;
  readonly between: readonly [number, number];
  readonly refined: Known<Threshold>;
}

/** Cells of a row, which stands in the order of eta. */
interface EtaRow {
  readonly eta: number;
  readonly cells: readonly string[];
}

/** Where along an axis of learning rates cycles double, chaos begins, windows open and orbits escape. */
export function thresholdSection(
  study: Study,
  theoryOf: (column: number) => ColumnTheory,
): Section | undefined {
  const { spec } = study;
  const [axis] = spec.axes;
  const { rule } = spec.optimizer;
  const isSweep = spec.axes.length === 1 && axis?.parameter === 'eta';
  const isMap = rule !== 'stochastic-map' && rule !== 'gradient-flow'; // of the position
  if (!isSweep || spec.objective.variables.length > 1 || !isMap) return undefined;
  const { objective, setting, momentum, K } = theoryOf(study.columns - 1);
  const last = ifKnown(K);
  const unit = last === undefined ? undefined : setting.eta / last; // eta at K = 1
  const [start = Number.NaN] = startsOf(spec, 0).middle;
  const cascade = attempt(() =>
    momentum
      ? momentumCascade(objective, momentum, start, DOUBLINGS)
      : doublingCascade(objective, start, DOUBLINGS),
  );
  const found = ifKnown(cascade);
  const periods = periodsOf(study);
  const minimum = found?.minimum ?? start;
  const seen = periods ? seenDoublings(objective, periods, minimum, momentum !== undefined) : [];
  const inside = (eta: number) => eta >= axis.from && eta < axis.to;
  const told = (found?.thresholds ?? []).filter(({ eta }) => inside(eta));
  const rows = [
    ...told.map((threshold) => ({ threshold, orbits: seen.find(isOf(threshold)) })),
    ...seen.flatMap((orbits) => {
      const threshold = ifKnown(orbits.refined);
      return !threshold || told.some((each) => isOf(each)(orbits)) ? [] : [{ threshold, orbits }];
    }),
  ];
  const range = [axis.from, axis.to] as const;
  const crisis = momentum ? undefined : crisisOf(objective, start, range, found, unit);
  const chaos = found?.accumulation?.eta ?? Number.POSITIVE_INFINITY;
  const windows = periods && !momentum ? windowsOf(objective, periods, minimum, chaos) : [];
  if (rows.length + windows.length === 0 && !crisis && !periods) return undefined;
  const inK = (eta: number) => (unit === undefined ? '' : plainText(eta / unit, 9));
  return {
    heading: `thresholds of the cycle about the minimum at ${found ? plainText(found.minimum) : '–'}`,
    table: {
      head: ['event', 'eta', 'K = A eta / epsilon', 'ratio', 'orbits between', 'from their cycle'],
      rows: [
        ...rows.map(({ threshold, orbits }) => ({
          eta: threshold.eta,
          cells: [
            eventText(threshold),
            plainText(threshold.eta, 10),
            inK(threshold.eta),
            ratioText(found, threshold),
            orbits ? orbits.between.map((eta) => plainText(eta, 6)).join(' and ') : '',
            refinedText(orbits),
          ],
        })),
        ...accumulationRow(found, inside, inK),
        ...windows.map(({ period, from, to, isMirrored }) => ({
          eta: from,
          cells: [
            `window of period ${period}${isMirrored ? ', symmetric' : ''}`,
            `${plainText(from, 8)} to ${plainText(to, 8)}`,
            unit === undefined ? '' : `${inK(from)} to ${inK(to)}`,
          ],
        })),
        ...(crisis
          ? [
              {
                eta: crisis.eta,
                cells: ['orbits leave the cell', plainText(crisis.eta, 10), inK(crisis.eta)],
              },
            ]
          : []),
      ]
        .sort((a, b) => a.eta - b.eta)
        .map(({ cells }) => cells),
    },
    notes: [
      ...('missing' in cascade ? [`no cascade: ${cascade.missing}`] : []),
      ...(found && told.length === 0 ? ['the doublings of this minimum lie off the axis'] : []),
      ...ratioNote(found, told),
      ...(periods ? periodNote(study, periods.byColumn) : []),
      ...(crisis?.time ? [crisis.time] : []),
      "thresholds are found by following cycles with Newton's method on the map",
      ...(momentum ? ['windows and the escape from a cell are found without momentum alone'] : []),
    ],
    json: {
      minimum: found?.minimum ?? null,
      thresholds: (found?.thresholds ?? []).map((each) => ({
        ...each,
        ...(unit === undefined ? {} : { K: each.eta / unit }),
        isOnAxis: inside(each.eta),
      })),
      doublings: [...(found?.doublings ?? [])],
      ratios: [...(found?.ratios ?? [])],
      feigenbaum: FEIGENBAUM,
      accumulation: found?.accumulation ?? null,
      seen: seen.map(({ period, between, refined }) => ({
        period,
        between,
        refined: ifKnown(refined)?.eta ?? null,
      })),
      windows,
      crisis: crisis ?? null,
    },
  };
}

/** Most doublings that are refined; more are those of narrow windows. */
const MOST_SEEN = 16;

function seenDoublings(
  objective: Objective,
  { etas, byColumn }: SweptPeriods,
  minimum: number,
  hasMomentum: boolean,
): readonly Seen[] {
  return bracketDoublings(etas, byColumn)
    .slice(0, MOST_SEEN)
    .map(({ period, from, to }) => ({
      period,
      between: [from, to],
      refined: hasMomentum
        ? { missing: 'refined without momentum alone' }
        : attempt(() =>
            doublingAbove(objective, { eta: from, period, x: besideMinimum(minimum, from) }),
          ),
    }));
}

const isOf =
  ({ kind, period, eta }: Threshold) =>
  (orbits: Seen): boolean => {
    if (kind !== 'doubling' || orbits.period !== period) return false;
    const refined = ifKnown(orbits.refined);
    // An orbit near a doubling looks like one beyond it: a column or two are no contradiction.
    const [from, to] = orbits.between;
    return refined ? Math.abs(refined.eta / eta - 1) < 1e-6 : from <= eta && eta <= to;
  };

function eventText({ kind, period }: Threshold): string {
  return kind === 'doubling'
    ? `period ${period} to ${2 * period}`
    : `period ${period} loses its symmetry`;
}

function refinedText(orbits: Seen | undefined): string {
  const refined = orbits && ifKnown(orbits.refined);
  return refined ? plainText(refined.eta, 10) : '';
}

function ratioText(cascade: Cascade | undefined, { kind, eta }: Threshold): string {
  if (!cascade || kind !== 'doubling') return '';
  const ratio = cascade.ratios[cascade.doublings.indexOf(eta) - 1];
  return ratio === undefined ? '' : plainText(ratio, 6);
}

function accumulationRow(
  cascade: Cascade | undefined,
  inside: (eta: number) => boolean,
  inK: (eta: number) => string,
): readonly EtaRow[] {
  const accumulation = cascade?.accumulation;
  if (!accumulation || !inside(accumulation.eta)) return [];
  const { eta } = accumulation;
  return [{ eta, cells: ['chaos begins', plainText(eta, 10), inK(eta)] }];
}

function ratioNote(cascade: Cascade | undefined, told: readonly Threshold[]): readonly string[] {
  const ratio = cascade?.ratios.at(-1);
  if (ratio === undefined || told.length < 3) return [];
  const [seen, universal] = [plainText(ratio, 7), plainText(FEIGENBAUM, 7)];
  return [
    `the distances of the doublings shrink by ${seen} at last; Feigenbaum's constant is ${universal}`,
  ];
}

function periodNote(study: Study, byColumn: Uint32Array): readonly string[] {
  const periodic = byColumn.filter((period) => period > 0).length;
  return [`most orbits have a period in ${shareText(periodic, study.columns, 'columns')}`];
}
