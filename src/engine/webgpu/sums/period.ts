import type { PeriodLayout } from '../../../measure/layout.ts';
import { noText, type OrbitSums } from './orbit-sums.ts';

/** The word that shaders/kernels/period.wgsl writes at the end of an orbit. */
export function periodSums({ start }: PeriodLayout): OrbitSums {
  return {
    words: { tile: 1, batch: 0, piece: 0 },
    write: () => noText,
    finish(tile, { width, data }) {
      const { words, columns, orbits } = tile;
      const from = tile.at('tile', 0);
      for (let place = 0; place < columns * orbits; place++) {
        data[place * width + start] = words[from + place] ?? 0;
      }
    },
  };
}
