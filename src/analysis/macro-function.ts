import { compileHost } from '../formula/emit-host.ts';
import { type CompiledObjective, compileObjective } from '../formula/objective.ts';
import { type Expression, parametersOf } from '../formula/tree.ts';
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
  return compiled(formula, ({ macro }) => macro);
}

/** The same for f0' of one variable. @throws {RequestError} `wrong-length` of more. */
export function macroSlope(formula: MacroFormula): (x: number) => number {
  return compiled(
    ofOneVariable(formula),
    ({ gradient: [slope], pool }) => slope?.macro ?? pool.number(0),
  );
}

/** The same for f0'' of one variable. @throws {RequestError} `wrong-length` of more. */
export function macroCurvature(formula: MacroFormula): (x: number) => number {
  return compiled(ofOneVariable(formula), ({ curvature }) => curvature(0, 0).macro);
}

function ofOneVariable(formula: MacroFormula): MacroFormula {
  if (formula.variables.length === 1) return formula;
  const { length } = formula.variables;
  return refuse('variables', 'must be one', length, undefined, 'wrong-length');
}

function compiled(
  formula: MacroFormula,
  choose: (objective: CompiledObjective) => Expression,
): (...point: readonly number[]) => number {
  const objective = compileObjective({ ...formula, micro: '' });
  const root = choose(objective);
  const host = compileHost([root], objective);
  const { length: dimension } = objective.variables;
  const inputs = new Float64Array(2 * dimension + objective.parameters.length);
  const usesEpsilon = parametersOf(root).some(({ name }) => name === 'epsilon');
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
