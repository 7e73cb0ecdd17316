import { columnCount, orbitStepCount } from './columns.ts';
import { RequestError } from './errors.ts';
import { type Limit, limits } from './limits.ts';
import { measureKind } from './measures/registry.ts';
import type { Spec } from './spec.ts';

/**
 * Checks that a run is one that some device could hold and finish.
 *
 * @throws {RequestError} `limit`, naming the limit and what to lower.
 * @see limits for the numbers and their reasons.
 */
export function checkSize(spec: Spec): void {
  const columns = columnCount(spec);
  const cells = spec.measures.reduce(
    (sum, request) => sum + columns * measureKind(request).cells(request),
    0,
  );
  refuseAbove(limits.columns, columns, 'axes', 'columns, the product of the axis counts,');
  refuseAbove(limits.cells, cells, 'measures', 'counts in the result, columns x bins,');
  refuseAbove(
    limits.orbitSteps,
    orbitStepCount(spec),
    'steps',
    'orbit-steps, columns x orbits x (skip + keep),',
  );
}

function refuseAbove({ most, cure }: Limit, asked: number, where: string, what: string): void {
  if (asked <= most) return;
  throw new RequestError({
    code: 'limit',
    where,
    what: `asks for more ${what} than the limit of ${most}`,
    got: `${asked}`,
    cure,
  });
}
