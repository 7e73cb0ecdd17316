import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { specSchemaText } from '../../scripts/generate-schema.ts';
import { RequestError } from '../../src/spec/errors.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { presets } from '../../src/spec/presets.ts';
import { changed, plainSpec } from './bad-spec.ts';
import { badSpecs } from './bad-specs.ts';
import { matches } from './json-schema.ts';

const file = new URL('../../schema/spec.json', import.meta.url);
if (process.env.UPDATE_SCHEMA) writeFileSync(file, specSchemaText());
const text = readFileSync(file, 'utf8');
const schema = JSON.parse(text) as Record<string, unknown>;

/** What a schema cannot say: how fields depend on each other, and what floats can tell apart. */
const beyondSchema = [
  'empty-range',
  'too-wide',
  'too-fine',
  'reserved-name',
  'duplicate-name',
  'unknown-name',
  'given-twice',
  'empty-formula',
];

describe('schema/spec.json', () => {
  test('is what the validator says (UPDATE_SCHEMA=1 rewrites it)', () => {
    expect(text).toBe(specSchemaText());
  });

  test('accepts the presets, a spec that names its schema, and every complete spec', () => {
    const specs = [plainSpec, changed({ $schema: './spec.json' })];
    for (const spec of [...specs, ...Object.values(presets).map(({ spec }) => spec)]) {
      expect(matches(spec, schema)).toBe(true);
      expect(matches(parseSpec(spec), schema)).toBe(true);
    }
  });

  test('refuses what the validator refuses by shape', () => {
    const shapes = badSpecs.filter(({ code, isWithinSchema }) => {
      return isWithinSchema ?? !beyondSchema.includes(code);
    });
    expect(shapes.length).toBeGreaterThan(30);
    const accepted = shapes.filter(({ spec }) => matches(spec, schema));
    expect(accepted.map(({ name }) => name)).toEqual([]);
  });

  test('refuses nothing that the validator accepts, field by field', () => {
    const accepted = [
      changed({ axes: [] }, { optimizer: { rule: 'gd', eta: 0 } }),
      changed({ precision: 'float64', stop: {}, title: 'η' }),
      changed({ steps: { keep: 1 } }),
    ];
    for (const spec of accepted) {
      expect(() => parseSpec(spec)).not.toThrow(RequestError);
      expect(matches(spec, schema)).toBe(true);
    }
  });
});
