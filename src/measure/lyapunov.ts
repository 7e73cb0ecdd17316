import type { Placed } from '../spec/measures/registry.ts';
import type { LyapunovRequest } from '../spec/spec.ts';
import type { ResultArrays } from './array.ts';
import { pieceReader, type Reduction } from './reduction.ts';
import { jackknifeError } from './standard-error.ts';

/**
 * The exponents, natural logarithm per step, largest first, and their `_stderr` over orbits or batches of
 * them: f64, shape of the axes and [exponents].
 */
export function lyapunovArrays(
  { request: { name, exponents } }: Placed<LyapunovRequest>,
  reduction: Reduction,
): ResultArrays {
  const { columns, orbits, layout } = reduction.records;
  const width = 1 + (layout.tangents?.exponents ?? 0);
  const piecesOf = pieceReader(reduction, layout.tangents?.start ?? 0, width);
  const weights = new Float64Array(orbits * layout.batches);
  const without = new Float64Array(weights.length);
  const found = Array.from({ length: exponents }, () => ({ value: 0, error: 0 }));
  const values = new Float64Array(columns * exponents);
  const errors = new Float64Array(columns * exponents);
  for (let column = 0; column < columns; column++) {
    const { count, values: pieces } = piecesOf(column);
    let steps = 0;
    for (let piece = 0; piece < count; piece++) {
      weights[piece] = pieces[piece * width] ?? 0;
      steps += weights[piece] ?? 0;
    }
    found.forEach((exponent, index) => {
      const at = 1 + index;
      let growth = 0;
      for (let piece = 0; piece < count; piece++) growth += pieces[piece * width + at] ?? 0;
      for (let piece = 0; piece < count; piece++) {
        const others = growth - (pieces[piece * width + at] ?? 0);
        without[piece] = others / (steps - (weights[piece] ?? 0));
      }
      exponent.value = growth / steps; // NaN where nothing was observed
      exponent.error = jackknifeError(exponent.value, weights, without, count);
    });
    found.sort((a, b) => b.value - a.value); // those that are equal may come in any order
    found.forEach(({ value, error }, index) => {
      values[column * exponents + index] = value;
      errors[column * exponents + index] = error;
    });
  }
  const shape = [...reduction.axes, exponents];
  return {
    [name]: { type: 'float64', shape, data: values },
    [`${name}_stderr`]: { type: 'float64', shape, data: errors },
  };
}
