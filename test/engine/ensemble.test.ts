import { describe, expect, test } from 'vitest';
import { createEnsemble } from '../../src/engine/ensemble.ts';
import { columnSetting } from '../../src/spec/columns.ts';
import { parseSpec } from '../../src/spec/parse.ts';

const spec = (initial: object, seed = 1) =>
  parseSpec({
    etascope: 1,
    objective: { variables: ['x', 'y'], macro: 'x^2 + y^2' },
    optimizer: { eta: 0.1 },
    ensemble: { orbits: 20_000, initial: { y: 0, ...initial }, seed },
    steps: { keep: 1 },
    measures: [{ measure: 'density', of: 'x', range: [0, 1], bins: 1 }],
  });

function starts(initial: object, seed = 1, variable = 0, column = 0): number[] {
  const of = spec(initial, seed);
  const ensemble = createEnsemble(of);
  const setting = columnSetting(of, 0);
  return Array.from({ length: 20_000 }, (_, orbit) =>
    ensemble.start(setting, column, orbit, variable),
  );
}
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

describe('starts', () => {
  test('are the number given, or the centres of a grid over the orbits', () => {
    expect(new Set(starts({ x: 0.3 }))).toEqual(new Set([0.3]));
    const grid = starts({ x: { grid: [-1, 1] } });
    expect(grid[0]).toBeCloseTo(-1 + 1 / 20_000, 12);
    expect(grid[19_999]).toBeCloseTo(1 - 1 / 20_000, 12);
  });

  test('are uniform: mean and variance within 4 standard errors, inside the range', () => {
    const drawn = starts({ x: { uniform: [2, 4] } });
    expect(Math.abs(mean(drawn) - 3)).toBeLessThan((4 * 2) / Math.sqrt(12 * 20_000));
    const variance = mean(drawn.map((x) => (x - 3) ** 2));
    // Var of (x - mean)^2 for a uniform of width 2: 1/5 - 1/9
    expect(Math.abs(variance - 1 / 3)).toBeLessThan(4 * Math.sqrt((1 / 5 - 1 / 9) / 20_000));
    expect(drawn.every((x) => x >= 2 && x < 4)).toBe(true);
  });

  test('are normal: mean, variance and kurtosis within 4 standard errors', () => {
    const drawn = starts({ x: { normal: [5, 2] } }).map((x) => (x - 5) / 2);
    expect(Math.abs(mean(drawn))).toBeLessThan(4 / Math.sqrt(20_000));
    expect(Math.abs(mean(drawn.map((z) => z ** 2)) - 1)).toBeLessThan(4 * Math.sqrt(2 / 20_000));
    expect(Math.abs(mean(drawn.map((z) => z ** 4)) - 3)).toBeLessThan(4 * Math.sqrt(96 / 20_000));
  });

  test('differ by seed, column and variable, and are the same for the same', () => {
    const both = { x: { uniform: [0, 1] }, y: { uniform: [0, 1] } };
    const first = starts(both);
    expect(starts(both)).toEqual(first);
    for (const other of [starts(both, 2), starts(both, 1, 1), starts(both, 1, 0, 7)]) {
      const same = other.filter((x, i) => x === first[i]).length;
      expect(same).toBe(0);
    }
    expect(starts(both, 2 ** 32 + 1)).not.toEqual(first); // the upper word of the seed counts
  });
});
