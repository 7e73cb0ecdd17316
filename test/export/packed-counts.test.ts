import { expect, test } from 'vitest';
import { createPackedCounts } from '../../src/export/packed-counts.ts';

const bins = 9;
const columns = [
  [0, 0, 0, 0, 0, 0, 0, 0, 0],
  [1, 127, 128, 129, 255, 256, 16_383, 16_384, 2 ** 32 - 1],
  [0, 5, 0, 0, 300, 0, 0, 0, 7],
  [8, 0, 0, 1, 2, 3, 4, 0, 0],
];

test('packed counts are read as they were, from the highest bin down, whatever the bands', () => {
  const counts = createPackedCounts(bins);
  counts.add(Uint32Array.from(columns.slice(0, 3).flat()));
  counts.add(Uint32Array.from(columns.slice(3).flat()));
  expect(counts.columns).toBe(4);
  for (const band of [1, 4, 9]) {
    const read = columns.map(() => [] as number[]);
    const rows = counts.read();
    for (let top = 0; top < bins; top += band) {
      rows.next(Math.min(band, bins - top), (column, row, visits) => {
        const cells = read[column];
        if (cells) cells[top + row] = visits;
      });
    }
    expect(read).toEqual(columns.map((column) => column.toReversed()));
  }
  expect(counts.largest).toBe(2 ** 32 - 1);
});

test('counts up to 2^53 - 1 are kept exactly', () => {
  const large = [1, 2 ** 31, 2 ** 32, 2 ** 45 + 1, 2 ** 53 - 1, 0, 0, 3, 2 ** 49 - 1];
  const counts = createPackedCounts(bins);
  counts.add(BigUint64Array.from(large, BigInt));
  const read: number[] = [];
  counts.read().next(bins, (_, row, visits) => {
    read[row] = visits;
  });
  expect(read).toEqual(large.toReversed());
});

test('a cell of a chaotic column takes a byte, and an empty column next to nothing', () => {
  const chaotic = createPackedCounts(4096);
  chaotic.add(Uint32Array.from({ length: 4096 }, (_, bin) => 1 + (bin % 100)));
  expect(chaotic.bytes).toBe(4096);
  const periodic = createPackedCounts(4096);
  periodic.add(new Uint32Array(4096).fill(1e6, 2000, 2004));
  expect(periodic.bytes).toBeLessThan(20);
});
