import type { Placed } from '../spec/measures/registry.ts';
import type { LyapunovRequest } from '../spec/spec.ts';
import type { ResultArrays } from './array.ts';
import { fill, piecesOf, type Reduction } from './reduction.ts';
import { jackknifeError } from './standard-error.ts';

/**
 * The exponents, natural logarithm per step, largest first, and their `_stderr` over orbits or batches of
 * them: f64, shape of the axes and [exponents].
 */
export function lyapunovArrays(
  { request: { name, exponents } }: Placed<LyapunovRequest>,
  reduction: Reduction,
): ResultArrays {
  const spectra = Array.from({ length: reduction.records.columns }, (_, column) =>
    spectrumOf(reduction, column, exponents),
  );
  return {
    [name]: fill(reduction, [exponents], (column) => spectra[column]?.values ?? []),
    [`${name}_stderr`]: fill(reduction, [exponents], (column) => spectra[column]?.errors ?? []),
  };
}

function spectrumOf(reduction: Reduction, column: number, exponents: number) {
  const { tangents } = reduction.records.layout;
  const width = 1 + (tangents?.exponents ?? 0);
  const pieces = piecesOf(reduction, column, tangents?.start ?? 0, width);
  const count = pieces.length / width;
  const at = (piece: number, value: number) => pieces[piece * width + value] ?? 0;
  const weights = Float64Array.from({ length: count }, (_, piece) => at(piece, 0));
  const steps = weights.reduce((sum, weight) => sum + weight, 0);
  const found = Array.from({ length: exponents }, (_, exponent) => {
    let growth = 0;
    for (let piece = 0; piece < count; piece++) growth += at(piece, 1 + exponent);
    const value = growth / steps; // NaN where nothing was observed
    const without = Float64Array.from(
      weights,
      (weight, piece) => (growth - at(piece, 1 + exponent)) / (steps - weight),
    );
    return { value, error: jackknifeError(value, weights, without) };
  });
  found.sort((a, b) => b.value - a.value); // those that are equal may come in any order
  return {
    values: found.map(({ value }) => value),
    errors: found.map(({ error }) => error),
  };
}
