import { expect, test } from 'vitest';
import { densityEdges, layDensities } from '../../src/measure/density.ts';

const density = (bins: number, range: readonly [number, number] = [0, 1]) =>
  ({ measure: 'density', name: 'density', of: 'x', range, bins }) as const;

test('densities stand one behind the other, each with slots for below and above', () => {
  const { densities, row } = layDensities(
    [density(5), density(7), density(1)].map((request, index) => ({ request, index })),
  );
  expect(densities.map(({ start }) => start)).toEqual([0, 7, 16]);
  expect(row).toBe(5 + 7 + 1 + 2 * 3);
});

test('edges begin and end exactly at the range, evenly spaced between', () => {
  const edges = densityEdges(density(1009, [-0.1, 0.7]));
  expect(edges).toHaveLength(1010);
  expect([edges[0], edges[1009]]).toEqual([-0.1, 0.7]);
  const widths = [...edges].slice(1).map((edge, i) => edge - (edges[i] ?? 0));
  for (const width of widths) expect(width).toBeCloseTo(0.8 / 1009, 12);
});
