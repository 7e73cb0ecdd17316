import { toJsonSchema } from '@valibot/to-json-schema';
import { specSchema } from '../src/spec/schema.ts';

/**
 * Text of schema/spec.json: the JSON Schema of what users write, derived from the validator.
 *
 * `UPDATE_SCHEMA=1 npx vitest run --project node test/spec/json-schema.test.ts` writes the file;
 * without the variable the test fails where the committed file is another.
 */
export function specSchemaText(): string {
  const schema = toJsonSchema(specSchema, { target: 'draft-2020-12', typeMode: 'input' });
  return `${JSON.stringify(schema, null, 2)}\n`;
}
