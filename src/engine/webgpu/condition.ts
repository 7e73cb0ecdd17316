import { compileHost } from '../../formula/emit-host.ts';
import type { CompiledObjective } from '../../formula/objective.ts';
import type { Expression } from '../../formula/tree.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { parameterValues } from '../waves.ts';

/** Whether a position satisfies a condition, in float64; one that is not defined does not. */
export type Condition = (position: Float64Array, setting: ColumnSetting) => boolean;

/** The condition of an escape as the host asks it of a start. */
export function startCondition(when: Expression, objective: CompiledObjective): Condition {
  const { variables, parameters } = objective;
  const holds = compileHost([when], objective);
  const inputs = new Float64Array(2 * variables.length + parameters.length);
  const outputs = new Float64Array(1);
  return (position, setting) => {
    const values = parameterValues(setting);
    variables.forEach((_, at) => {
      const x = position[at] ?? Number.NaN;
      inputs[at] = x;
      inputs[variables.length + at] = x / (setting.epsilon ?? Number.NaN);
    });
    parameters.forEach((name, at) => {
      inputs[2 * variables.length + at] = values[name] ?? Number.NaN;
    });
    holds(inputs, outputs);
    return outputs[0] === 1;
  };
}
