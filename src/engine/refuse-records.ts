import type { RunLayout } from '../measure/layout.ts';
import { RequestError } from '../spec/errors.ts';

/** Refuses what an engine cannot take from its orbits yet. */
export function refuseRecords({ record }: RunLayout): void {
  const { moments, tangents, period, extent } = record;
  if (moments.length === 0 && !tangents && !period && extent === undefined && !record.escape)
    return;
  throw new RequestError({
    code: 'not-yet',
    where: 'measures',
    what: 'this engine takes densities alone in this version',
    cure: 'ask for densities',
  });
}
