import { type OrbitRule, withIdentity } from './orbit-rule.ts';

/** Gradient descent. */
export const gd: OrbitRule = {
  keepsMove: false,
  looksAhead: false,
  drawsPhases: false,
  derivative: (bend) => ({ entries: withIdentity(bend) }),
};
