import { orbitStepCount } from '../../spec/columns.ts';
import type { DensitySweep } from '../explorable.ts';

/** Seconds that a rough picture may take to compute. */
const BUDGET = 0.06;
/** A run that takes no longer than so many rough ones needs none. */
const WORTH = 3;
/** Cells of a rough picture are so many times wider and higher. */
const [WIDER, HIGHER] = [8, 4];
/** Orbits per column, as many as the first pass of a growing run takes. */
export const FIRST_ORBITS = 8;
/** Steps that an orbit takes at least: fewer say nothing, however slow the engine. */
const LEAST_STEPS = 64;

/**
 * A coarse request for the same window that is computed within a few hundredths of a second: fewer
 * columns, bins, orbits and steps.
 *
 * It observes fewer steps per bin than the first pass of the request itself, so that this never looks
 * emptier.
 *
 * @param rate orbit-steps per second of the engine.
 * @returns undefined where the request itself takes hardly longer.
 */
export function roughOf(request: DensitySweep, rate: number): DensitySweep | undefined {
  const { spec, axis, density } = request;
  const affordable = rate * BUDGET;
  if (orbitStepCount(spec) <= WORTH * affordable) return undefined;
  const columns = Math.ceil(axis.count / WIDER);
  const orbits = Math.min(spec.ensemble.orbits, FIRST_ORBITS);
  const steps = Math.max(LEAST_STEPS, Math.floor(affordable / (columns * orbits)));
  const keep = Math.max(1, Math.min(Math.floor(steps / 2), Math.ceil(spec.steps.keep / WIDER)));
  const roughAxis = { ...axis, count: columns };
  const roughDensity = { ...density, bins: Math.ceil(density.bins / HIGHER) };
  return {
    kind: 'density',
    axis: roughAxis,
    density: roughDensity,
    place: 0,
    spec: {
      ...spec,
      axes: [roughAxis],
      ensemble: { ...spec.ensemble, orbits },
      steps: { skip: Math.min(spec.steps.skip, steps - keep), keep },
      measures: [roughDensity],
    },
  };
}
