import { isDeepStrictEqual } from 'node:util';

type Schema = Readonly<Record<string, unknown>>;
type Check = (value: unknown, rule: never, schema: Schema) => boolean;

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const every = (value: unknown, check: (field: [string, unknown]) => boolean) =>
  !isFields(value) || Object.entries(value).every(check);
const ofNumber = (check: (a: number, b: number) => boolean) => (value: unknown, rule: number) =>
  typeof value !== 'number' || check(value, rule);
const ofLength = (check: (a: number, b: number) => boolean) => (value: unknown, rule: number) =>
  !(typeof value === 'string' || Array.isArray(value)) || check(value.length, rule);
const annotation = () => true;

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isFields,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
};

const keywords: Readonly<Record<string, Check>> = {
  $schema: annotation,
  title: annotation,
  description: annotation,
  default: annotation,
  type: (value, rule: string) => types[rule]?.(value) ?? false,
  const: (value, rule: unknown) => isDeepStrictEqual(value, rule),
  enum: (value, rule: readonly unknown[]) => rule.includes(value),
  minimum: ofNumber((a, b) => a >= b),
  maximum: ofNumber((a, b) => a <= b),
  exclusiveMinimum: ofNumber((a, b) => a > b),
  exclusiveMaximum: ofNumber((a, b) => a < b),
  minLength: ofLength((a, b) => a >= b),
  maxLength: ofLength((a, b) => a <= b),
  minItems: ofLength((a, b) => a >= b),
  maxItems: ofLength((a, b) => a <= b),
  pattern: (value, rule: string) => typeof value !== 'string' || new RegExp(rule).test(value),
  maxProperties: (value, rule: number) => !isFields(value) || Object.keys(value).length <= rule,
  required: (value, rule: readonly string[]) =>
    !isFields(value) || rule.every((key) => Object.hasOwn(value, key)),
  properties: (value, rule: Readonly<Record<string, Schema>>) =>
    every(value, ([key, field]) => !rule[key] || matches(field, rule[key])),
  additionalProperties: (value, rule: false | Schema, { properties }) =>
    every(value, ([key, field]) =>
      Object.hasOwn(Object(properties), key) ? true : rule !== false && matches(field, rule),
    ),
  propertyNames: (value, rule: Schema) => every(value, ([key]) => matches(key, rule)),
  items: (value, rule: false | Schema, { prefixItems }) =>
    !Array.isArray(value) ||
    value
      .slice(Array.isArray(prefixItems) ? prefixItems.length : 0)
      .every((item) => rule !== false && matches(item, rule)),
  prefixItems: (value, rule: readonly Schema[]) =>
    !Array.isArray(value) || rule.every((s, i) => i >= value.length || matches(value[i], s)),
  anyOf: (value, rule: readonly Schema[]) => rule.some((schema) => matches(value, schema)),
  oneOf: (value, rule: readonly Schema[]) => rule.filter((s) => matches(value, s)).length === 1,
};

/** Whether `value` is valid by the keywords of JSON Schema above; any other keyword is an error. */
export function matches(value: unknown, schema: Schema): boolean {
  return Object.entries(schema).every(([keyword, rule]) => {
    const check = keywords[keyword];
    if (!check) throw new Error(`no such keyword here: ${keyword}`);
    return check(value, rule as never, schema);
  });
}
