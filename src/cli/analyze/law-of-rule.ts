import type { Momentum } from '../../analysis/kick-weights.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { type RuleName, rules } from '../../spec/rules.ts';

/** The momentum of a column, where its rule has one. */
export function momentumOf(rule: RuleName, { momentum = 0 }: ColumnSetting): Momentum | undefined {
  return rule === 'heavy-ball' || rule === 'nesterov' ? { rule, momentum } : undefined;
}

/** Of which map a law of a rule is exact. */
const exactOf = {
  gd: 'of the stochastic map that gradient descent tends to as epsilon -> 0',
  'heavy-ball': 'of the stochastic map that heavy ball tends to as epsilon -> 0',
  nesterov: "of the stochastic map that Nesterov's method tends to as epsilon -> 0",
  'stochastic-map': 'of the stochastic map itself, at any epsilon',
  'gradient-flow': 'of the flow itself',
} as const satisfies Readonly<Record<RuleName, string>>;

/** What is called exact. */
export const exactNote = (rule: RuleName): string =>
  `exact: ${exactOf[rule]}; z: deviation in standard errors`;

/** What Gibbs' law of a rule is taken at, where that is not eta sigma^2 / 2. */
export const gibbsNotes = (rule: RuleName): readonly string[] =>
  rules[rule].hasMomentum
    ? ["Gibbs: at the effective temperature eta sigma^2 / (2 (1 - momentum)), as eta f0'' -> 0"]
    : [];
