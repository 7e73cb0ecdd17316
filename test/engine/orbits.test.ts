import { describe, expect, test } from 'vitest';
import type { Result } from '../../src/engine/result.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { testedEngines } from '../support/engines.ts';
import { numbers, total } from '../support/result-numbers.ts';

const engines = await testedEngines();

const epsilon = 1e-3;
const bins = 1080;
const half = 4; // the picture reaches ±4 epsilon
/** The talk's figure, at the given values of K = eta / epsilon. */
const atK = (from: number, to: number, count: number, orbits = 64) =>
  parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon },
    axes: [{ parameter: 'eta', from: from * epsilon, to: to * epsilon, count }],
    ensemble: { orbits, initial: { x: { uniform: [-half * epsilon, half * epsilon] } }, seed: 1 },
    steps: { skip: 2000, keep: 400 },
    measures: [{ measure: 'density', of: 'x', range: [-half * epsilon, half * epsilon], bins }],
  });

/** Values of x / epsilon whose bins were visited, by the centres of the bins, in column `column`. */
function visited(result: Result, column: number): number[] {
  const row = numbers(result, 'density').slice(column * bins, (column + 1) * bins);
  return row.flatMap((n, bin) => (n > 0 ? [-half + ((bin + 0.5) * 2 * half) / bins] : []));
}
const binWidth = (2 * half) / bins;

describe.each(engines)('engine $name:', ({ engine, precisions }) => {
  describe('the period-doubling diagram', () => {
    test('is one line up to K = 1.998, the minimum of the well', async () => {
      const result = await engine.run(atK(0.05, 1.99, 24));
      for (let column = 0; column < 24; column++) {
        for (const x of visited(result, column)) expect(Math.abs(x)).toBeLessThanOrEqual(binWidth);
      }
    });

    // Newton at 50 digits, oracles of the issue: the 2-cycles of x - K sin x.
    test.each([
      { K: 2.5, cycle: [1.1311, -1.1311] },
      { K: 3.3, cycle: [1.8819, -1.2597, -1.8819, 1.2597] },
    ])('has the rows of the 2-cycles at K = $K and no others', async ({ K, cycle }) => {
      const result = await engine.run(atK(K - 1e-9, K + 1e-9, 1, 256));
      const rows = visited(result, 0);
      // eps = 1e-3 moves the cycle of the eps -> 0 map by less than a tenth of a row
      for (const x of rows) {
        const nearest = Math.min(...cycle.map((point) => Math.abs(point - x)));
        expect(nearest, `row at ${x}`).toBeLessThanOrEqual(binWidth);
      }
      for (const point of cycle) {
        const nearest = Math.min(...rows.map((x) => Math.abs(point - x)));
        expect(nearest, `2-cycle point ${point}`).toBeLessThanOrEqual(binWidth);
      }
    });
  });

  test('every orbit and step is counted once, column by column', async () => {
    const spec = atK(3, 8, 40);
    const result = await engine.run(spec);
    const outside = numbers(result, 'density_outside');
    const lost = numbers(result, 'density_lost');
    for (let column = 0; column < 40; column++) {
      const inside = total(numbers(result, 'density').slice(column * bins, (column + 1) * bins));
      const all = inside + (outside[2 * column] ?? 0) + (outside[2 * column + 1] ?? 0);
      expect(all + (lost[column] ?? 0)).toBe(64 * 400);
    }
  });

  describe('divergence', () => {
    // x' = x + eta x: |x| passes 100 after the smallest n with |x0| (1 + eta)^n > 100.
    const spec = parseSpec({
      etascope: 1,
      objective: { macro: '-x^2 / 2' },
      optimizer: { eta: 1 },
      ensemble: { orbits: 100, initial: { x: { grid: [0.5, 1.5] } } },
      steps: { skip: 3, keep: 10 },
      measures: [{ measure: 'density', of: 'x', range: [0, 64], bins: 7 }],
      stop: { radius: 100 },
    });

    test.each(precisions)(
      'ends an orbit at the step that leaves the radius (%s)',
      async (precision) => {
        const result = await engine.run({ ...spec, precision });
        let lost = 0;
        for (let i = 0; i < 100; i++) {
          const start = 0.5 + (i + 0.5) / 100;
          const leaves = Math.floor(Math.log2(100 / start)) + 1; // the first step beyond 100
          lost += 13 - (leaves - 1);
        }
        expect(numbers(result, 'diverged')).toEqual([100]);
        expect(numbers(result, 'density_lost')).toEqual([lost]);
        const inside =
          total(numbers(result, 'density')) + total(numbers(result, 'density_outside'));
        expect(inside).toBe(1000 - lost);
      },
    );

    test('counts orbits that start beyond the radius, and leaving the domain', async () => {
      const outside = await engine.run({ ...spec, stop: { radius: 1 } });
      expect(numbers(outside, 'diverged')).toEqual([100]);
      expect(numbers(outside, 'density_lost')).toEqual([1000]);
      // f = x log x - x has f' = log x: the first kick of eta = 3 from x < 1 goes up, from x > 1.9 below 0
      const log = parseSpec({
        ...JSON.parse(JSON.stringify(spec)),
        objective: { macro: 'x * log(x) - x' },
        optimizer: { eta: 3 },
        ensemble: { orbits: 100, initial: { x: { grid: [2, 3] } } },
      });
      expect(numbers(await engine.run(log), 'diverged')).toEqual([100]);
    });
  });

  test.each(['max(x, sqrt(a))', 'min(x^2, log(a))', 'abs(x - asin(a)) / 2'])(
    'a constant of %s that is not defined ends every orbit of its columns',
    async (macro) => {
      const result = await engine.run(
        parseSpec({
          etascope: 1,
          objective: { macro, parameters: { a: 0 } },
          optimizer: { eta: 0.1 },
          axes: [{ parameter: 'parameters.a', from: -2, to: 1, count: 3 }], // -1.5, -0.5, 0.5
          ensemble: { orbits: 4, initial: { x: { grid: [-1, 1] } } },
          steps: { skip: 0, keep: 5 },
          measures: [{ measure: 'density', of: 'x', range: [-9, 9], bins: 1 }],
        }),
      );
      const isDefined = macro.includes('asin') ? [false, true, true] : [false, false, true];
      expect(numbers(result, 'diverged')).toEqual(isDefined.map((is) => (is ? 0 : 4)));
      expect(numbers(result, 'density')).toEqual(isDefined.map((is) => (is ? 20 : 0)));
    },
  );

  test('the bowl is stable below eta = 2 and diverges above', async () => {
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: { variables: ['x', 'y'], macro: '(x^2 + y^2) / 2' },
        axes: [{ parameter: 'eta', from: 1.5, to: 2.5, count: 10 }],
        ensemble: { orbits: 8, initial: { x: { normal: [0, 1] }, y: { uniform: [-1, 1] } } },
        steps: { skip: 1000, keep: 10 },
        measures: [{ measure: 'density', of: 'x^2 + y^2', range: [0, 1], bins: 4 }],
      }),
    );
    expect(numbers(result, 'diverged')).toEqual([0, 0, 0, 0, 0, 8, 8, 8, 8, 8]);
  });

  test('an observed value that is not defined counts as below, and the orbit goes on', async () => {
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: { macro: 'x' }, // x' = x - 1/4: from 2 through 0 to -2
        optimizer: { eta: 0.25 },
        ensemble: { orbits: 3, initial: { x: 2 } },
        steps: { skip: 0, keep: 16 },
        measures: [
          { measure: 'density', name: 'log', of: 'log(x)', range: [-100, 100], bins: 2 },
          { measure: 'density', name: 'place', of: 'x', range: [-2, 2], bins: 16 },
        ],
      }),
    );
    // 7/4 ... 1/4 have logarithms: three of them above 0 besides that of 1, which is 0
    expect(numbers(result, 'log')).toEqual([3 * 3, 3 * 4]);
    expect(numbers(result, 'log_outside')).toEqual([3 * 9, 0]);
    expect(numbers(result, 'place')).toEqual([...Array<number>(16).fill(3)]);
    expect(numbers(result, 'diverged')).toEqual([0]);
  });
});
