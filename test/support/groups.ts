import { expect } from 'vitest';
import { total } from './result-numbers.ts';

/** Groups of orbits whose results are independent, so that their scatter tells the error of the mean. */
export const GROUPS = 16;

/** An axis of columns that differ in nothing but the draws of their starts; `group` is to be a parameter. */
export const groups = [{ parameter: 'parameters.group', from: 0, to: 1, count: GROUPS }];

export const mean = (values: readonly number[]): number => total(values) / values.length;

/** The columns of an array of a result, [columns, ...]. */
export function columnsOf(values: readonly number[], columns: number): number[][] {
  const width = values.length / columns;
  return Array.from({ length: columns }, (_, column) =>
    values.slice(column * width, (column + 1) * width),
  );
}

/** The sum of all columns: their histograms as one. */
export function pooled(columns: readonly ArrayLike<number>[]): number[] {
  return Array.from(columns[0] ?? [], (_, at) => total(columns.map((column) => column[at] ?? 0)));
}

/**
 * Expects the mean of independent groups within 4 standard errors of a number.
 *
 * @param sharpness the standard error must be below this share of the number: else it says nothing.
 */
export function expectMean(values: readonly number[], expected: number, sharpness: number): void {
  const average = mean(values);
  const variance = total(values.map((value) => (value - average) ** 2)) / (values.length - 1);
  const stderr = Math.sqrt(variance / values.length);
  expect(stderr).toBeLessThan(sharpness * Math.abs(expected));
  expect(Math.abs(average - expected)).toBeLessThan(4 * stderr);
}
