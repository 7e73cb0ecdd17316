import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { columnsOf } from '../../support/groups.ts';
import { numbers, total } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(engine.dispose);

// Cycles, windows and crises of maps whose parameters are known to many digits.

const FINE = 2 ** 20; // bins

/** Which bins a density of `FINE` bins visits, in each column of an axis over eta. */
async function visitedBins(
  objective: object,
  axis: readonly [from: number, to: number, count: number],
  ensemble: object,
  steps: object,
  range: readonly [number, number],
): Promise<number[][]> {
  const [from, to, count] = axis;
  const spec = parseSpec({
    etascope: 1,
    objective,
    axes: [{ parameter: 'eta', from, to, count }],
    ensemble,
    steps,
    measures: [{ measure: 'density', of: 'x', range, bins: FINE }],
    precision: 'float64',
  });
  const { arrays } = await engine.run(spec);
  const { density, density_outside: outside } = arrays;
  if (!density || !outside) throw new Error('no density');
  expect(Array.from(outside.data, Number)).toEqual(Array(2 * count).fill(0));
  const rows = Array.from({ length: count }, (): number[] => []);
  for (let cell = 0; cell < density.data.length; cell++) {
    if (Number(density.data[cell]) > 0) rows[Math.floor(cell / FINE)]?.push(cell % FINE);
  }
  return rows;
}

/** The map u - K sin u: -cos without a macro part, whatever epsilon. */
const local = { macro: '0', micro: '-cos(x)', epsilon: 1 };

describe('period doublings', () => {
  // Newton at 50 digits. Every range is such that no cycle lies on an edge of a bin.
  const families = [
    {
      family: '-cos, eps -> 0',
      objective: local,
      unit: 1,
      range: [-4, 4] as const,
      doublings: [
        2, 3.445229223301312, 3.512892464751566, 3.527525371240749, 3.530665378814835,
        3.531338163415977, 3.531482266324667,
      ],
    },
    {
      family: '-cos, eps = 1e-3',
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
      unit: 1e-3,
      range: [-4e-3, 4e-3] as const,
      doublings: [
        1.998001998001998, 3.442116659012413, 3.509742690959562, 3.524367692117295,
        3.52750600989745, 3.528178432739212, 3.528322458176899,
      ],
    },
    {
      family: 'x^3/3 - x^2/2, the logistic map',
      objective: { macro: 'x^3 / 3 - x^2 / 2' },
      unit: 1,
      range: [-0.51, 1.53] as const,
      doublings: [2, 2.4494897427832, 2.5440903595519, 2.5644072660954, 2.5687594195438],
    },
    {
      family: '(x^2 - 1)^2 / 4',
      objective: { macro: '(x^2 - 1)^2 / 4' },
      unit: 1,
      range: [-1.51, 1.53] as const,
      doublings: [1, 1.2360679774998],
    },
  ];
  test.each(
    families.flatMap(({ doublings, ...family }) =>
      doublings.map((at, index) => {
        const [before, after] = [doublings[index - 1], doublings[index + 1]];
        const gap = after ? after - at : before ? (at - before) / 4.67 : 1;
        // Beside a doubling two rows are apart by the root of the distance, and each doubling divides
        // that by 2.5: late ones are looked at from further away.
        const near = ([1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 2e-2][index] ?? 0.2) * gap;
        return { ...family, at, near, period: 2 ** index };
      }),
    ),
  )(
    '$family: $period rows become twice as many at $at',
    async ({ objective, at, near, period, unit, range }) => {
      // The multiplier of the cycle is 1 - 4e-3 or less in size: 1e4 turns leave e^-40 of the start.
      const rows = await visitedBins(
        objective,
        [(at - 2 * near) * unit, (at + 2 * near) * unit, 2], // at -+ near
        { orbits: 1, initial: { x: 0.7 * unit } },
        { skip: 30_000 * 2 * period, keep: 4096 },
        range,
      );
      expect(rows.map((row) => row.length)).toEqual([period, 2 * period]);
    },
  );

  test.each([
    { K: 2.5, cycle: [-1.1311026, 1.1311026] },
    { K: 3.3, cycle: [-1.8818952, -1.2596975, 1.2596975, 1.8818952] },
  ])('the 2-cycles at K = $K', async ({ K, cycle }) => {
    const half = 1e-9; // of the axis, about K
    const [row = []] = await visitedBins(
      local,
      [K - half, K + half, 1],
      { orbits: 64, initial: { x: { uniform: [-3, 3] } } },
      { skip: 10_000, keep: 16 },
      [-2, 2],
    );
    const width = 4 / FINE;
    expect(row).toHaveLength(cycle.length);
    row.forEach((bin, index) => {
      const distance = Math.abs(-2 + (bin + 0.5) * width - (cycle[index] ?? Number.NaN));
      expect(distance).toBeLessThan(width / 2 + 1e-7); // the numbers have 7 digits
    });
  });

  test('at K = pi the 2-cycle parts into two mirror images', async () => {
    const near = 1e-3;
    const rows = await visitedBins(
      local,
      [Math.PI - 2 * near, Math.PI + 2 * near, 2],
      { orbits: 64, initial: { x: { uniform: [-3, 3] } } },
      { skip: 100_000, keep: 16 },
      [-3, 3],
    );
    expect(rows.map((row) => row.length)).toEqual([2, 4]);
  });
});

describe('windows and crises of u - K sin u', () => {
  const uniform = { uniform: [-3, 3] };

  // By Newton, eps -> 0: a pair of mirrored 3-cycles from 4.0302863 until they double.
  test('the period-3 window has the edges 4.0302863 and 4.0346116', async () => {
    const near = 4e-6; // a thousandth of the window
    const beside = (K: number) =>
      visitedBins(
        local,
        [K - 2 * near, K + 2 * near, 2],
        { orbits: 64, initial: { x: uniform } },
        { skip: 300_000, keep: 3000 },
        [-Math.PI, Math.PI],
      );
    const [before = [], begun = []] = await beside(4.0302862704181);
    const coarse = new Set(before.map((bin) => Math.floor(bin / 1024)));
    expect(coarse.size).toBeGreaterThan(512); // of 1024: chaos all over
    expect(begun).toHaveLength(6);
    expect((await beside(4.0346115957023)).map((row) => row.length)).toEqual([6, 12]);
  });

  // The largest value sqrt(K^2 - 1) - arccos(1/K) of the map passes pi.
  test('orbits leave their cell beyond K = 4.6033388487517', async () => {
    const [K, near] = [4.6033388487517, 1e-8]; // where the mean time to leave is 3 / sqrt(near) = 3e4 steps
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: local,
        axes: [{ parameter: 'eta', from: K - 2 * near, to: K + 2 * near, count: 2 }],
        ensemble: { orbits: 64, initial: { x: uniform } },
        steps: { skip: 0, keep: 200_000 },
        measures: [{ measure: 'density', of: 'x', range: [-Math.PI, Math.PI], bins: 1 }],
        precision: 'float64',
      }),
    );
    const outside = columnsOf(numbers(result, 'density_outside'), 2).map(total);
    expect(outside[0]).toBe(0);
    expect(outside[1]).toBeGreaterThan(64 * 100_000); // nearly all left, and soon
  });
});
