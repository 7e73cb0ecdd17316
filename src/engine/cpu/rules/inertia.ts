import type { SimdValue } from '../../../formula/simd/graph.ts';
import type { LaneFormulas } from '../lane-formulas.ts';
import type { LaneRule } from './rule.ts';

/** The state of a rule that remembers its last step: the new positions, and how far each is from the old. */
export function stepsSince(
  positions: readonly SimdValue[],
  { graph, position }: LaneFormulas,
): Pick<LaneRule, 'step' | 'memory'> {
  const moves = positions.map((moved, at) => graph.apply('f64x2.sub', moved, position(at)));
  return { step: [...positions, ...moves], memory: moves.map(() => 'rest') };
}
