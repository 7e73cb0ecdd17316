import { globalLyapunov, momentumLyapunov } from '../analysis/lyapunov-theory.ts';
import type { RuleName } from '../spec/rules.ts';
import type { ColumnTheory } from './column-theory.ts';
import { andThen, attempt, type Known } from './known.ts';

/** What theory says of Lyapunov exponents. */
export interface ExponentTheory {
  /** Every exponent, largest first; of one variable alone. */
  readonly each: Known<readonly number[]>;
  /** The sum of all. */
  readonly sum: Known<number>;
}

/** The exponents at uniform phases, where eta / epsilon is large; of the stochastic map exactly. */
export function exponentsOf(rule: RuleName, theory: ColumnTheory): ExponentTheory {
  const { setting, kicks, momentum, objective } = theory;
  const { length: dimension } = objective.variables;
  const { eta, epsilon = Number.NaN } = setting;
  if (rule === 'stochastic-map') {
    const each = drawnExponent(theory);
    return { each, sum: andThen(each, ([only = Number.NaN]) => ({ value: only })) };
  }
  const singles = andThen(kicks, (noises) =>
    attempt(() => noises.map(({ law }) => globalLyapunov(eta, epsilon, law.logCurvature))),
  );
  const pairs = andThen(singles, (all) =>
    attempt(() =>
      all.map((single) =>
        momentum ? momentumLyapunov(momentum.rule, single, momentum.momentum) : [single],
      ),
    ),
  );
  return {
    each: andThen(pairs, ([only = [], ...others]) =>
      others.length > 0 ? { missing: 'told of one variable' } : { value: only },
    ),
    // A step of heavy ball shrinks areas by b, whatever the orbit.
    sum:
      momentum?.rule === 'heavy-ball'
        ? { value: dimension * Math.log(Math.abs(momentum.momentum)) }
        : andThen(pairs, (all) => ({ value: all.flat().reduce((sum, value) => sum + value, 0) })),
  };
}

/** The noise being held fixed, a deviation shrinks by the macro part alone. */
function drawnExponent({ setting, objective, quadratic }: ColumnTheory): Known<readonly number[]> {
  if (objective.variables.length > 1) return { missing: 'computed for one variable' };
  return andThen(quadratic(), ({ hessian: [curvature = Number.NaN] }) => ({
    value: [Math.log(Math.abs(1 - setting.eta * curvature))],
  }));
}
