import { describe, expect, test } from 'vitest';
import { parseSpec } from '../../src/spec/parse.ts';
import type { SpecInput } from '../../src/spec/schema.ts';
import { testedEngines } from '../support/engines.ts';
import { numbers, total } from '../support/result-numbers.ts';

const engines = await testedEngines();

const [ORBITS, KEEP] = [24, 200];

/** A double well in which some orbits cross over soon, some late, and some stay. */
const everything = {
  etascope: 1,
  objective: {
    variables: ['x', 'y'],
    macro: 'x^4 / 4 - x^2 / 2 + y^2 / 2',
    micro: '-cos(x) - cos(y)',
    epsilon: 1e-3,
  },
  optimizer: { eta: 0.3 },
  ensemble: { orbits: ORBITS, initial: { x: { uniform: [-1.1, -0.9] }, y: { uniform: [-1, 1] } } },
  steps: { skip: 20, keep: KEEP },
  measures: [
    { measure: 'density', of: 'x', range: [-2, 0], bins: 16 },
    { measure: 'density', name: 'heights', of: 'f', range: [-0.3, 2], bins: 8 },
    {
      measure: 'joint-density',
      of: ['x', 'y'],
      range: [
        [-2, 0],
        [-1, 1],
      ],
      bins: [5, 3],
    },
    { measure: 'moments', of: 'x + y' },
    { measure: 'moments', name: 'squares', of: 'x^2' },
    { measure: 'lyapunov', exponents: 2 },
    { measure: 'period', max: 8 },
    { measure: 'escape', when: 'x > 0', horizon: 500, bins: 5, times: true },
    { measure: 'final' },
    { measure: 'regime' },
  ],
} satisfies SpecInput;

const shapes: Readonly<Record<string, readonly number[]>> = {
  density: [16],
  density_edges: [17],
  density_outside: [2],
  density_lost: [],
  heights: [8],
  heights_edges: [9],
  heights_outside: [2],
  heights_lost: [],
  joint_density: [5, 3],
  joint_density_x_edges: [6],
  joint_density_y_edges: [4],
  joint_density_outside: [],
  joint_density_lost: [],
  lyapunov: [2],
  lyapunov_stderr: [2],
  period: [ORBITS],
  escape_count: [],
  escape_censored: [],
  escape_mean: [],
  escape_stderr: [],
  escape_histogram: [5],
  escape_edges: [6],
  escape_times: [ORBITS],
  final: [ORBITS, 2],
  regime: [],
  regime_period: [],
  regime_orbits: [6],
  diverged: [],
  distinct: [],
  ...Object.fromEntries(
    ['moments', 'squares'].flatMap((name) => [
      [`${name}_count`, []],
      ...['mean', 'variance', 'skewness', 'kurtosis'].flatMap((moment) => [
        [`${name}_${moment}`, []],
        [`${name}_${moment}_stderr`, []],
      ]),
    ]),
  ),
};

describe.each(engines)('all measures at once on $name', ({ engine }) => {
  test('have the arrays and shapes of the contract', async () => {
    const { arrays } = await engine.run(parseSpec(everything));
    expect(
      Object.fromEntries(Object.entries(arrays).map(([of, { shape }]) => [of, shape])),
    ).toEqual(shapes);
  });

  test('have both axes as leading dimensions', async () => {
    const { arrays } = await engine.run(
      parseSpec({
        ...everything,
        objective: { ...everything.objective, epsilon: undefined },
        optimizer: {},
        axes: [
          { parameter: 'epsilon', from: 1e-4, to: 1e-2, count: 3, scale: 'log' },
          { parameter: 'eta', from: 0.1, to: 0.4, count: 2 },
        ],
      }),
    );
    const fixed = Object.keys(shapes).filter((name) => name.endsWith('edges'));
    for (const [name, shape] of Object.entries(shapes)) {
      const leading = fixed.includes(name) ? [] : [3, 2];
      expect(arrays[name]?.shape, name).toEqual([...leading, ...shape]);
    }
    expect([arrays.axis0?.shape, arrays.axis1?.shape]).toEqual([[3], [2]]);
  });

  test('lose no state: each is counted, or its orbit had escaped or diverged', async () => {
    const result = await engine.run(parseSpec(everything));
    const [lost = 0] = numbers(result, 'density_lost');
    const counted = total(numbers(result, 'density')) + total(numbers(result, 'density_outside'));
    expect(counted + lost).toBe(ORBITS * KEEP);
    expect(numbers(result, 'moments_count')).toEqual([counted]);
    const [escaped = 0] = numbers(result, 'escape_count');
    const [stayed = 0] = numbers(result, 'escape_censored');
    expect(escaped + stayed + total(numbers(result, 'diverged'))).toBe(ORBITS);
    expect(total(numbers(result, 'escape_histogram'))).toBe(escaped);
    expect(total(numbers(result, 'regime_orbits'))).toBe(ORBITS);
    // Neither none nor all of them: else this says nothing.
    expect(escaped).toBeGreaterThan(2);
    expect(stayed).toBeGreaterThan(2);
    const times = numbers(result, 'escape_times');
    const late = times.map((time) => (Number.isNaN(time) ? 500 : time));
    const unseen = late.map((time) => Math.min(KEEP, Math.max(0, 20 + KEEP - time + 1)));
    const isGone = times.map((time) => !Number.isNaN(time));
    expect(lost).toBe(total(unseen.filter((_, orbit) => isGone[orbit])));
  });

  test('agree with one another where they say the same', async () => {
    const result = await engine.run(parseSpec(everything));
    // Sheppard: a histogram of width w has a variance w^2 / 12 too large, and a mean that is right.
    const counts = numbers(result, 'density');
    const all = total(counts);
    const centres = counts.map((_, bin) => -2 + (bin + 0.5) / 8);
    const mean = total(counts.map((n, bin) => n * (centres[bin] ?? 0))) / all;
    const squares = total(counts.map((n, bin) => n * (centres[bin] ?? 0) ** 2)) / all;
    expect(squares - 1 / 64 / 12).toBeCloseTo(numbers(result, 'squares_mean')[0] ?? 0, 1);
    expect(mean).toBeLessThan(-0.5);
    const finals = numbers(result, 'final');
    const times = numbers(result, 'escape_times');
    times.forEach((time, orbit) => {
      expect((finals[2 * orbit] ?? 0) > 0).toBe(!Number.isNaN(time)); // where it escaped to
    });
    expect(numbers(result, 'distinct')).toEqual([ORBITS]);
    const [chaotic = 0] = numbers(result, 'regime_orbits').slice(3);
    expect(chaotic).toBeGreaterThan(ORBITS / 2);
  });

  test('are the same whether they are streamed or run', async () => {
    const spec = parseSpec(everything);
    const whole = await engine.run(spec);
    let last: typeof whole | undefined;
    for await (const partial of engine.stream(spec)) last = partial;
    expect(last?.arrays).toEqual(whole.arrays);
  });

  test('change no bit of a density that stays alone', async () => {
    const [density] = everything.measures;
    const more = everything.measures.filter(({ measure }) => measure !== 'escape');
    const alone = await engine.run(parseSpec({ ...everything, measures: [density] }));
    const among = await engine.run(parseSpec({ ...everything, measures: more }));
    expect(among.arrays.density).toEqual(alone.arrays.density);
  });
});
