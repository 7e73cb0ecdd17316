import { RequestError } from './errors.ts';
import { readJson } from './json-text.ts';
import { wordCure } from './nearest-word.ts';
import { type Path, pathText, valueText } from './path.ts';
import { plainCopy } from './plain-copy.ts';
import { schemaPlace } from './schema-place.ts';
import { unknownKey } from './shape-fault.ts';

/**
 * Replaces fields of a spec that is not parsed yet, in order, by assignments such as
 * `steps.keep=5000`, `axes[0].to=3` or `objective.macro=x^4/4`.
 *
 * A value is JSON if it reads as such, else text; where the spec has text, a number stays text, so
 * that `objective.micro=0` needs no quotes. An index equal to a list's length appends to it, and
 * objects on the way that are missing are made.
 *
 * @param input is left as it is.
 * @throws {RequestError} `bad-override` if there is no path or no `=`; `unknown-key` or `not-yet`
 *   for a field that a spec cannot have; `wrong-type` for a path into what is no object or list;
 *   `no-such-item` for an index past a list's end; and what `plainCopy` throws.
 */
export function applyOverrides(input: unknown, assignments: readonly string[]): unknown {
  return assignments.reduce<unknown>((document, assignment) => {
    const { path, text } = readAssignment(assignment);
    return replaced(document, path, 0, valueAt(path, text, document));
  }, plainCopy(input));
}

function readAssignment(assignment: string): { path: Path; text: string } {
  const equals = assignment.indexOf('=');
  const pathPart = assignment.slice(0, equals).trim();
  const key = '[A-Za-z_$][A-Za-z0-9_$-]*';
  const pattern = new RegExp(`^${key}(\\[\\d{1,9}\\])*(\\.${key}(\\[\\d{1,9}\\])*)*$`);
  if (equals < 0 || !pattern.test(pathPart)) {
    throw new RequestError({
      code: 'bad-override',
      where: '--set',
      what: 'must be PATH=VALUE',
      got: valueText(assignment),
      cure: 'for example steps.keep=5000 or axes[0].to=3',
    });
  }
  const path = [...pathPart.matchAll(/\[(\d+)\]|[^.[\]]+/g)].map(([step, index]) =>
    index === undefined ? step : Number(index),
  );
  return { path, text: assignment.slice(equals + 1) };
}

function valueAt(path: Path, text: string, document: unknown): unknown {
  let value: unknown;
  try {
    value = readJson(text, pathText(path));
  } catch (error) {
    if (error instanceof RequestError && error.code !== 'limit') return text;
    throw error;
  }
  const isText = schemaPlace(path, document)?.kind === 'text';
  return isText && typeof value !== 'string' ? text.trim() : plainCopy(value);
}

/** A copy of `owner`, which stands at the first `depth` steps of the path, with the value set. */
function replaced(owner: unknown, path: Path, depth: number, value: unknown): unknown {
  const step = path[depth];
  if (step === undefined) return value;
  if (typeof step === 'number') {
    const list = listAt(owner, path, depth, step);
    return list.with(step, replaced(list[step], path, depth + 1, value));
  }
  const place = path.slice(0, depth);
  const fields = owner ?? {}; // an object that is missing is made
  if (typeof fields !== 'object' || Array.isArray(fields)) {
    throw new RequestError({
      code: 'wrong-type',
      where: pathText(path.slice(0, depth + 1)),
      what: `${pathText(place)} is not an object with fields`,
      got: valueText(owner),
      ...(Array.isArray(fields) ? { cure: itemCure(place, fields.length) } : {}),
    });
  }
  checkKey(fields, place, step);
  const inner = Object.entries(fields).find(([key]) => key === step)?.[1];
  return { ...fields, [step]: replaced(inner, path, depth + 1, value) };
}

/** A copy of the list that item `index` is in, one longer if the item is to be appended. */
function listAt(owner: unknown, path: Path, depth: number, index: number): unknown[] {
  const place = path.slice(0, depth);
  const where = pathText(path.slice(0, depth + 1));
  const list = owner ?? (schemaPlace(place)?.kind === 'list' ? [] : undefined);
  if (!Array.isArray(list)) {
    const keys = Object.keys(Object(owner));
    throw new RequestError({
      code: 'wrong-type',
      where,
      what: `${pathText(place)} is not a list`,
      got: valueText(owner),
      ...(keys.length > 0 ? { cure: `its fields are ${keys.join(', ')}` } : {}),
    });
  }
  if (index > list.length) {
    throw new RequestError({
      code: 'no-such-item',
      where,
      what: `${pathText(place)} has ${list.length} items`,
      got: `index ${index}`,
      cure: itemCure(place, list.length),
    });
  }
  return index === list.length ? [...list, undefined] : [...list];
}

function itemCure(place: Path, length: number): string {
  const append = `${pathText([...place, length])} appends`;
  if (length === 0) return append;
  const last = length > 1 ? ` to ${pathText([...place, length - 1])}` : '';
  return `its items are ${pathText([...place, 0])}${last}, and ${append}`;
}

/** Refuses a key that no spec has there, and those that every object has. */
function checkKey(fields: object, place: Path, key: string): void {
  const allowed = schemaPlace(place);
  const isOwn = !(key in Object.prototype);
  if (isOwn && (allowed?.kind === 'names' || allowed?.keys.includes(key))) return;
  if (isOwn && allowed?.kind === 'fields') throw new RequestError(unknownKey(place, key));
  throw new RequestError({
    code: 'unknown-key',
    where: pathText([...place, key]),
    what: 'there can be no such field',
    cure: wordCure(key, Object.keys(fields)),
  });
}
