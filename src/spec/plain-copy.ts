import { RequestError } from './errors.ts';
import { limits } from './limits.ts';
import { type Path, pathText, valueText } from './path.ts';

/**
 * Copies a document of plain objects, lists, text, finite numbers, booleans and null, so that
 * nothing its owner does later can change it. Fields that are undefined are left out; -0 becomes 0.
 *
 * @throws {RequestError} `not-finite` for NaN and infinities; `wrong-type` for what JSON cannot
 *   hold; `reserved-name` for keys that every object has (`__proto__`, `constructor`); `limit` for
 *   documents too deep (cycles among them) or too large.
 */
export function plainCopy(input: unknown): unknown {
  let values = 0;

  function copy(value: unknown, path: Path): unknown {
    values += 1;
    const bound =
      values > limits.values.most
        ? limits.values
        : path.length > limits.depth.most
          ? limits.depth
          : undefined;
    if (bound) {
      throw new RequestError({
        code: 'limit',
        where: pathText(path.slice(0, 4)),
        what: `above the limit of ${bound.most} on the ${bound.name} of a spec`,
        cure: bound.cure,
      });
    }
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') {
      if (Number.isFinite(value)) return value === 0 ? 0 : value;
      throw new RequestError({
        code: 'not-finite',
        where: pathText(path),
        what: 'must be a finite number',
        got: String(value),
      });
    }
    if (Array.isArray(value)) return Array.from(value, (item, i) => copy(item, [...path, i]));
    if (tagOf(value) === 'Object') {
      return copyFields(value as object, path); // the tag says it is a plain object
    }
    throw new RequestError({
      code: 'wrong-type',
      where: pathText(path),
      what: 'must be what JSON can hold: an object, a list, text, a number, true, false or null',
      got: typeof value === 'object' ? `a ${tagOf(value)}` : valueText(value),
    });
  }

  function copyFields(fields: object, path: Path): Record<string, unknown> {
    const copied: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(fields)) {
      if (value === undefined) continue;
      if (key in Object.prototype) {
        throw new RequestError({
          code: 'reserved-name',
          where: pathText(path),
          what: 'has a field with a name that every JavaScript object has',
          got: valueText(key),
          cure: 'choose another name',
        });
      }
      copied[key] = copy(value, [...path, key]);
    }
    return copied;
  }

  return copy(input, []);
}

/** What JavaScript calls a value: `Object` for plain objects, of any window; `Map`, `Date`... */
function tagOf(value: unknown): string {
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
