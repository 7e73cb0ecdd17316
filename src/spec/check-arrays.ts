import { RequestError } from './errors.ts';
import { measureKind } from './measures/registry.ts';
import type { MeasureRequest } from './spec.ts';

/** Arrays of every result, whatever is measured. */
const reservedArrays = ['axis0', 'axis1', 'diverged', 'distinct', 'spec', 'provenance'];

/**
 * Checks that all arrays of a result have names of their own, upper and lower case alike, since
 * they become names of files.
 *
 * @throws {RequestError} `duplicate-name` at the name of a measure.
 */
export function checkArrays(measures: readonly MeasureRequest[]): void {
  const owners = new Map(reservedArrays.map((name) => [name, 'every result']));
  measures.forEach((request, i) => {
    for (const array of measureKind(request).arrays(request)) {
      const owner = owners.get(array.toLowerCase());
      if (owner !== undefined) {
        throw new RequestError({
          code: 'duplicate-name',
          where: `measures[${i}].name`,
          what: `gives an array ${array}, a name that ${owner} has`,
          got: `"${request.name}"`,
          cure: 'give each measure a "name" of its own',
        });
      }
      owners.set(array.toLowerCase(), `measures[${i}]`);
    }
  });
}
