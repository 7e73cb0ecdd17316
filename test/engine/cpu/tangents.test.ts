import { expect, test } from 'vitest';
import { growTangents } from '../../../src/engine/cpu/measures/lyapunov.ts';
import { RunError } from '../../../src/engine/errors.ts';
import { createSimdGraph } from '../../../src/formula/simd/graph.ts';

/** Tangents of variables of which each pushes each, as far as no text is written. */
function growAll(variables: number) {
  const graph = createSimdGraph();
  const places = Array.from({ length: variables }, (_, at) => at);
  const x = graph.leaf('(local.get $s0_@)');
  const derivative = places.map((row) =>
    places.map((column) => graph.apply('f64x2.mul', x, graph.number(row * variables + column))),
  );
  return growTangents(derivative, variables, variables, { graph });
}

// 64 coupled variables took 8.4 MB, which the compiler refused after half a minute; 48 are estimated at 3.5 MB.
test('more tangents than a function of WebAssembly has room for are refused before they are written', () => {
  expect(() => growAll(64)).toThrow(
    expect.objectContaining({ code: 'kernel-refused', name: RunError.name }),
  );
  expect(growAll(48).stored).toHaveLength(48 * 48 + 1);
});
