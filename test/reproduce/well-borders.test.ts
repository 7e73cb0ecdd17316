import { describe, expect, test } from 'vitest';
import { cellAround, escapeCrisis } from '../../src/analysis/crisis.ts';
import { wellBorders } from '../../src/reproduce/well-borders.ts';

describe('borders of the central well', () => {
  test.each([1e-6, 0.06, 0.16])(
    'the crisis at epsilon = %d is the one of the formula',
    (epsilon) => {
      const objective = {
        variables: ['x'],
        macro: 'x^2 / 2',
        micro: '-cos(x)',
        epsilon,
        parameters: {},
      };
      const cell = cellAround(objective, 0.1 * epsilon);
      const { eta } = escapeCrisis(objective, 0.1 * epsilon, cell, [3.6 * epsilon, 6 * epsilon]);
      expect(wellBorders(epsilon).escape / eta).toBeCloseTo(1, 9);
    },
  );

  test('tend to those of the micro-structure alone', () => {
    const epsilon = 1e-7;
    const { doubling, chaos, period, escape: leaving } = wellBorders(epsilon);
    expect(doubling / epsilon).toBeCloseTo(2, 6);
    expect(chaos / epsilon).toBeCloseTo(3.531521541, 5);
    expect(period / epsilon).toBeCloseTo(4.6033388, 5);
    expect(leaving / epsilon).toBeCloseTo(4.6033388, 5);
  });

  test('there is no crisis where the well has no maxima', () => {
    expect(wellBorders(0.3).escape).toBeNaN();
    expect(wellBorders(0.21).escape).not.toBeNaN();
  });
});
