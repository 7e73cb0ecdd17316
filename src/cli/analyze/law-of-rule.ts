import { type RuleName, rules } from '../../spec/rules.ts';

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

/** What the exponents of the theory are, in words. */
export function exponentNote(rule: RuleName, dimension: number): string {
  const single = "log(eta / epsilon) + E log|f1''|, at uniform phases";
  switch (rule) {
    case 'gd':
      return `in global chaos ${dimension === 1 ? 'it is' : 'the sum is that of'} ${single}`;
    case 'heavy-ball':
      return `in global chaos the first is ${single}; the sum is log|momentum| for each variable, in every regime`;
    case 'nesterov':
      return `in global chaos the first is log(1 + momentum) + ${single}; the sum has log|momentum| in place of log(1 + momentum)`;
    default:
      return 'the noise is held fixed: it is log|1 - eta k| with the curvature k of the macro part';
  }
}
