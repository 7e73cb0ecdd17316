import { evaluateConstant } from '../../formula/affine.ts';
import { polynomialOf } from '../../formula/polynomial.ts';
import type { Expression } from '../../formula/tree.ts';
import type { ColumnSetting } from '../../spec/columns.ts';
import { parameterValues } from '../waves.ts';

/** What one coordinate gives to the argument of a chirp: bend · s^2 + slope · s turns at s turns of it. */
export interface ChirpPart {
  readonly variable: number;
  bend(setting: ColumnSetting): number;
  slope(setting: ColumnSetting): number;
}

/** A sine or cosine whose argument is of second degree in the coordinates, without products of two. */
export interface Chirp {
  readonly parts: readonly ChirpPart[];
  /** Constant part of the argument, in turns. */
  shift(setting: ColumnSetting): number;
}

const TURN = 2 * Math.PI;

/**
 * Reads an argument of sine or cosine as that of a chirp; undefined where it is none.
 *
 * @param unit length of one turn of a coordinate, in the unit of the variable.
 */
export function chirpOf(
  argument: Expression,
  variables: readonly string[],
  unit: (variable: number, setting: ColumnSetting) => number,
): Chirp | undefined {
  const monomials = polynomialOf(argument);
  if (!monomials) return undefined;
  const terms = monomials.map(({ factors, coefficient }) => ({
    coefficient,
    variables: factors.map(({ name }) => variables.indexOf(name)),
    micros: factors.filter(({ scale }) => scale === 'micro').length,
  }));
  const isPlain = terms.every((term) => term.variables.every((at) => at === term.variables[0]));
  if (!isPlain || Math.max(...terms.map((term) => term.variables.length)) !== 2) return undefined;
  /** Sum of the terms of a degree, in turns. */
  const sum = (degree: number, variable: number | undefined) => (setting: ColumnSetting) => {
    const { epsilon = 1 } = setting;
    let turns = 0;
    for (const { coefficient, micros, variables: of } of terms) {
      if (of.length !== degree || of[0] !== variable) continue;
      const value = evaluateConstant(coefficient, parameterValues(setting));
      const length = variable === undefined ? 1 : unit(variable, setting);
      turns += (value * (length / epsilon) ** micros * length ** (degree - micros)) / TURN;
    }
    return turns;
  };
  return {
    parts: [...new Set(terms.flatMap((term) => term.variables))].map((variable) => ({
      variable,
      bend: sum(2, variable),
      slope: sum(1, variable),
    })),
    shift: sum(0, undefined),
  };
}
