import { barrierBetween } from '../analysis/barrier.ts';
import { climbExponent, kramersTime } from '../analysis/climb.ts';
import { meanExitTime } from '../analysis/exit-time.ts';
import { affineForm, evaluateConstant } from '../formula/affine.ts';
import { compileCondition, compileObjective } from '../formula/objective.ts';
import type { Spec } from '../spec/spec.ts';
import type { ColumnTheory } from './column-theory.ts';
import { andThen, attempt, type Known } from './known.ts';
import type { CoordinateNoise } from './noise-along.ts';
import { startsOf } from './starts.ts';

/** What theory says of the time to leave. */
export interface ExitTheory {
  /** Mean steps of the stochastic map, exact. */
  readonly exact: Known<number>;
  /** S: the time grows as exp(S / eta). */
  readonly exponent: Known<number>;
  /** For comparison: Kramers' time into the next well. */
  readonly kramers: Known<number>;
  /** Largest slope of the macro part on the way up, over the largest force of the noise. */
  readonly steepness: Known<number>;
}

/** The theory of an escape out of a column. */
export function exitTheory(
  spec: Spec,
  column: number,
  theory: ColumnTheory,
  when: string,
): ExitTheory {
  const { objective, setting, kicks } = theory;
  const { middle, nodes } = startsOf(spec, column);
  const [start = Number.NaN] = middle;
  const level = levelOf(theory, when, start);
  const noise = andThen(kicks, ([first]): Known<CoordinateNoise> => {
    if (theory.momentum) return { missing: 'known without momentum alone' };
    return first ? { value: first } : { missing: 'there is no noise' };
  });
  const barrier = andThen(level, (place) => attempt(() => barrierBetween(objective, start, place)));
  const exact = andThen(noise, (micro) => {
    const map = { formula: objective, eta: setting.eta, noise: micro.noise };
    return andThen(level, (place) => attempt(() => meanExitTime(map, nodes, place).mean));
  });
  return {
    exact,
    exponent: andThen(noise, (micro) =>
      andThen(barrier, ({ minimum, top }) =>
        attempt(() => climbExponent(objective, minimum, top, micro.noise)),
      ),
    ),
    kramers: andThen(noise, ({ law }) =>
      andThen(barrier, ({ minimum, top }) =>
        attempt(() => kramersTime(objective, minimum, top, setting.eta, law.variance)),
      ),
    ),
    steepness: andThen(noise, ({ noise: { support } }) =>
      andThen(barrier, ({ steepest, minimum, top }): Known<number> => {
        const [lo, hi] = support;
        return { value: steepest / (top > minimum ? hi : -lo) };
      }),
    ),
  };
}

/** The level of a condition such as `x > 0`, where the start does not satisfy it. */
function levelOf(
  { objective, parameters }: ColumnTheory,
  when: string,
  start: number,
): Known<number> {
  if (objective.variables.length > 1) return { missing: 'computed for one variable' };
  const compiled = compileObjective(objective);
  const condition = compileCondition(when, compiled, 'when');
  const isLevel =
    condition.kind === 'apply' &&
    (condition.operation === 'less' || condition.operation === 'lessEqual');
  const [left, right] = isLevel ? condition.operands : [];
  const form = left && right && affineForm(compiled.pool.subtract(right, left));
  const [term, ...others] = form?.terms ?? [];
  if (!form || !term || others.length > 0 || term.variable.scale === 'micro') {
    return { missing: `${when} is no level of the variable` };
  }
  const slope = evaluateConstant(term.coefficient, parameters);
  const level = -evaluateConstant(form.constant, parameters) / slope;
  if (slope * (start - level) > 0) return { missing: 'orbits start where they have escaped' };
  return Number.isFinite(level) ? { value: level } : { missing: `${when} is no level` };
}
