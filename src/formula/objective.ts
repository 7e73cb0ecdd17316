import type { Objective } from '../spec/spec.ts';
import { differentiate } from './differentiate.ts';
import { FormulaError } from './errors.ts';
import { parseFormula, type Sort } from './parser.ts';
import { createPool, type Pool } from './pool.ts';
import { type Expression, type VariableLeaf, variablesOf } from './tree.ts';
import { isReserved } from './vocabulary.ts';

/**
 * A derivative of f in two parts: of the macro formula by x, and of the micro formula by x / epsilon, that is
 * epsilon times by x. What the micro formula owes to macro positions (`slow_x`) is in the micro part, with a
 * factor of epsilon.
 */
export interface Derivative {
  readonly macro: Expression;
  readonly micro: Expression;
}

/** f(x) = macro(x) + epsilon · micro(x / epsilon, x), with its derivatives, all in one pool. */
export interface CompiledObjective {
  readonly pool: Pool;
  readonly variables: readonly string[];
  /** Named numbers the formulas may use, `epsilon` first. */
  readonly parameters: readonly string[];
  /** f: contains variables of both scales. */
  readonly value: Expression;
  readonly macro: Expression;
  /** Contains variables of macro scale where it names a macro position, such as `slow_x`. */
  readonly micro: Expression;
  /** One per variable: ∂f/∂x_i = macro + micro, for the chain rule cancels epsilon exactly. */
  readonly gradient: readonly Derivative[];
  /** Second derivatives by variables i and j: ∂²f/∂x_i∂x_j = macro + micro / epsilon. */
  curvature(i: number, j: number): Derivative;
  /** Both parts of a derivative differentiated once more, by variable j. */
  derive(of: Derivative, j: number): Derivative;
}

/** The parameter that scales the micro-structure; every formula may use it. */
const EPSILON = 'epsilon';
/** In formulas of a measure, the value of the objective. */
const VALUE = 'f';
/** In the micro formula, where a variable is divided by epsilon, the variable itself. */
const slow = (variable: string) => `slow_${variable}`;

/**
 * Reads both formulas of an objective and differentiates them.
 *
 * @param where path of the objective in the spec.
 * @throws {FormulaError} `bad-name` for a variable or parameter that cannot be called so; whatever
 *   `parseFormula` throws, with `where` ending in `.macro` or `.micro`; `formula-too-large`.
 *
 * @example
 * ```ts
 * const { gradient } = compileObjective({
 *   variables: ['x'], macro: 'x^2 / 2', micro: '-cos(x)', parameters: {},
 * });
 * // gradient[0] = { macro: x, micro: sin(x / epsilon) }
 * ```
 */
export function compileObjective(objective: Objective, where = 'objective'): CompiledObjective {
  const { variables } = objective;
  const parameters = [EPSILON, ...Object.keys(objective.parameters)];
  checkNames(variables, Object.keys(objective.parameters), where);
  const pool = createPool(where);
  const [macros, micros] = (['macro', 'micro'] as const).map((scale) =>
    variables.map((name) => pool.variable(name, scale)),
  ) as [VariableLeaf[], VariableLeaf[]]; // one entry per scale
  const parse = (scale: 'macro' | 'micro', leaves: readonly VariableLeaf[]) => {
    const names = new Map<string, Expression>(leaves.map((leaf) => [leaf.name, leaf]));
    for (const name of parameters) names.set(name, pool.parameter(name));
    if (scale === 'micro') for (const leaf of macros) names.set(slow(leaf.name), leaf);
    const text = scale === 'micro' && objective.micro === '' ? '0' : objective[scale]; // '' is none
    const instead = scale === 'macro' ? insteadOfSlow(variables) : undefined;
    return parseFormula(text, { pool, names, instead, where: `${where}.${scale}`, sort: 'number' });
  };
  const macro = parse('macro', macros);
  const micro = parse('micro', micros);
  const epsilon = pool.parameter(EPSILON);
  const isSlow = usesSlow({ micro });
  const derive = (of: Derivative, by: number): Derivative => {
    const [x, u] = [macros[by], micros[by]];
    if (!x || !u) throw new RangeError(`no variable ${by} among ${variables.length}`);
    const derivative = { macro: differentiate(of.macro, x), micro: differentiate(of.micro, u) };
    if (!isSlow) return derivative;
    const bySlow = pool.multiply(epsilon, differentiate(of.micro, x));
    return { macro: derivative.macro, micro: pool.add(derivative.micro, bySlow) };
  };
  const gradient = variables.map((_, by) => derive({ macro, micro }, by));
  return {
    pool,
    variables,
    parameters,
    value: pool.add(macro, pool.multiply(epsilon, micro)),
    macro,
    micro,
    gradient,
    curvature: (i, j) => {
      const slope = gradient[i];
      if (!slope) throw new RangeError(`no variable ${i} among ${variables.length}`);
      return derive(slope, j);
    },
    derive,
  };
}

/** Whether the micro-structure depends on macro positions, such as `slow_x`, besides its phases. */
export function usesSlow({ micro }: Pick<CompiledObjective, 'micro'>): boolean {
  return variablesOf(micro).some(({ scale }) => scale === 'macro');
}

/** What to write for the names that only the micro formula knows. */
const insteadOfSlow = (variables: readonly string[]): ReadonlyMap<string, string> =>
  new Map(variables.map((name) => [slow(name), name]));

/**
 * Reads a formula of a measure: of the variables (macro scale), the parameters, and `f`, the
 * objective. The expression belongs to the objective's pool.
 *
 * @param where path of the formula in the spec, e.g. `measures[0].of`.
 * @throws {FormulaError} whatever `parseFormula` throws.
 */
export function compileFormula(
  text: string,
  objective: CompiledObjective,
  where: string,
): Expression {
  return parseBeside(text, objective, where, 'number');
}

/**
 * Reads a comparison, such as `x > 0` or `abs(x) > 2 and f < 1`, in the words of `compileFormula`.
 *
 * @param where path of the condition in the spec, e.g. `measures[0].when`.
 * @throws {FormulaError} whatever `parseFormula` throws.
 */
export function compileCondition(
  text: string,
  objective: CompiledObjective,
  where: string,
): Expression {
  return parseBeside(text, objective, where, 'condition');
}

function parseBeside(
  text: string,
  objective: CompiledObjective,
  where: string,
  sort: Sort,
): Expression {
  const { pool, variables, parameters, value } = objective;
  const names = new Map<string, Expression>([[VALUE, value]]);
  for (const name of variables) names.set(name, pool.variable(name, 'macro'));
  for (const name of parameters) names.set(name, pool.parameter(name));
  return parseFormula(text, { pool, names, instead: insteadOfSlow(variables), where, sort });
}

function checkNames(
  variables: readonly string[],
  parameters: readonly string[],
  where: string,
): void {
  const seen = new Map<string, string>();
  const places = [
    ...variables.map((name, at) => [name, `${where}.variables[${at}]`] as const),
    ...parameters.map((name) => [name, `${where}.parameters.${name}`] as const),
  ];
  for (const [name, place] of places) {
    const refuse = (what: string, cure: string) => {
      throw new FormulaError({
        code: 'bad-name',
        where: place,
        what,
        got: JSON.stringify(name),
        cure,
      });
    };
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
      refuse('not a name', 'use letters, digits and _, with no digit first');
    }
    if (isReserved(name) || name === EPSILON || name === VALUE) {
      refuse('the name has a meaning of its own in formulas', `call it ${name}1, say`);
    }
    if (variables.some((variable) => name === slow(variable))) {
      refuse('the name has a meaning of its own in the micro formula', `call it ${name}1, say`);
    }
    const other = seen.get(name);
    if (other)
      refuse(`the name is taken by ${other}`, 'give every variable and parameter its own name');
    seen.set(name, place);
  }
}
