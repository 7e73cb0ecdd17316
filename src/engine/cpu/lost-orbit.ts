import { type ColumnSetting, columnSetting } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';
import { MOST_SUBSTEPS } from './rules/flow-text.ts';

/** What the worker throws of an orbit that the integrator of a rule could not follow. */
export class LostOrbit extends Error {
  override readonly name = 'LostOrbit';

  /** @param setting of its column. */
  constructor({ eta, epsilon }: ColumnSetting) {
    const of = epsilon === undefined ? `eta = ${eta}` : `eta = ${eta} and epsilon = ${epsilon}`;
    super(
      `gradient-flow at ${of}: an orbit needs more than ${MOST_SUBSTEPS} sub-steps for one step; take a smaller eta (a step is the time eta) or a larger epsilon, and a smooth objective: where the slope jumps, the flow cannot be followed`,
    );
  }
}

/**
 * Says that an orbit could not be followed, where it could not: it stands at minus infinity.
 *
 * @param column of the sweep.
 * @throws {LostOrbit}
 */
export function requireFollowed(spec: Spec, column: number, position: number): void {
  if (spec.optimizer.rule === 'gradient-flow' && position === Number.NEGATIVE_INFINITY) {
    throw new LostOrbit(columnSetting(spec, column));
  }
}
