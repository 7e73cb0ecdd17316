import type { AxisLine } from '../figure/figure.ts';
import type { Axis, Spec } from '../spec/spec.ts';

const known: Readonly<Record<string, string>> = {
  eta: 'learning rate η',
  epsilon: 'size of the micro-structure ε',
  momentum: 'momentum',
};

/** How an axis is called on a figure: `learning rate η`, `initial x`, `a`. */
export function parameterName(parameter: string): string {
  const [group, name = ''] = parameter.split('.');
  return known[parameter] ?? (group === 'initial' ? `initial ${name}` : name);
}

/** An axis of a spec as an axis of a panel, from its first edge to its last. */
export function axisLine({ parameter, scale, from, to }: Axis): AxisLine {
  return { label: parameterName(parameter), scale, domain: [from, to] };
}

/** What was computed, in a line: the objective, the rule with what was fixed, the orbits. */
export function specLine({ objective, optimizer, ensemble, steps }: Spec): string {
  const { variables, macro, micro, epsilon } = objective;
  const arguments_ = variables.map((name) => `${name}/ε`).join(', ');
  const small = micro === '' ? '' : ` + ε m(${arguments_}), m = ${micro}`;
  const numbers = [
    ...(optimizer.eta === undefined ? [] : [`η = ${optimizer.eta}`]),
    ...(epsilon === undefined || micro === '' ? [] : [`ε = ${epsilon}`]),
    ...(optimizer.momentum === undefined ? [] : [`momentum ${optimizer.momentum}`]),
  ];
  const orbits = `${ensemble.orbits} ${ensemble.orbits === 1 ? 'orbit' : 'orbits'}`;
  return [
    `f = ${macro}${small}`,
    [optimizer.rule, ...numbers].join(', '),
    `${orbits} of ${steps.skip} + ${steps.keep} steps`,
  ].join('; ');
}
