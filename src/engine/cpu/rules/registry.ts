import type { RuleName } from '../../../spec/rules.ts';
import { gd } from './gd.ts';
import { gradientFlow } from './gradient-flow.ts';
import { heavyBall } from './heavy-ball.ts';
import { nesterov } from './nesterov.ts';
import type { WriteRule } from './rule.ts';
import { stochasticMap } from './stochastic-map.ts';

/** How the lanes of the processor follow each rule. */
export const laneRules: Readonly<Record<RuleName, WriteRule>> = {
  gd,
  'heavy-ball': heavyBall,
  nesterov,
  'stochastic-map': stochasticMap,
  'gradient-flow': gradientFlow,
};
