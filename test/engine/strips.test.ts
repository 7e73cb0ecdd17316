import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/engine/result.ts';
import { runStrips } from '../../src/engine/run-strips.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testedEngines } from '../support/engines.ts';

const engines = await testedEngines();

const drawn = { orbits: 9, initial: { x: { uniform: [-1, 1] } } };
const waves = { macro: 'x^2 / 2', micro: '-cos(x)' };
const kicked = { ...waves, epsilon: 1e-2 };
const eta = { parameter: 'eta', from: 0.05, to: 0.3, count: 11 };

/** Runs whose starts, noise, records and cycles depend on the number of a column. */
const specs = {
  'counts and records over one axis': {
    objective: kicked,
    axes: [eta],
    ensemble: drawn,
    steps: { skip: 10, keep: 100 },
    measures: [
      { measure: 'density', of: 'x', range: [-1, 1], bins: 16 },
      { measure: 'moments', of: 'x' },
      { measure: 'lyapunov' },
      { measure: 'final' },
    ],
  },
  'escapes over two axes': {
    objective: waves,
    axes: [
      { ...eta, count: 5 },
      { parameter: 'epsilon', from: 0.01, to: 0.1, count: 3 },
    ],
    ensemble: drawn,
    steps: { skip: 0, keep: 40 },
    measures: [{ measure: 'escape', when: 'abs(x) > 0.3', horizon: 60 }],
  },
  'a map with random phases': {
    objective: kicked,
    optimizer: { rule: 'stochastic-map' },
    axes: [eta],
    ensemble: drawn,
    steps: { skip: 5, keep: 60 },
    measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
  },
  // The tent map in float64: each step takes a binary digit, and all are at 0 after some fifty.
  'orbits that collapse': {
    objective: { macro: '-x^2 / 2 + 2 * max(0, x - 1 / 2)^2' },
    optimizer: { eta: 1 },
    axes: [{ parameter: 'initial.x', from: 0.05, to: 0.9, count: 11 }],
    ensemble: { orbits: 1, initial: {} },
    steps: { skip: 100, keep: 100 },
    measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
  },
};

describe.each(engines)('strips of a run on $name', ({ engine }) => {
  test.each(Object.entries(specs))('are what the whole run gives: %s', async (name, input) => {
    const spec = parseSpec({ etascope: 1, ...input });
    const whole = await engine.run(spec);
    const parts: Result[] = [];
    const shares: number[] = [];
    const provenance = await runStrips(engine, spec, {
      places: 4,
      take: (part) => parts.push(part),
      onProgress: ({ share }) => shares.push(share),
    });
    expect(parts.map(({ strip }) => [strip?.from, strip?.to])).toEqual(
      spec.axes[0]?.count === 5
        ? [
            [0, 4],
            [4, 5],
          ]
        : [
            [0, 4],
            [4, 8],
            [8, 11],
          ],
    );
    expect(provenance).toEqual(whole.provenance);
    const collapses = /collapse/.test(name) && engine.name === 'cpu'; // the other dithers
    expect(/11 of 11 orbits/.test(provenance.warnings.join())).toBe(collapses);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    for (const [key, array] of Object.entries(whole.arrays)) {
      const found = parts.map(({ arrays }) => arrays[key]);
      const [first] = found;
      const isOfAxis = first?.shape[0] === 4 && array.shape[0] === spec.axes[0]?.count;
      const together = isOfAxis
        ? found.flatMap((part) => [...(part?.data ?? [])])
        : [...(first?.data ?? [])];
      expect(together, key).toEqual([...array.data]);
    }
  });

  test('must be there', async () => {
    const spec = parseSpec({ etascope: 1, ...specs['counts and records over one axis'] });
    for (const strip of [
      [0, 12],
      [-1, 3],
      [4, 4],
      [0.5, 2],
    ] as const) {
      await expect(engine.run(spec, { strip })).rejects.toMatchObject({ code: 'bad-strip' });
    }
    const point = { ...spec, axes: [], optimizer: { ...spec.optimizer, eta: 0.1 } };
    await expect(engine.run(point, { strip: [0, 1] })).rejects.toThrow(/without an axis/);
  });
});
