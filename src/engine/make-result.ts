import type { RunLayout } from '../measure/layout.ts';
import { recordArrays } from '../measure/record-arrays.ts';
import type { Records } from '../measure/records.ts';
import { specHash } from '../spec/canonical.ts';
import { axisLengths, orbitStepCount } from '../spec/columns.ts';
import type { Spec } from '../spec/spec.ts';
import { axisArrays } from './axes.ts';
import type { Provenance, Result, ResultStrip } from './result.ts';
import { densityArrays, divergedArray, planeArrays, type Tallies } from './tallies.ts';
import { VERSION } from './version.ts';

/** What a run has gathered. */
export interface Gathered {
  readonly spec: Spec;
  readonly layout: RunLayout;
  readonly tallies: Tallies;
  readonly records: Records;
  readonly provenance: Provenance;
  /** Where they are of a strip alone. */
  readonly strip?: ResultStrip | undefined;
}

/** The result of a run: the arrays that its counts and records give, with what made them. */
export function makeResult(gathered: Gathered): Result {
  const { spec, layout, tallies, records, provenance, strip } = gathered;
  const axes = axisLengths(spec, tallies.columns);
  return {
    spec,
    provenance,
    ...(strip ? { strip } : {}),
    arrays: {
      ...axisArrays(spec, strip && [strip.from, strip.to]),
      ...densityArrays(tallies, layout.densities, axes),
      ...planeArrays(tallies, layout.planes, axes),
      ...recordArrays(spec, records),
      diverged: divergedArray(tallies, axes),
    },
  };
}

/**
 * What a result says of how it was made: what the spec says, and what only the engine knows.
 *
 * @param columns that are run; default all.
 */
export function makeProvenance(
  spec: Spec,
  made: Pick<Provenance, 'engine' | 'precision' | 'representation' | 'warnings'>,
  columns?: number,
): Provenance {
  return {
    etascope: VERSION,
    engine: made.engine,
    precision: made.precision,
    representation: made.representation,
    seed: spec.ensemble.seed,
    orbitSteps: orbitStepCount(spec, columns),
    specHash: specHash(spec),
    warnings: made.warnings,
  };
}
