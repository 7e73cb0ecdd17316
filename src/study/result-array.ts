import type { Result, ResultArray } from '../engine/result.ts';
import { RequestError } from '../spec/errors.ts';

/**
 * An array of a result, which must have the shape that the spec gives it.
 *
 * @throws {RequestError} `bad-array` where the file has no such array of that shape.
 */
export function arrayOf(
  { arrays }: Pick<Result, 'arrays'>,
  name: string,
  shape: readonly number[],
): ResultArray {
  const array = Object.hasOwn(arrays, name) ? arrays[name] : undefined;
  if (array && array.shape.join() === shape.join()) return array;
  throw new RequestError({
    code: 'bad-array',
    where: name,
    what: `expected an array of shape [${shape.join(', ')}]`,
    got: array ? `one of shape [${array.shape.join(', ')}]` : 'no such array',
    cure: 'the arrays do not belong to the spec: run it again',
  });
}
