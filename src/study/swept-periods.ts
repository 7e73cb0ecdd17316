import { columnPeriods } from '../analysis/period-changes.ts';
import { everyColumn, numbersOf, placeOf, type Study } from './study.ts';

/** The periods of a sweep by column. */
export interface SweptPeriods {
  readonly etas: Float64Array;
  readonly byColumn: Uint32Array;
}

/** The periods of a sweep over eta, where they were measured. */
export function periodsOf(study: Study): SweptPeriods | undefined {
  const request = study.spec.measures.find(({ measure }) => measure === 'period');
  if (!request) return undefined;
  const { orbits } = study.spec.ensemble;
  const periods = numbersOf(study, request.name, [orbits]);
  return {
    etas: Float64Array.from(
      everyColumn(study),
      (column) => placeOf(study, column).eta ?? Number.NaN,
    ),
    byColumn: columnPeriods(everyColumn(study).flatMap(periods.of), orbits),
  };
}

/** A start near a minimum, but not on it, from where no orbit would ever leave. */
export const besideMinimum = (minimum: number, eta: number) => minimum + 0.03 * eta;
