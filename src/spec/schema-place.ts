import type { Path } from './path.ts';
import { specSchema } from './schema.ts';

/** What the schema allows at a path of the spec. */
export interface Place {
  readonly kind: 'fields' | 'names' | 'list' | 'pair' | 'text' | 'number' | 'other';
  /** Names of the fields there, if `kind` is `fields`. */
  readonly keys: readonly string[];
}

/** The members of valibot schemas that say what lies inside them. */
interface Inside {
  readonly type: string;
  readonly entries?: Readonly<Record<string, Inside>>;
  readonly wrapped?: Inside;
  readonly options?: readonly unknown[];
  readonly item?: Inside;
  readonly items?: readonly Inside[];
  readonly value?: unknown;
}

/** Looks a path up in the schema; undefined where no field can be. */
export function schemaPlace(path: Path): Place | undefined {
  let schemas = alternatives(specSchema);
  for (const step of path) {
    schemas = schemas.flatMap((schema) => inside(schema, step)).flatMap(alternatives);
  }
  if (schemas.length === 0) return undefined;
  const keys = [...new Set(schemas.flatMap(({ entries }) => Object.keys(entries ?? {})))];
  return { kind: kindOf(schemas, keys), keys };
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

/** The schemas one of which a value has to match. */
function alternatives(schema: Inside): Inside[] {
  if (schema.wrapped) return alternatives(schema.wrapped);
  if (schema.type !== 'union' && schema.type !== 'variant') return [schema];
  return (schema.options as readonly Inside[]).flatMap(alternatives); // of these types, schemas
}

function inside({ entries, type, item, items, value }: Inside, step: string | number): Inside[] {
  if (typeof step === 'number') {
    const element = item ?? items?.[step];
    return element ? [element] : [];
  }
  if (type === 'record') return [value as Inside]; // of this type, the schema of its values
  return entries && Object.hasOwn(entries, step) ? [entries[step] as Inside] : [];
}
