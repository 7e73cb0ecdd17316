import { orbitStepCount } from '../../spec/columns.ts';
import type { Spec } from '../../spec/spec.ts';
import type { DensitySweep, Explorable, JointPlane } from '../explorable.ts';

/** Seconds that a rough picture may take to compute. */
const BUDGET = 0.06;
/** A run that takes no longer than so many rough ones needs none. */
const WORTH = 3;
/** Cells of a rough picture are so many times wider and higher. */
const [WIDER, HIGHER] = [8, 4];
/** Orbits per column of a density, as many as the first pass of a growing run takes. */
const FIRST_ORBITS = 8;
/** Orbits of a joint density: many, so that few of its visits are of one orbit, and enough for several steps each. */
const PLANE_ORBITS = 256;
/** Most visits of its rough picture, and share of its own visits with which a joint density is shown at last. */
const [PLANE_VISITS, PLANE_SHARE] = [2 ** 18, 1 / 8];
/** Steps that an orbit takes at least: fewer say nothing, however slow the engine. */
const LEAST_STEPS = 64;

/** What may have a rough picture. */
export type Roughable = DensitySweep | JointPlane;

/** Whether a request may have a rough picture; a map has coarse passes of its own. */
export function isRoughable(request: Explorable): request is Roughable {
  return request.kind === 'density' || request.kind === 'joint';
}

/** The share of a request's work from which on it looks no emptier than its rough picture. */
export function shareToShow(request: Explorable): number {
  switch (request.kind) {
    case 'density':
      return Math.min(1, FIRST_ORBITS / request.spec.ensemble.orbits);
    case 'joint':
      return (HIGHER ** 2 * roughVisits(request)) / visitsOf(request);
    default:
      return 0;
  }
}

/**
 * A coarse request for the same window that is computed within a few hundredths of a second: fewer
 * columns, bins, orbits and steps.
 *
 * It observes fewer steps per bin than the request itself has when it is shown at first, so that this never
 * looks emptier.
 *
 * @param rate orbit-steps per second of the engine.
 * @returns undefined where the request itself takes hardly longer.
 */
export function roughOf(request: Roughable, rate: number): Roughable | undefined {
  const affordable = rate * BUDGET;
  if (orbitStepCount(request.spec) <= WORTH * affordable) return undefined;
  return request.kind === 'joint' ? planeOf(request, affordable) : sweepOf(request, affordable);
}

function sweepOf({ spec, axis, density }: DensitySweep, affordable: number): DensitySweep {
  const columns = Math.ceil(axis.count / WIDER);
  const most = Math.ceil(spec.steps.keep / WIDER);
  const fewer = stepsOf(spec, { orbits: FIRST_ORBITS, columns, affordable, most });
  const roughAxis = { ...axis, count: columns };
  const roughDensity = { ...density, bins: Math.ceil(density.bins / HIGHER) };
  return {
    kind: 'density',
    axis: roughAxis,
    density: roughDensity,
    place: 0,
    spec: { ...spec, ...fewer, axes: [roughAxis], measures: [roughDensity] },
  };
}

function visitsOf({ spec: { ensemble, steps } }: JointPlane): number {
  return ensemble.orbits * steps.keep;
}

/** Most visits of the rough picture of a joint density: as many in a cell as in one of the share shown at first. */
function roughVisits(request: JointPlane): number {
  return Math.min(PLANE_VISITS, (PLANE_SHARE * visitsOf(request)) / HIGHER ** 2);
}

function planeOf(request: JointPlane, affordable: number): JointPlane {
  const { spec, joint } = request;
  const [columns, rows] = joint.bins;
  const orbits = Math.min(spec.ensemble.orbits, PLANE_ORBITS);
  const most = Math.floor(roughVisits(request) / orbits);
  const rough = {
    ...joint,
    bins: [Math.ceil(columns / HIGHER), Math.ceil(rows / HIGHER)] as const,
  };
  const fewer = stepsOf(spec, { orbits, columns: 1, affordable, most });
  return {
    kind: 'joint',
    joint: rough,
    place: 0,
    spec: { ...spec, ...fewer, measures: [rough] },
  };
}

/** So many orbits at most, for as many steps as can be afforded; of these at most half, and `most`, are observed. */
function stepsOf(
  { ensemble, steps }: Spec,
  of: Readonly<Record<'orbits' | 'columns' | 'affordable' | 'most', number>>,
): Pick<Spec, 'ensemble' | 'steps'> {
  const orbits = Math.min(ensemble.orbits, of.orbits);
  const taken = Math.max(LEAST_STEPS, Math.floor(of.affordable / (of.columns * orbits)));
  const keep = Math.max(1, Math.min(Math.floor(taken / 2), of.most));
  return {
    ensemble: { ...ensemble, orbits },
    steps: { skip: Math.min(steps.skip, taken - keep), keep },
  };
}
