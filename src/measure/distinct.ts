import type { Records } from './records.ts';

/** Final states of a column that are compared. */
const COMPARED = 4096;

/**
 * Distinct final states among the first 4096 orbits of every column, uint32 [columns]; of orbits that
 * diverged there is none. Few of them where many orbits wander show that the arithmetic has brought
 * orbits together.
 */
export function countDistinct({ layout, columns, orbits, data }: Records): Uint32Array {
  const { final, variables, width } = layout;
  const compared = Math.min(orbits, COMPARED);
  const counts = new Uint32Array(columns);
  const numbers = createNumberSet(compared);
  for (let column = 0; column < columns; column++) {
    const first = column * orbits * width + final;
    if (variables === 1) {
      numbers.clear();
      for (let orbit = 0; orbit < compared; orbit++) {
        const state = data[first + orbit * width] ?? Number.NaN;
        if (!Number.isNaN(state)) numbers.add(state);
      }
      counts[column] = numbers.size;
      continue;
    }
    const states = new Set<string>();
    for (let orbit = 0; orbit < compared; orbit++) {
      const from = first + orbit * width;
      if (Number.isNaN(data[from] ?? Number.NaN)) continue;
      states.add(data.subarray(from, from + variables).join());
    }
    counts[column] = states.size;
  }
  return counts;
}

/** Numbers that are not NaN, each once; zeros of both signs are one. */
interface NumberSet {
  readonly size: number;
  add(value: number): void;
  clear(): void;
}

/** A set of at most so many numbers: a `Set` takes ten times as long, much of a run of milliseconds. */
function createNumberSet(most: number): NumberSet {
  const places = 2 ** Math.ceil(Math.log2(2 * most));
  const table = new Float64Array(places).fill(Number.NaN);
  const probe = new Float64Array(1);
  const words = new Uint32Array(probe.buffer);
  let size = 0;
  return {
    get size() {
      return size;
    },
    add(value) {
      probe[0] = value + 0; // no sign of a zero
      const mixed = Math.imul((words[0] ?? 0) ^ Math.imul(words[1] ?? 0, 0x9e3779b1), 0x85ebca6b);
      let place = (mixed ^ (mixed >>> 15)) & (places - 1);
      for (;;) {
        const there = table[place] ?? Number.NaN;
        if (there === value) return;
        if (Number.isNaN(there)) break;
        place = (place + 1) & (places - 1);
      }
      table[place] = value;
      size++;
    },
    clear() {
      size = 0;
      table.fill(Number.NaN);
    },
  };
}
