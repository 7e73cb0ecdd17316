import { massesOf } from '../../analysis/distance.ts';
import { gibbsLaw, gibbsTemperature } from '../../analysis/gibbs.ts';
import { gibbsBox } from '../../analysis/gibbs-box.ts';
import type { Momentum } from '../../analysis/kick-weights.ts';
import { linearMarginal } from '../../analysis/linear-marginal.ts';
import { globalLyapunov, momentumLyapunov } from '../../analysis/lyapunov-theory.ts';
import { macroCurvature, macroSlope } from '../../analysis/macro-function.ts';
import { microNoise } from '../../analysis/micro-noise.ts';
import { momentumThresholds } from '../../analysis/momentum.ts';
import { noiseLaw } from '../../analysis/noise-law.ts';
import { FormulaError } from '../../formula/errors.ts';
import { compileObjective, usesSlow } from '../../formula/objective.ts';
import { containsVariable } from '../../formula/tree.ts';
import { RequestError } from '../../spec/errors.ts';
import type { RuleName } from '../../spec/rules.ts';
import type { Objective } from '../../spec/spec.ts';

/** One place in parameter space, where laws are asked for. */
export interface LawSetting {
  readonly eta: number;
  readonly epsilon: number;
  readonly momentum: number;
}

/** What is asked: the law of the coordinate over bins at a setting, or exponents at many. */
export type LawQuestion =
  | {
      readonly kind: 'density';
      readonly objective: Objective;
      readonly rule: RuleName;
      readonly setting: LawSetting;
      /** Formula that the density is of. */
      readonly of: string;
      /** f64 [bins + 1], rising. */
      readonly edges: readonly number[];
    }
  | {
      readonly kind: 'exponents';
      readonly objective: Objective;
      readonly rule: RuleName;
      readonly settings: readonly LawSetting[];
    };

/** Probabilities of bins and of both outsides. */
export interface LawMasses {
  readonly bins: readonly number[];
  readonly outside: readonly number[];
}

/** What theory says; of what it cannot tell, why. */
export interface LawAnswer {
  /** Of the stochastic map. */
  readonly exact?: LawMasses;
  readonly gibbs?: LawMasses;
  /** Largest exponents, one per setting; NaN where the theory does not apply. */
  readonly exponents?: readonly number[];
  readonly missing: string;
}

/** K beyond which orbits leave their cell (`escapeCrisis` of -cos), and the least eta^2 / epsilon of a law. */
const [GLOBAL, NO_VALIDITY] = [4.6033388, 0.1];

/** Answers what is known of the law of orbits. */
export function lawsOf(question: LawQuestion): LawAnswer {
  try {
    return question.kind === 'density' ? densityLaws(question) : exponentLaws(question);
  } catch (error) {
    if (error instanceof RequestError || error instanceof FormulaError) {
      return { missing: error.message };
    }
    throw error;
  }
}

function densityLaws({
  objective,
  rule,
  setting,
  of,
  edges,
}: LawQuestion & { readonly kind: 'density' }): LawAnswer {
  const refusal = refusalOf(objective, rule);
  if (refusal) return { missing: refusal };
  if (of.trim() !== objective.variables[0]) {
    return { missing: `laws are drawn of ${objective.variables[0]} itself, not of ${of}` };
  }
  const noise = microNoise(objective);
  const isKicked = kicksOf(rule, Math.max(...noise.support.map(Math.abs)));
  const { eta } = setting;
  if (!isKicked(setting)) {
    return { missing: 'orbits stay in their micro-wells: no law of the stochastic map applies' };
  }
  const momentum = momentumOf(rule, setting);
  const temperature = gibbsTemperature(
    eta / (1 - (momentum?.momentum ?? 0)),
    noise.moment(2) - noise.moment(1) ** 2,
  );
  const gibbs = attempt(() => gibbsMasses(objective, temperature, edges));
  if (containsVariable(compileObjective(objective).curvature(0, 0).macro)) {
    const missing = 'the exact law is known where the macro part is of second degree';
    return { ...gibbs, missing };
  }
  const bend = macroCurvature(objective)(0);
  const centre = -macroSlope(objective)(0) / bend;
  const exact = attempt(() => {
    const system = {
      hessian: Float64Array.of(bend),
      eta,
      noises: [noise],
      ...(momentum ? { momentum } : {}),
    };
    const { distribution } = linearMarginal(system, Float64Array.of(1));
    const { bins, outside } = massesOf((x) => distribution(x - centre), edges);
    return { exact: { bins: Array.from(bins, Number), outside: Array.from(outside, Number) } };
  });
  return { ...gibbs, ...exact, missing: exact.missing ?? gibbs.missing ?? '' };
}

function gibbsMasses(objective: Objective, temperature: number, edges: readonly number[]) {
  const law = gibbsLaw(objective, temperature, gibbsBox(objective, temperature, [0]));
  const bins = Array.from(law.binProbabilities(edges));
  const lowest = law.box[0]?.[0] ?? 0;
  const [first = 0] = edges;
  const [below = 0] = lowest < first ? law.binProbabilities([lowest, first]) : [];
  const above = Math.max(0, 1 - bins.reduce((sum, share) => sum + share, 0) - below);
  return { gibbs: { bins, outside: [below, above] } };
}

function exponentLaws({
  objective,
  rule,
  settings,
}: LawQuestion & { readonly kind: 'exponents' }): LawAnswer {
  const refusal = refusalOf(objective, rule);
  if (refusal) return { missing: refusal };
  const isKicked = kicksOf(rule, Math.max(...microNoise(objective).support.map(Math.abs)));
  const { logCurvature } = noiseLaw(objective);
  const exponents = settings.map((setting) => {
    if (!(setting.eta > 0) || !isKicked(setting)) return Number.NaN;
    const single = globalLyapunov(setting.eta, setting.epsilon, logCurvature);
    const momentum = momentumOf(rule, setting);
    return momentum ? momentumLyapunov(momentum.rule, single, momentum.momentum)[0] : single;
  });
  return { exponents, missing: '' };
}

/** Why there is no law at any setting; empty where there may be. */
function refusalOf(objective: Objective, rule: RuleName): string {
  if (rule === 'gradient-flow') return 'the flow takes no kicks: orbits come to rest';
  if (objective.micro === '') return 'there is no micro-structure, and so no law of its kicks';
  if (objective.variables.length > 1) return 'laws are drawn of one variable';
  if (usesSlow(compileObjective(objective))) {
    return 'the micro-structure depends on the macro position, and so does its noise';
  }
  return '';
}

function momentumOf(rule: RuleName, { momentum }: LawSetting): Momentum | undefined {
  return rule === 'heavy-ball' || rule === 'nesterov' ? { rule, momentum } : undefined;
}

/** Whether orbits leave their micro-wells and more than creep, by the largest force of the micro part. */
function kicksOf(rule: RuleName, force: number): (setting: LawSetting) => boolean {
  return (setting) => {
    if (rule === 'stochastic-map') return true;
    const { eta, epsilon } = setting;
    const momentum = momentumOf(rule, setting);
    const known = momentum
      ? attempt(() => momentumThresholds(momentum.rule, momentum.momentum))
      : { doubling: 2 };
    const share = 'doubling' in known ? known.doubling / 2 : 1;
    return (force * eta) / epsilon > GLOBAL * share && eta ** 2 / epsilon >= NO_VALIDITY;
  };
}

function attempt<Value extends object>(
  ask: () => Value,
): (Value & { readonly missing?: never }) | { readonly missing: string } {
  try {
    return ask();
  } catch (error) {
    if (error instanceof RequestError) return { missing: error.message };
    throw error;
  }
}
