import { describe, expect, test } from 'vitest';
import { createEnsemble } from '../../src/engine/ensemble.ts';
import { columnSetting } from '../../src/spec/columns.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import type { SpecInput } from '../../src/spec/schema.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { testedEngines } from '../support/engines.ts';
import { numbers, total } from '../support/result-numbers.ts';

const engines = await testedEngines();
const runs = engines.flatMap(({ name, engine, precisions }) =>
  precisions.map((precision) => ({ name, engine, precision })),
);

/** Matyas' function with a wave along each coordinate; eigenvalues 0.04 along x = y and 1 across. */
const matyas = {
  etascope: 1,
  objective: {
    variables: ['x', 'y'],
    macro: '0.26 * (x^2 + y^2) - 0.48 * x * y',
    micro: '-cos(x) - cos(y)',
    epsilon: 1e-5,
  },
  optimizer: { eta: 0.5 },
  ensemble: { orbits: 70, initial: { x: { normal: [0, 1.3] }, y: { normal: [0, 1.3] } } },
  steps: { skip: 3, keep: 40 },
  measures: [],
} satisfies Omit<SpecInput, 'measures'> & { readonly measures: readonly [] };

const plane = (
  x: readonly [number, number],
  y: readonly [number, number],
  bins: readonly [number, number],
  of: readonly [string, string] = ['x', 'y'],
) => ({ measure: 'joint-density' as const, of: [...of], range: [[...x], [...y]], bins: [...bins] });

describe.each(runs)('a joint density on $name in $precision', ({ engine, precision }) => {
  const run = (input: object) => engine.run(parseSpec({ ...matyas, precision, ...input }));

  test('counts every orbit and step once: in a cell, outside or lost', async () => {
    const result = await run({
      // Beyond eta = 2 orbits leave across the valley.
      optimizer: {},
      axes: [{ parameter: 'eta', from: 0.5, to: 3.5, count: 3 }],
      ensemble: { orbits: 70, initial: { x: { uniform: [-2, 1] }, y: { uniform: [-2, 2] } } },
      stop: { radius: 50 },
      measures: [plane([-1, 2], [0, 1.5], [9, 5])],
    });
    const counts = numbers(result, 'joint_density');
    const [outside, lost] = ['outside', 'lost'].map((of) => numbers(result, `joint_density_${of}`));
    expect(result.arrays.joint_density).toMatchObject({ type: 'uint32', shape: [3, 9, 5] });
    for (let column = 0; column < 3; column++) {
      const inside = total(counts.slice(45 * column, 45 * (column + 1)));
      expect(inside + (outside?.[column] ?? 0) + (lost?.[column] ?? 0)).toBe(70 * 40);
    }
    expect(outside?.[0]).toBeGreaterThan(0);
    expect(lost?.[0]).toBe(0);
    expect(lost?.[2]).toBeGreaterThan(0);
  });

  test('has the densities of both values as its marginals, exactly', async () => {
    const across = { measure: 'density', name: 'across', of: 'x', range: [-1, 2], bins: 90 };
    const up = { measure: 'density', name: 'up', of: 'sqrt(x)', range: [-1, 2], bins: 50 };
    const result = await run({
      measures: [
        across,
        up,
        { ...plane([-1, 2], [-1e3, 1e3], [90, 3]), name: 'ofX' },
        { ...plane([-1e3, 1e3], [-1, 2], [2, 50], ['y', 'sqrt(x)']), name: 'ofRoot' },
      ],
    });
    const ofX = numbers(result, 'ofX');
    const ofRoot = numbers(result, 'ofRoot');
    const sums = Array.from({ length: 90 }, (_, i) => total(ofX.slice(3 * i, 3 * i + 3)));
    const roots = Array.from({ length: 50 }, (_, j) => (ofRoot[j] ?? 0) + (ofRoot[50 + j] ?? 0));
    expect(sums).toEqual(numbers(result, 'across'));
    expect(roots).toEqual(numbers(result, 'up'));
    expect(total(roots)).toBeGreaterThan(0);
    expect(numbers(result, 'ofX_outside')).toEqual([total(numbers(result, 'across_outside'))]);
    expect(numbers(result, 'ofRoot_outside')).toEqual([total(numbers(result, 'up_outside'))]);
  });

  test('counts the first steps as float64 orbits on the host do, x first', async () => {
    const spec = parseSpec({
      ...matyas,
      precision,
      objective: { ...matyas.objective, micro: '' },
      steps: { skip: 1, keep: 6 },
      measures: [plane([-3, 3], [-2, 2], [12, 7])],
    });
    const { counts, clearance } = hostPlane(spec, [-3, 3, 12], [-2, 2, 7]);
    expect(clearance).toBeGreaterThan(1e-4); // f32 knows places to 1e-6 cells
    const result = await engine.run(spec);
    expect(numbers(result, 'joint_density')).toEqual(counts);
    expect(numbers(result, 'joint_density_x_edges')).toEqual(
      Array.from({ length: 13 }, (_, i) => -3 + i / 2),
    );
    expect(result.arrays.joint_density_y_edges?.shape).toEqual([8]);
  });

  test.skipIf(precision === 'float32')('has the covariance of the law on a valley', async () => {
    const [orbits, keep, cells, reach] = [2048, 200, 90, 9];
    const result = await run({
      ensemble: { ...matyas.ensemble, orbits },
      steps: { skip: 300, keep },
      measures: [plane([-reach, reach], [-reach, reach], [cells, cells])],
    });
    const counts = numbers(result, 'joint_density');
    const width = (2 * reach) / cells;
    const mean = (of: (x: number, y: number) => number) => {
      const at = (cell: number) => (cell + 0.5) * width - reach;
      const sum = counts.reduce((all, n, cell) => {
        return all + n * of(at(Math.floor(cell / cells)), at(cell % cells));
      }, 0);
      return sum / total(counts);
    };
    // eta sigma^2 / (l (2 - eta l)) of both modes l = 0.04 and 1, sigma^2 = 1/2.
    const [along, across] = [3.156566, 0.1666667];
    const spread = width ** 2 / 12; // of a state within its cell
    // A mode forgets its square within 1 / (1 - a^2) steps, a = 1 - eta l: 25 along the valley.
    const error = (variance: number, memory: number) =>
      variance * Math.sqrt(2 / (orbits * Math.max(1, keep / (2 * memory))));
    const slack = error(along, 25) + error(across, 4 / 3);
    expect(Math.abs(mean((x) => x * x) - spread - (along + across) / 2)).toBeLessThan(4 * slack);
    expect(Math.abs(mean((_, y) => y * y) - spread - (along + across) / 2)).toBeLessThan(4 * slack);
    expect(Math.abs(mean((x, y) => x * y) - (along - across) / 2)).toBeLessThan(4 * slack);
    const difference = mean((x, y) => (x - y) ** 2 / 2) - spread;
    expect(Math.abs(difference - across)).toBeLessThan(4 * error(across, 4 / 3));
  });
});

/** Follows an ensemble on the macro part alone, and counts it in [lo, hi, cells] of x and y. */
function hostPlane(
  spec: Spec,
  [left, right, columns]: readonly [number, number, number],
  [low, high, rows]: readonly [number, number, number],
) {
  const setting = columnSetting(spec, 0);
  const ensemble = createEnsemble(spec);
  const { skip, keep } = spec.steps;
  const counts = Array.from({ length: columns * rows }, () => 0);
  let clearance = 0.5;
  for (let orbit = 0; orbit < spec.ensemble.orbits; orbit++) {
    let [x, y] = [ensemble.start(setting, 0, orbit, 0), ensemble.start(setting, 0, orbit, 1)];
    for (let n = 0; n < skip + keep; n++) {
      [x, y] = [x - setting.eta * (0.52 * x - 0.48 * y), y - setting.eta * (0.52 * y - 0.48 * x)];
      if (n < skip) continue;
      const across = ((x - left) / (right - left)) * columns;
      const up = ((y - low) / (high - low)) * rows;
      for (const place of [across, up]) {
        clearance = Math.min(clearance, Math.abs(place - Math.round(place)));
      }
      if (across < 0 || across >= columns || up < 0 || up >= rows) continue;
      const cell = Math.floor(across) * rows + Math.floor(up);
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return { counts, clearance };
}
