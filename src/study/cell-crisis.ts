import { cellEscapeTime } from '../analysis/cell-escape.ts';
import { type Crisis, cellAround, escapeCrisis } from '../analysis/crisis.ts';
import type { Cascade } from '../analysis/doublings.ts';
import { microNoise } from '../analysis/micro-noise.ts';
import type { Objective } from '../spec/spec.ts';
import { attempt, ifKnown, type Known } from './known.ts';

/** Where chaos begins, or at least cycles double; not known of a minimum without either. */
export const chaosOf = (cascade: Cascade | undefined): number | undefined =>
  cascade?.accumulation?.eta ?? cascade?.doublings[0];

/** Where the attractor of the minimum reaches the end of its cell, at learning rates in [from, to]. */
export const crisisOf = (
  objective: Objective,
  start: number,
  range: readonly [from: number, to: number],
): Known<Crisis> =>
  attempt(() => escapeCrisis(objective, start, cellAround(objective, start), range));

/**
 * How long orbits stay just beyond the crisis: steps on average = answer / sqrt(K - K of the crisis).
 *
 * @param K of the crisis.
 * @returns undefined unless the micro-structure is a single sine and the macro part is weak there.
 */
export function stayBeyond(objective: Objective, K: number): number | undefined {
  const noise = ifKnown(attempt(() => microNoise(objective)));
  if (noise?.amplitudes?.length !== 1) return undefined;
  const { prefactor, crisis } = cellEscapeTime(5);
  // The law is that of an untilted cosine: of this objective only where the macro part is weak.
  return Math.abs(K / crisis - 1) > 0.01 ? undefined : prefactor;
}
