/** How an orbit takes a step: what the spec has to know of a rule. */
export interface Rule {
  /** What it computes, for people. */
  readonly about: string;
  /** Whether it has a momentum. */
  readonly hasMomentum: boolean;
  /** Numbers that its state has for each variable: its position, and what it remembers. */
  readonly statesPerVariable: 1 | 2;
}

/** The rules by their words in the spec, with q the gradient of f = f0 + epsilon f1(x / epsilon). */
export const rules = {
  gd: { about: "x' = x - eta q(x)", hasMomentum: false, statesPerVariable: 1 },
  'heavy-ball': {
    about: "v' = momentum v - eta q(x), x' = x + v', v = 0 at the start",
    hasMomentum: true,
    statesPerVariable: 2,
  },
  nesterov: {
    about: "y = x + momentum (x - x before), x' = y - eta q(y)",
    hasMomentum: true,
    statesPerVariable: 2,
  },
  'stochastic-map': {
    about: "x' = x - eta grad f0(x) - eta grad f1 at a fresh uniform phase",
    hasMomentum: false,
    statesPerVariable: 1,
  },
  'gradient-flow': {
    about: "x' = x(eta), where dx/dt = -q(x): what gd tends to as eta -> 0, on the CPU engine",
    hasMomentum: false,
    statesPerVariable: 1,
  },
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

/** The rules whose step is no formula, so that only the CPU engine follows them. */
export const cpuRules: readonly RuleName[] = ['gradient-flow'];

// The entries of a constant object are its keys.
export const ruleNames = Object.keys(rules) as RuleName[];
