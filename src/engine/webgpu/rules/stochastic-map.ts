import { type OrbitRule, withIdentity } from './orbit-rule.ts';

/** The map that gradient descent becomes as epsilon goes to 0 (Kong and Tao 2020). */
export const stochasticMap: OrbitRule = {
  keepsMove: false,
  looksAhead: false,
  drawsPhases: true,
  derivative: (bend) => ({ entries: withIdentity(bend) }),
};
