import type { Path } from './path.ts';
import { specSchema } from './schema.ts';

/** What the schema allows at a path of the spec. */
export interface Place {
  readonly kind: 'fields' | 'names' | 'list' | 'pair' | 'text' | 'number' | 'other';
  /** What a pair is of, if `kind` is `pair`. */
  readonly of?: 'numbers' | 'formulas' | 'ranges';
  /** Names of the fields there, if `kind` is `fields`. */
  readonly keys: readonly string[];
}

/** The members of valibot schemas that say what lies inside them. */
interface Inside {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Inside>>;
  readonly wrapped?: Inside;
  readonly options?: readonly unknown[];
  /** Of a variant, the field whose word says which of the options is meant. */
  readonly key?: unknown;
  readonly literal?: unknown;
  readonly item?: Inside;
  readonly items?: readonly Inside[];
  readonly value?: unknown;
}

/**
 * Looks a path up in the schema; undefined where no field can be.
 *
 * @param document in which it is: its words say which of several objects may stand at a place.
 */
export function schemaPlace(path: Path, document?: unknown): Place | undefined {
  let schemas = alternatives(specSchema, document);
  let value = document;
  for (const step of path) {
    value = valueIn(value, step);
    schemas = schemas
      .flatMap((schema) => inside(schema, step))
      .flatMap((schema) => alternatives(schema, value));
  }
  if (schemas.length === 0) return undefined;
  const keys = [...new Set(schemas.flatMap(({ entries }) => Object.keys(entries ?? {})))];
  const kind = kindOf(schemas, keys);
  return kind === 'pair' ? { kind, keys, of: pairOf(schemas) } : { kind, keys };
}

function kindOf(schemas: readonly Inside[], keys: readonly string[]): Place['kind'] {
  if (keys.length > 0) return 'fields';
  const types = new Set(schemas.map(({ type }) => type));
  if (types.has('record')) return 'names';
  if (types.has('strict_tuple')) return 'pair';
  if (types.has('array')) return 'list';
  const text = schemas.every(({ type }) => type === 'string' || type === 'picklist');
  if (text) return 'text';
  return schemas.every(({ type }) => type === 'number') ? 'number' : 'other';
}

function pairOf(schemas: readonly Inside[]): NonNullable<Place['of']> {
  const [first] = schemas.flatMap(({ items = [] }) => items);
  if (first?.type === 'strict_tuple') return 'ranges';
  return first?.type === 'string' ? 'formulas' : 'numbers';
}

/** The schemas one of which a value has to match. */
function alternatives(schema: Inside, value: unknown): Inside[] {
  const { wrapped, type, key } = schema;
  if (wrapped) return alternatives(wrapped, value);
  if (type !== 'union' && type !== 'variant') return [schema];
  const options = schema.options as readonly Inside[]; // of these types, schemas
  const meant = options.filter(({ entries }) => {
    const word = typeof key === 'string' ? entries?.[key]?.literal : undefined;
    return word !== undefined && word === valueIn(value, `${key}`);
  });
  return (meant.length > 0 ? meant : options).flatMap((option) => alternatives(option, value));
}

function valueIn(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return (value as Readonly<Record<string | number, unknown>>)[step]; // an object has such fields
}

function inside({ entries, type, item, items, value }: Inside, step: string | number): Inside[] {
  if (typeof step === 'number') {
    const element = item ?? items?.[step];
    return element ? [element] : [];
  }
  if (type === 'record') return [value as Inside]; // of this type, the schema of its values
  return entries && Object.hasOwn(entries, step) ? [entries[step] as Inside] : [];
}
