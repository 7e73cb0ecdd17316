import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testedEngines } from '../../support/engines.ts';
import { columnsOf } from '../../support/groups.ts';
import { numbers } from '../../support/result-numbers.ts';

const engines = await testedEngines();

const ORBITS = 8;
/** The map u - K sin u: -cos without a macro part, whatever epsilon. */
const local = { macro: '0', micro: '-cos(x)', epsilon: 1 };

// Newton at 50 digits.
const families = [
  {
    family: '-cos, eps -> 0',
    objective: local,
    unit: 1,
    doublings: [
      2, 3.445229223301312, 3.512892464751566, 3.527525371240749, 3.530665378814835,
      3.531338163415977, 3.531482266324667,
    ],
  },
  {
    family: '-cos, eps = 1e-3',
    objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
    unit: 1e-3,
    doublings: [
      1.998001998001998, 3.442116659012413, 3.509742690959562, 3.524367692117295, 3.52750600989745,
      3.528178432739212, 3.528322458176899,
    ],
  },
  {
    family: 'x^3/3 - x^2/2, the logistic map',
    objective: { macro: 'x^3 / 3 - x^2 / 2' },
    unit: 1,
    doublings: [2, 2.4494897427832, 2.5440903595519, 2.5644072660954, 2.5687594195438],
  },
  {
    family: '(x^2 - 1)^2 / 4',
    objective: { macro: '(x^2 - 1)^2 / 4' },
    unit: 1,
    doublings: [1, 1.2360679774998],
  },
];

// Late cycles lie close together, the closer the nearer to their doubling. The noise of the GPU's precision,
// 1e-7 of a period of the micro-structure a step, grows where cycles attract weakly: so fewer doublings, and
// from further away.
// Every doubling is a kernel to compile for the GPU: of maps without waves it shows two.
const sharpness = {
  cpu: { most: 7, mostBare: 7, share: 0.05, tolerance: 1e-9 },
  webgpu: { most: 5, mostBare: 1, share: 0.2, tolerance: 1e-5 },
};

describe.each(engines)('periods on $name', ({ name, engine }) => {
  const { most, mostBare, share, tolerance } = sharpness[name];
  /** The different periods of the orbits of each column. */
  const periods = async (
    objective: object,
    [from, to]: readonly [number, number],
    more: { readonly initial: object; readonly skip: number; readonly max: number },
  ) => {
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective,
        axes: [{ parameter: 'eta', from, to, count: 2 }],
        ensemble: { orbits: ORBITS, initial: { x: more.initial } },
        steps: { skip: more.skip, keep: 1 },
        measures: [{ measure: 'period', max: more.max, tolerance }],
      }),
    );
    return columnsOf(numbers(result, 'period'), 2).map((column) => [...new Set(column)]);
  };

  test.each(
    families.flatMap(({ doublings, ...family }) =>
      doublings.slice(0, 'micro' in family.objective ? most : mostBare).map((at, index) => {
        const [before, after] = [doublings[index - 1], doublings[index + 1]];
        const gap = after ? after - at : before ? (at - before) / 4.67 : 1;
        return { ...family, at, near: share * gap, period: 2 ** index };
      }),
    ),
  )('$family: $period doubles at $at', async ({ objective, at, near, period, unit }) => {
    const found = await periods(objective, [(at - 2 * near) * unit, (at + 2 * near) * unit], {
      initial: { uniform: [0.5 * unit, 0.9 * unit] },
      skip: 1000 * period,
      max: 4 * period,
    });
    expect(found).toEqual([[period], [2 * period]]);
  });

  test('a 2-cycle that loses its symmetry at K = pi stays a 2-cycle', async () => {
    const found = await periods(local, [Math.PI - 0.02, Math.PI + 0.02], {
      initial: { uniform: [-3, 3] },
      skip: 4000,
      max: 8,
    });
    expect(found).toEqual([[2], [2]]);
  });

  // By Newton, eps -> 0: a pair of mirrored 3-cycles from 4.0302863 until they double at 4.0346116.
  test.each([
    { edge: 4.0302862704181, side: 1 },
    { edge: 4.0346115957023, side: 0 },
  ])('the period-3 window has an edge at $edge', async ({ edge, side }) => {
    const near = 2e-4; // a twentieth of the window
    const found = await periods(local, [edge - 2 * near, edge + 2 * near], {
      initial: { uniform: [-3, 3] },
      skip: 40_000,
      max: 16,
    });
    expect(found[side]).toEqual([3]);
    expect(found[1 - side]).not.toContain(3);
  });

  // The largest value sqrt(K^2 - 1) - arccos(1/K) of the map passes pi.
  test('orbits leave their cell beyond K = 4.6033388487517', async () => {
    const [K, near] = [4.6033388487517, 1e-5]; // where the mean time to leave is 3.4 / sqrt(near), 1080 steps
    const result = await engine.run(
      parseSpec({
        etascope: 1,
        objective: local,
        axes: [{ parameter: 'eta', from: K - 2 * near, to: K + 2 * near, count: 2 }],
        ensemble: { orbits: 64, initial: { x: { uniform: [-3, 3] } } },
        steps: { keep: 1 },
        measures: [{ measure: 'escape', when: 'abs(x) > pi', horizon: 20_000 }],
      }),
    );
    const [below, above = 0] = numbers(result, 'escape_count');
    expect(below).toBe(0);
    expect(above).toBe(64);
    const [, mean = 0] = numbers(result, 'escape_mean');
    expect(mean * Math.sqrt(near)).toBeGreaterThan(2);
    expect(mean * Math.sqrt(near)).toBeLessThan(5);
  });
});
