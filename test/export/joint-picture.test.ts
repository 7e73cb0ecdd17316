import { expect, test } from 'vitest';
import { paintResult, planPicture } from '../../src/export/paint-result.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { planeResult } from './plane-result.ts';

const plane = {
  measure: 'joint-density',
  of: ['x', 'y'],
  range: [
    [0, 1],
    [0, 1],
  ],
  bins: [3, 2],
} as const;

const { spec: swept, ...rest } = planeResult({}, [
  { measure: 'density', of: 'x', range: [0, 1], bins: 5 },
  plane,
]);
const at = (axes: number) =>
  parseSpec({
    ...swept,
    objective: { ...swept.objective, ...(axes < 2 ? { epsilon: 0.1 } : {}) },
    optimizer: axes < 1 ? { eta: 0.1 } : {},
    axes: swept.axes.slice(0, axes),
  });

test('a joint density without an axis is painted first, x to the right and y upward', () => {
  const counts = Uint32Array.of(0, 1, 2, 3, 4, 5); // [x, y]
  const density = Uint32Array.of(9, 0, 0, 0, 0);
  const result = {
    ...rest,
    spec: at(0),
    arrays: {
      density: { type: 'uint32', shape: [5], data: density },
      joint_density: { type: 'uint32', shape: [3, 2], data: counts },
    },
  } as const;
  const painting = paintResult(result, { map: 'grey', tone: 'linear' });
  expect(painting).toMatchObject({ width: 3, height: 2, channels: 1 });
  expect(painting.legend).toMatchObject({ array: 'joint_density', range: [0, 5] });
  expect([...painting.data]).toEqual([1, 3, 5, 0, 2, 4].map((n) => Math.round((255 * n) / 5)));
  expect(paintResult(result, { measure: 'density' }).width).toBe(5);
});

test('over one axis the density is painted, and the joint one is refused with a cure', () => {
  expect(planPicture(at(1)).array).toBe('density');
  expect(() => planPicture(at(1), { measure: 'joint_density' })).toThrow(
    expect.objectContaining({
      code: 'not-a-picture',
      message: expect.stringMatching(/fix the ax/),
    }),
  );
});
