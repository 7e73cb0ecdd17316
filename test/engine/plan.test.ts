import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planTiles } from '../../src/engine/plan.ts';

const count = (most: number) => fc.integer({ min: 1, max: most });

test('tiles cover every orbit of every column once, within the limits', () => {
  const property = fc.property(
    count(40),
    count(300),
    count(50),
    count(2000),
    fc.option(count(100), { nil: undefined }),
    (columns, orbits, widest, states, firstOrbits) => {
      const limits = { columns: widest, states, ...(firstOrbits ? { firstOrbits } : {}) };
      const seen = new Uint8Array(columns * orbits);
      for (const tile of planTiles(columns, orbits, limits)) {
        expect(tile.columns).toBeLessThanOrEqual(widest);
        expect(tile.columns * tile.orbits).toBeLessThanOrEqual(states);
        for (let c = 0; c < tile.columns; c++) {
          for (let o = 0; o < tile.orbits; o++) {
            const place = (tile.columnFrom + c) * orbits + tile.orbitFrom + o;
            seen[place] = (seen[place] ?? 0) + 1;
          }
        }
      }
      expect(seen.every((times) => times === 1)).toBe(true);
    },
  );
  fc.assert(property, { seed: 1, numRuns: 200 });
});

test('tiles of the same columns follow one another, so that their counts can stay', () => {
  const order = planTiles(10, 100, { columns: 4, states: 60 }).map(({ columnFrom }) => columnFrom);
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test('the first tile is a rough picture of all columns', () => {
  const [first] = planTiles(1000, 64, { columns: 2000, states: 2 ** 20, firstOrbits: 8 });
  expect(first).toEqual({ columnFrom: 0, columns: 1000, orbitFrom: 0, orbits: 8 });
});
