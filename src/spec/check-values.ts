import { RequestError } from './errors.ts';
import { wordCure } from './nearest-word.ts';
import { valueText } from './path.ts';
import { checkRange } from './range.ts';
import { rules } from './rules.ts';
import type { SpecDraft } from './schema.ts';
import type { Initial } from './spec.ts';

/**
 * Checks that eta, epsilon and every starting value are given exactly once: as a number (or a
 * spread), or on an axis. Epsilon may be left out where there is no micro part.
 *
 * @throws {RequestError} `missing-key`, `given-twice`, `unknown-name`, `empty-range`, `too-wide`,
 *   `too-fine`, `out-of-range`, `no-momentum`.
 */
export function checkValues({ objective, optimizer, axes, ensemble }: SpecDraft): void {
  const axisOf = (parameter: string) => axes.findIndex((axis) => axis.parameter === parameter);
  checkGiven('optimizer.eta', optimizer.eta, axisOf('eta'), 'eta', true);
  checkMomentum(optimizer, axisOf('momentum'));
  const needsEpsilon = objective.micro.trim() !== '';
  checkGiven('objective.epsilon', objective.epsilon, axisOf('epsilon'), 'epsilon', needsEpsilon);

  for (const [variable, start] of Object.entries(ensemble.initial)) {
    if (!objective.variables.includes(variable)) {
      throw new RequestError({
        code: 'unknown-name',
        where: `ensemble.initial.${variable}`,
        what: 'the objective has no such variable',
        got: valueText(variable),
        cure: wordCure(variable, objective.variables),
      });
    }
    checkStart(start, ensemble.orbits, `ensemble.initial.${variable}`);
  }
  for (const variable of objective.variables) {
    const start = Object.hasOwn(ensemble.initial, variable)
      ? ensemble.initial[variable]
      : undefined;
    const parameter = `initial.${variable}`;
    checkGiven(`ensemble.${parameter}`, start, axisOf(parameter), parameter, true);
  }
}

function checkMomentum({ rule, momentum }: SpecDraft['optimizer'], axis: number): void {
  if (rules[rule].hasMomentum) {
    checkGiven('optimizer.momentum', momentum, axis, 'momentum', true);
  } else if (momentum !== undefined) {
    throw new RequestError({
      code: 'no-momentum',
      where: 'optimizer.momentum',
      what: `the rule ${rule} has no momentum`,
      got: valueText(momentum),
      cure: 'remove it, or take the rule heavy-ball or nesterov',
    });
  }
}

function checkGiven(
  where: string,
  value: Initial | undefined,
  axis: number,
  parameter: string,
  isNeeded: boolean,
): void {
  if (value !== undefined && axis >= 0) {
    throw new RequestError({
      code: 'given-twice',
      where,
      what: `is given while axes[${axis}] varies ${parameter}`,
      got: valueText(value),
      cure: `remove ${where}, or the axis`,
    });
  }
  if (value === undefined && axis < 0 && isNeeded) {
    throw new RequestError({
      code: 'missing-key',
      where,
      what: 'is missing',
      cure: `give it, or an axis with "parameter": "${parameter}"`,
    });
  }
}

function checkStart(start: Initial, orbits: number, where: string): void {
  if (typeof start === 'number') return;
  if ('uniform' in start) checkRange(start.uniform, 1, `${where}.uniform`);
  else if ('grid' in start) checkRange(start.grid, orbits, `${where}.grid`);
  else if (start.normal[1] <= 0) {
    throw new RequestError({
      code: 'out-of-range',
      where: `${where}.normal[1]`,
      what: 'the standard deviation must be greater than 0',
      got: `${start.normal[1]}`,
      cure: 'to start every orbit at one place, give a number',
    });
  }
}
