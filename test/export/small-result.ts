import type { Result } from '../../src/engine/result.ts';
import { specHash } from '../../src/spec/canonical.ts';
import { parseSpec } from '../../src/spec/parse.ts';

export const columns = 12;
export const bins = 16;

/**
 * A result whose density is an orbit diagram of the logistic map, every array type once; with a
 * title that ASCII, Latin-1 and UTF-16 without pairs cannot hold.
 */
export function smallResult(axes: 'eta' | 'none' | 'both' = 'eta'): Result {
  const eta = { parameter: 'eta', from: 2.8, to: 4, count: columns };
  const start = { parameter: 'initial.x', from: 0, to: 1, count: 2 };
  const spec = parseSpec({
    etascope: 1,
    title: 'Période 3 → chaos 🦋',
    objective: { macro: 'x^2 / 2 - x^3 / 3', micro: '' },
    optimizer: { rule: 'gd', ...(axes === 'none' ? { eta: 3.8 } : {}) },
    axes: { eta: [eta], none: [], both: [eta, start] }[axes],
    ensemble: { orbits: 4, initial: axes === 'both' ? {} : { x: { uniform: [0, 1] } }, seed: 1 },
    steps: { skip: 100, keep: 200 },
    measures: [{ measure: 'density', of: 'x', range: [0, 1], bins }],
    precision: 'float64',
  });
  const shape = spec.axes.map(({ count }) => count);
  const cells = shape.reduce((product, count) => product * count, 1);
  const density = new Uint32Array(cells * bins);
  for (let cell = 0; cell < cells; cell++) {
    let x = 0.3;
    for (let n = 0; n < 900; n++) {
      x = (2.85 + (1.1 * cell) / cells) * x * (1 - x);
      const bin = cell * bins + Math.floor(x * bins);
      if (n >= 100) density[bin] = (density[bin] ?? 0) + 1;
    }
  }
  return {
    spec,
    provenance: {
      etascope: '0.1.0',
      engine: 'cpu',
      precision: 'float64',
      representation: 'float64',
      seed: 1,
      orbitSteps: cells * 4 * 300,
      specHash: specHash(spec),
      warnings: ['η² / ε < 30'],
    },
    arrays: {
      ...Object.fromEntries(
        spec.axes.map(({ from, to, count }, index) => [
          `axis${index}`,
          {
            type: 'float64',
            shape: [count],
            data: Float64Array.from(
              { length: count },
              (_, i) => from + ((i + 0.5) * (to - from)) / count,
            ),
          },
        ]),
      ),
      density: { type: 'uint32', shape: [...shape, bins], data: density },
      density_edges: {
        type: 'float64',
        shape: [bins + 1],
        data: Float64Array.from({ length: bins + 1 }, (_, edge) => edge / bins),
      },
      density_outside: {
        type: 'uint64',
        shape: [...shape, 2],
        data: BigUint64Array.from({ length: 2 * cells }, (_, index) => 2n ** 40n + BigInt(index)),
      },
      diverged: { type: 'uint32', shape, data: new Uint32Array(cells) },
    },
  };
}
