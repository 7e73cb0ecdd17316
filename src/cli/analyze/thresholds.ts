import { type Cascade, FEIGENBAUM, type Threshold } from '../../analysis/doublings.ts';
import { rules } from '../../spec/rules.ts';
import type { ColumnTheory } from '../../study/column-theory.ts';
import { ifKnown } from '../../study/known.ts';
import type { SeenDoubling } from '../../study/seen-doublings.ts';
import type { Study } from '../../study/study.ts';
import { type Thresholds, thresholdsOf } from '../../study/thresholds.ts';
import { plainText, shareText } from './number-text.ts';
import type { Section } from './section.ts';

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
  const thresholds = thresholdsOf(study, theoryOf);
  const [axis] = study.spec.axes;
  if (!thresholds || !axis) return undefined;
  const { cascade, unit, told, rows, seen, crisis, windows, periods } = thresholds;
  if (rows.length + windows.length === 0 && !crisis && !periods) return undefined;
  const found = ifKnown(cascade);
  const time = timeText(thresholds);
  const inside = (eta: number) => eta >= axis.from && eta < axis.to;
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
      ...(time === undefined ? [] : [time]),
      "thresholds are found by following cycles with Newton's method on the map",
      ...(rules[study.spec.optimizer.rule].hasMomentum
        ? ['windows and the escape from a cell are found without momentum alone']
        : []),
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
      crisis: crisis ? { ...crisis, ...(time === undefined ? {} : { time }) } : null,
    },
  };
}

function eventText({ kind, period }: Threshold): string {
  return kind === 'doubling'
    ? `period ${period} to ${2 * period}`
    : `period ${period} loses its symmetry`;
}

/** How long orbits stay just beyond the crisis. */
function timeText({ crisis, unit, stay }: Thresholds): string | undefined {
  if (!crisis || unit === undefined || stay === undefined) return undefined;
  const law = `${plainText(stay, 3)} / sqrt(K - ${plainText(crisis.eta / unit, 6)})`;
  return `just beyond, orbits stay in their cell for ${law} steps on average`;
}

function refinedText(orbits: SeenDoubling | undefined): string {
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
