import type { Result, ResultArray } from '../../src/engine/result.ts';
import { specHash } from '../../src/spec/canonical.ts';
import { parseSpec } from '../../src/spec/parse.ts';

export const width = 3;
export const height = 2;
export const orbits = 4;

/** A real array over the plane: values as they are seen, top row first, a list each where it has more. */
export function realOver(rows: readonly (readonly (number | readonly number[])[])[]): ResultArray {
  const columns = rows[0]?.map((_, column) => rows.toReversed().map((row) => row[column] ?? []));
  const data = Float64Array.from((columns ?? []).flat(2));
  const shape = [columns?.length ?? 0, rows.length];
  const rest = data.length / (rows.length * (columns?.length ?? 1));
  return { type: 'float64', shape: rest > 1 ? [...shape, rest] : shape, data };
}

/** The same as counts. */
export function countsOver(rows: readonly (readonly number[])[]): ResultArray {
  const { shape, data } = realOver(rows);
  return { type: 'uint32', shape, data: Uint32Array.from(data, Number) };
}

/**
 * A result over 3 x 2 points of the plane (eta, epsilon) with a request for every measure, and these
 * arrays.
 */
export function planeResult(arrays: Result['arrays'], measures?: readonly unknown[]): Result {
  const spec = parseSpec({
    etascope: 1,
    title: 'Ebene',
    objective: { variables: ['x', 'y'], macro: 'x^2 / 2 + y^2', micro: '-cos(x)' },
    optimizer: { rule: 'gd' },
    axes: [
      { parameter: 'eta', from: 1e-3, to: 1, count: width, scale: 'log' },
      { parameter: 'epsilon', from: 1e-2, to: 1, count: height, scale: 'log' },
    ],
    ensemble: { orbits, initial: { x: { uniform: [0, 1] }, y: 0 }, seed: 1 },
    steps: { skip: 100, keep: 200 },
    measures: measures ?? [
      { measure: 'density', of: 'x', range: [0, 1], bins: 5 },
      {
        measure: 'joint-density',
        of: ['x', 'y'],
        range: [
          [0, 1],
          [0, 1],
        ],
        bins: [4, 3],
      },
      { measure: 'lyapunov', exponents: 2 },
      { measure: 'moments', of: 'f' },
      { measure: 'moments', of: 'x', name: 'place' },
      { measure: 'escape', when: 'x > 1', bins: 8 },
      { measure: 'period' },
      { measure: 'final' },
      { measure: 'regime' },
    ],
    precision: 'float64',
  });
  return {
    spec,
    provenance: {
      etascope: '0.1.0',
      engine: 'cpu',
      precision: 'float64',
      representation: 'float64',
      seed: 1,
      orbitSteps: width * height * orbits * 300,
      specHash: specHash(spec),
      warnings: [],
    },
    arrays,
  };
}
