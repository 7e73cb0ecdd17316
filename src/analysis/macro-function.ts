import { compileHost } from '../formula/emit-host.ts';
import { compileObjective } from '../formula/objective.ts';
import { parametersOf } from '../formula/tree.ts';
import type { Objective } from '../spec/spec.ts';
import { refuse } from './check-number.ts';

/** A macro formula f0 as text, e.g. `x^4/4 - a * x^2/2`, with the values of its parameters. */
export type MacroFormula = Pick<Objective, 'variables' | 'macro' | 'parameters' | 'epsilon'>;

/**
 * Compiles f0 to a function of its variables, in their order.
 *
 * The function gives NaN where the formula has no value.
 *
 * @throws {FormulaError} whatever `compileObjective` throws; {@link RequestError} `missing-key`
 *   where the formula uses epsilon and none is given.
 */
export function macroFunction(formula: MacroFormula): (...point: readonly number[]) => number {
  const objective = compileObjective({ ...formula, micro: '' });
  const host = compileHost([objective.macro], objective);
  const { length: dimension } = objective.variables;
  const inputs = new Float64Array(2 * dimension + objective.parameters.length);
  const usesEpsilon = parametersOf(objective.macro).some(({ name }) => name === 'epsilon');
  if (usesEpsilon && formula.epsilon === undefined) {
    refuse('epsilon', 'is used by the macro formula', 'none', 'give its value', 'missing-key');
  }
  inputs[2 * dimension] = formula.epsilon ?? 0;
  objective.parameters.slice(1).forEach((name, at) => {
    inputs[2 * dimension + 1 + at] = formula.parameters[name] ?? Number.NaN;
  });
  const outputs = new Float64Array(1);
  return (...point) => {
    if (point.length !== dimension) {
      refuse(
        'point',
        `must have ${dimension} coordinates`,
        point.length,
        undefined,
        'wrong-length',
      );
    }
    inputs.set(point);
    host(inputs, outputs);
    return outputs[0] ?? Number.NaN;
  };
}
