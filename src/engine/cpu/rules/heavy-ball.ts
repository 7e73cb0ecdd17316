import { deriveStep } from '../derivative.ts';
import { moveOrbits } from '../move.ts';
import { stepsSince } from './inertia.ts';
import type { WriteRule } from './rule.ts';

/**
 * x' = x - eta q(x) + b v with v' = x' - x: v' = b v - eta q(x), rounded so that b = 0 gives the positions
 * of gradient descent (Polyak 1964). Tangents are of (x, v).
 */
export const heavyBall: WriteRule = ({ objective, lanes }) => {
  const { graph, variables, memory, word } = lanes;
  const { apply } = graph;
  const momentum = word('momentum', ({ momentum = 0 }) => momentum);
  const positions = moveOrbits(objective, lanes).map((moved, at) =>
    apply('f64x2.add', moved, apply('f64x2.mul', memory(at), momentum)),
  );
  const inertia = variables.map((_, i) =>
    variables.map((_, j) => (i === j ? momentum : undefined)),
  );
  return {
    ...stepsSince(positions, lanes),
    derivative: () => {
      const beside = (shares: ReturnType<typeof deriveStep>) =>
        shares.map((row, i) => [...row, ...(inertia[i] ?? [])]);
      return [...beside(deriveStep(objective, lanes)), ...beside(deriveStep(objective, lanes, 0))];
    },
  };
};
