import { deriveStep } from '../derivative.ts';
import { moveOrbits } from '../move.ts';
import type { WriteRule } from './rule.ts';

/** x' = x - eta q(x). */
export const gd: WriteRule = ({ objective, lanes }) => ({
  step: moveOrbits(objective, lanes),
  memory: [],
  derivative: () => deriveStep(objective, lanes),
});
