import { expect, test } from 'vitest';
import { parseSpec } from '../../src/spec/parse.ts';
import { levelsOf, macroPlaneOf } from '../../src/study/macro-plane.ts';

const spec = parseSpec({
  etascope: 1,
  objective: {
    variables: ['x', 'y'],
    macro: 'a * x^2 + 10 * y + log(x)',
    micro: '-cos(x)',
    epsilon: 1e-3,
    parameters: { a: 3 },
  },
  optimizer: { eta: 0.1 },
  ensemble: { orbits: 1, initial: { x: 1, y: 1 } },
  steps: { keep: 1 },
  measures: [{ measure: 'final' }],
});

test('the macro part stands at the centres of cells, x across or up as the density says', () => {
  const window = { x: [0, 2], y: [10, 40], columns: 2, rows: 3 } as const;
  const upright = macroPlaneOf(spec, { of: ['x', ' y'] })?.(window);
  expect(upright).toMatchObject({ x: [-1, 3], y: [0, 50], columns: 4, rows: 5 });
  const [row, column] = [2, 2]; // x = 1.5, y = 25
  expect(upright?.values[4 * row + column]).toBeCloseTo(3 * 1.5 ** 2 + 250 + Math.log(1.5), 10);
  expect(upright?.values[4 * row]).toBeNaN(); // x = -0.5
  const turned = macroPlaneOf(spec, { of: ['y', 'x'] })?.(window);
  expect(turned?.values[4 * row + column]).toBeCloseTo(3 * 625 + 15 + Math.log(25), 10);
});

test.each([[['x', 'x']], [['x', 'x + y']], [['f', 'y']]])('there is none over %j', (of) => {
  expect(macroPlaneOf(spec, { of: of as [string, string] })).toBeUndefined(); // pairs above
});

test('levels part the cells of a bowl into equal shares, and leave out what is no number', () => {
  const bowl = Array.from({ length: 41 * 41 }, (_, at) => {
    return ((at % 41) - 20) ** 2 + (Math.floor(at / 41) - 20) ** 2;
  });
  const levels = levelsOf([...bowl, Number.NaN, Number.POSITIVE_INFINITY], 4);
  const below = levels.map((level) => bowl.filter((height) => height < level).length / bowl.length);
  for (const [at, share] of below.entries()) expect(share).toBeCloseTo((at + 0.5) / 4, 1);
  expect(levelsOf([Number.NaN], 3)).toEqual([]);
});
