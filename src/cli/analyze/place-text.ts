import { placeOf, type Study } from '../../study/study.ts';
import { plainText } from './number-text.ts';

/** The axis values of a column as cells of a table. */
export function placeCells(study: Study, column: number): readonly string[] {
  return Object.values(placeOf(study, column)).map((value) => plainText(value, 6));
}

/** The same in words, e.g. `eta = 0.1, epsilon = 0.001`. */
export function placeText(study: Study, column: number): string {
  return Object.entries(placeOf(study, column))
    .map(([parameter, value]) => `${parameter} = ${plainText(value, 6)}`)
    .join(', ');
}

/** Names of the axes, for the head of a table. */
export const axisNames = ({ spec }: Study): readonly string[] =>
  spec.axes.map(({ parameter }) => parameter);
