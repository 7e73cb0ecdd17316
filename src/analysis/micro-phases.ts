import { affineForm, evaluateConstant } from '../formula/affine.ts';
import { compileHost } from '../formula/emit-host.ts';
import { compileObjective, usesSlow } from '../formula/objective.ts';
import { type Expression, inOrder, parametersOf, variablesOf } from '../formula/tree.ts';
import type { Objective } from '../spec/spec.ts';
import { refuse } from './check-number.ts';

/** A micro formula of one variable as text, with the values of its parameters. */
export type MicroFormula = Pick<Objective, 'variables' | 'micro' | 'parameters'>;

/** The derivatives of a micro formula as functions of independent phases in [0, 2 pi). */
export interface MicroPhases {
  /** Radians per unit of u = x / epsilon that each phase turns; no two are commensurate. */
  readonly frequencies: readonly number[];
  /** Highest multiple of each phase that occurs. */
  readonly harmonics: readonly number[];
  /** f1' and f1'' at phases, one per frequency; overwritten by the next call. */
  at(phases: ArrayLike<number>): Float64Array;
}

/** Ratios of whole numbers up to this, and sums with factors up to `LARGEST_FACTOR`, are seen as such. */
const LARGEST_DIVISOR = 24;
const LARGEST_FACTOR = 6;
const TOLERANCE = 1e-12;

/**
 * Writes the derivatives of a micro formula as functions on a torus: along the line u the phases of
 * incommensurate frequencies come near every point of it alike (Weyl 1916), so averages over u are
 * averages over independent uniform phases.
 *
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} `not-uniform` where the micro formula
 *   depends on the macro position, so that its noise differs from place to place; `not-periodic` where the
 *   variable occurs outside of sin and cos of a linear argument; `wrong-length` unless there is one variable;
 *   `missing-key` where the formula uses epsilon.
 */
export function microPhases(formula: MicroFormula): MicroPhases {
  const { variables, parameters } = formula;
  if (variables.length !== 1) {
    refuse('variables', 'must be one', variables.length, 'take one coordinate', 'wrong-length');
  }
  const objective = compileObjective({ ...formula, macro: '0' });
  const { pool } = objective;
  if (usesSlow(objective)) {
    const [name = 'x'] = variables;
    const cure = `put a number in place of slow_${name} to have the noise there`;
    refuse('micro', 'depends on the macro position', formula.micro, cure, 'not-uniform');
  }
  const bend = objective.curvature(0, 0).micro;
  const roots = [objective.gradient[0]?.micro ?? pool.number(0), bend];
  if (parametersOf(roots[0] ?? bend).some(({ name }) => name === 'epsilon')) {
    refuse('micro', 'uses epsilon', formula.micro, 'name a parameter instead', 'missing-key');
  }
  const waves = waveArguments(roots).map(({ argument, coefficient, constant }) => {
    return { argument, constant, frequency: evaluateConstant(coefficient, parameters) };
  });
  const { bases, multiples } = commensurate(waves.map(({ frequency }) => frequency));
  const phaseNames = bases.map((_, at) => `phase ${at}`); // a blank is in no name of a formula
  const replaced = new Map<Expression, Expression>(
    waves.map(({ argument, constant }, wave) => [
      argument,
      phaseNames.reduce<Expression>((sum, name, base) => {
        const multiple = pool.number(multiples[wave]?.[base] ?? 0);
        return pool.add(sum, pool.multiply(multiple, pool.parameter(name)));
      }, constant),
    ]),
  );
  for (const part of inOrder(roots)) {
    if (replaced.has(part) || part.kind !== 'apply') continue;
    const operands = part.operands.map((operand) => replaced.get(operand) ?? operand);
    replaced.set(part, pool.apply(part.operation, ...operands));
  }
  const onTorus = roots.map((root) => replaced.get(root) ?? root);
  if (onTorus.some((root) => variablesOf(root).length > 0)) {
    const cure = 'let the variable occur in sin and cos of linear arguments only';
    refuse('micro', 'is not periodic or quasi-periodic', formula.micro, cure, 'not-periodic');
  }
  const names = Object.keys(parameters);
  const host = compileHost(onTorus, { variables: [], parameters: [...phaseNames, ...names] });
  const inputs = new Float64Array(bases.length + names.length);
  inputs.set(
    names.map((name) => parameters[name] ?? Number.NaN),
    bases.length,
  );
  const outputs = new Float64Array(2);
  return {
    frequencies: bases,
    harmonics: bases.map((_, base) =>
      multiples.reduce((most, of) => Math.max(most, Math.abs(of[base] ?? 0)), 1),
    ),
    at: (phases) => {
      inputs.set(phases);
      host(inputs, outputs);
      return outputs;
    },
  };
}

interface Argument {
  readonly argument: Expression;
  readonly coefficient: Expression;
  readonly constant: Expression;
}

/** The linear arguments of all sines and cosines. */
function waveArguments(roots: readonly Expression[]): readonly Argument[] {
  const found = new Map<Expression, Argument>();
  for (const part of inOrder(roots)) {
    if (part.kind !== 'apply' || (part.operation !== 'sin' && part.operation !== 'cos')) continue;
    const [argument] = part.operands;
    const form = argument && affineForm(argument);
    const [term] = form?.terms ?? [];
    if (argument && form && term) {
      found.set(argument, { argument, coefficient: term.coefficient, constant: form.constant });
    }
  }
  return [...found.values()];
}

/** Bases of which every frequency is a sum of whole multiples. */
function commensurate(frequencies: readonly number[]): {
  readonly bases: readonly number[];
  readonly multiples: readonly (readonly number[])[];
} {
  const bases: number[] = [];
  const multiples: number[][] = [];
  for (const frequency of frequencies) {
    if (frequency === 0) {
      multiples.push([]);
      continue;
    }
    const [base, divisor] = rationalBase(frequency, bases);
    if (divisor > 0) {
      bases[base] = (bases[base] ?? 1) / divisor;
      for (const each of multiples) each[base] = (each[base] ?? 0) * divisor;
      const single: number[] = [];
      single[base] = Math.round(frequency / (bases[base] ?? 1));
      multiples.push(single);
      continue;
    }
    const factors = wholeSum(frequency, bases);
    if (!factors) bases.push(Math.abs(frequency));
    const own = bases.map((_, at) => (at === bases.length - 1 ? Math.sign(frequency) : 0));
    multiples.push(factors ? [...factors] : own);
  }
  return { bases, multiples };
}

/** The base that a frequency has a rational ratio to, and what to divide it by; [0, 0] if none. */
function rationalBase(frequency: number, bases: readonly number[]): readonly [number, number] {
  for (let divisor = 1; divisor <= LARGEST_DIVISOR; divisor++) {
    const base = bases.findIndex((each) => isWhole((frequency / each) * divisor));
    if (base >= 0) return [base, divisor];
  }
  return [0, 0];
}

const isWhole = (value: number) =>
  Math.round(value) !== 0 && Math.abs(value - Math.round(value)) < TOLERANCE * Math.abs(value);

/** Small whole factors whose sum over two or more bases is the frequency. */
function wholeSum(frequency: number, bases: readonly number[]): readonly number[] | undefined {
  if (bases.length < 2) return undefined;
  const search = (rest: number, from: number): readonly number[] | undefined => {
    if (from === bases.length) {
      return Math.abs(rest) < TOLERANCE * Math.abs(frequency) ? [] : undefined;
    }
    for (let factor = -LARGEST_FACTOR; factor <= LARGEST_FACTOR; factor++) {
      const others = search(rest - factor * (bases[from] ?? 0), from + 1);
      if (others) return [factor, ...others];
    }
    return undefined;
  };
  return search(frequency, 0);
}
