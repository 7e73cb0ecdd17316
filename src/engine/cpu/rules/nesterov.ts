import { deriveStep } from '../derivative.ts';
import { moveOrbits } from '../move.ts';
import { stepsSince } from './inertia.ts';
import type { WriteRule } from './rule.ts';

/**
 * y = x + b w, x' = y - eta q(y), w' = x' - x (Nesterov 1983, with constant momentum). Tangents are of
 * (x, w).
 */
export const nesterov: WriteRule = ({ objective, lanes }) => {
  const { graph, position, memory, word } = lanes;
  const { apply } = graph;
  const momentum = word('momentum', ({ momentum = 0 }) => momentum);
  const ahead = lanes.from((at) =>
    apply('f64x2.add', position(at), apply('f64x2.mul', memory(at), momentum)),
  );
  return {
    ...stepsSince(moveOrbits(objective, ahead), lanes),
    derivative: () => {
      const step = deriveStep(objective, ahead);
      const inertia = step.map((row) =>
        row.map((value) => value && apply('f64x2.mul', value, momentum)),
      );
      const beside = (shares: typeof step) =>
        shares.map((row, i) => [...row, ...(inertia[i] ?? [])]);
      return [...beside(step), ...beside(deriveStep(objective, ahead, 0))];
    },
  };
};
