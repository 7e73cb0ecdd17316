import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson, specHash } from '../../src/spec/canonical.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { presets } from '../../src/spec/presets.ts';
import { changed, plainSpec } from './bad-spec.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 });
const range = fc
  .tuple(finite, finite)
  .filter(([a, b]) => Math.abs(a - b) > 1e-300 + 1e-6 * Math.max(Math.abs(a), Math.abs(b)))
  .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);

/** Specs with any numbers and text where the format leaves them free. */
const specs = fc
  .record({
    title: fc.string({ unit: 'binary', maxLength: 40 }),
    macro: fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() !== ''),
    a: finite,
    b: finite,
    uniform: range,
    window: range,
    mean: finite,
    seed: fc.maxSafeNat(),
    orbits: fc.integer({ min: 1, max: 1000 }),
    eta: fc.double({ noNaN: true, min: 0, max: 1e9 }),
  })
  .map(({ title, macro, a, b, uniform, window, mean, seed, orbits, eta }) =>
    changed({
      title,
      objective: { variables: ['y', 'x'], macro, parameters: { b, a } },
      optimizer: { eta },
      axes: [],
      ensemble: { seed, orbits, initial: { x: { uniform }, y: { normal: [mean, 1] } } },
      measures: [{ measure: 'density', of: 'x', range: window, bins: 7 }],
    }),
  );

/** The same document with its fields in the opposite order. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, backwards(inner)]),
  );
}

describe('canonical text', () => {
  test('reads back as the same spec and the same text', () => {
    fc.assert(
      fc.property(specs, (input) => {
        const spec = parseSpec(input);
        const text = canonicalJson(spec);
        const again = parseSpec(JSON.parse(text));
        expect(again).toEqual(spec);
        expect(canonicalJson(again)).toBe(text);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  test('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(specs, (input) => {
        expect(specHash(parseSpec(backwards(input)))).toBe(specHash(parseSpec(input)));
      }),
      { seed: 2, numRuns: 100 },
    );
  });

  test('is the same whether defaults are written or left out', () => {
    expect(canonicalJson(parseSpec(changed({ title: '', precision: 'statistics' })))).toBe(
      canonicalJson(parseSpec({ ...plainSpec, $schema: 'spec.json' })),
    );
  });

  test('has sorted fields, no spaces and shortest numbers (RFC 8785)', () => {
    const text = canonicalJson(parseSpec(changed({ stop: { radius: 1e21 }, title: 'é"\n' })));
    expect(text).toBe(
      '{"axes":[{"count":8,"from":0,"parameter":"eta","scale":"linear","to":4}],' +
        '"ensemble":{"initial":{"x":{"uniform":[-1,1]}},"orbits":4,"seed":1},"etascope":1,' +
        '"measures":[{"bins":16,"measure":"density","name":"density","of":"x","range":[-1,1]}],' +
        '"objective":{"epsilon":0.001,"macro":"a x^2 / 2","micro":"-cos(x)",' +
        '"parameters":{"a":1},"variables":["x"]},"optimizer":{"rule":"gd"},' +
        '"precision":"statistics","steps":{"keep":20,"skip":10},"stop":{"radius":1e+21},' +
        '"title":"é\\"\\n"}',
    );
  });

  test('knows no negative zero', () => {
    const at = (x: number) => specHash(parseSpec(changed({ ensemble: { initial: { x } } })));
    expect(at(-0)).toBe(at(0));
  });
});

describe('hash of a spec', () => {
  test('is SHA-256 of the canonical text in UTF-8', () => {
    for (const { spec } of Object.values(presets)) {
      const parsed = parseSpec({ ...spec, title: 'η → ∞' });
      const expected = createHash('sha256').update(canonicalJson(parsed), 'utf8').digest('hex');
      expect(specHash(parsed)).toBe(expected);
    }
  });

  test('changes with every field', () => {
    const variants = [
      {},
      { title: 'other' },
      { stop: { radius: 1 } },
      { steps: { skip: 11, keep: 20 } },
      { precision: 'float64' },
      { ensemble: { ...plainSpec.ensemble, seed: 2 } },
    ];
    const hashes = variants.map((fields) => specHash(parseSpec(changed(fields))));
    expect(new Set(hashes).size).toBe(variants.length);
  });
});
