import type { RuleName } from '../../../spec/rules.ts';
import { gd } from './gd.ts';
import { heavyBall } from './heavy-ball.ts';
import { nesterov } from './nesterov.ts';
import type { OrbitRule } from './orbit-rule.ts';
import { stochasticMap } from './stochastic-map.ts';

/** The rules that the WebGPU engine follows: one line each. */
export const orbitRules: Readonly<Partial<Record<RuleName, OrbitRule>>> = {
  gd,
  'heavy-ball': heavyBall,
  nesterov,
  'stochastic-map': stochasticMap,
};
