import { fates } from '../../measure/layout.ts';
import { longestOrbit } from '../../spec/columns.ts';
import type { Tile } from '../plan.ts';
import type { Program } from './program.ts';
import type { Piece, TileWords } from './sums/orbit-sums.ts';

/** The records of a tile in the making. */
export interface TileRecords {
  /** f64 [columns, orbits, width] of the tile; whole only after `finish`. */
  readonly data: Float64Array;
  /**
   * Takes the sums of a piece.
   *
   * @param marks words as on the device, [word][column][orbit].
   */
  take(marks: Uint32Array, piece: Piece): void;
  /** Writes what is known at the end. */
  finish(marks: Uint32Array, states: Uint32Array): void;
}

/** Begins the records of a tile. */
export function beginRecords(program: Program, tile: Tile): TileRecords {
  const { spec, orbit, sums, marks: places, layout } = program;
  const { fate, steps, final, variables, width } = layout.record;
  const { columns, orbits } = tile;
  const stride = columns * orbits;
  const records = { width, data: new Float64Array(stride * width) };
  const { data } = records;
  const longest = longestOrbit(spec);
  const settingOf = (column: number) => program.settingOf(tile.columnFrom + column);
  for (const { begin } of sums.all) begin?.(stride);

  /** The words of a measure. */
  const wordsOf = (marks: Uint32Array, measure: number): TileWords => ({
    columns,
    orbits,
    words: marks,
    ints: new Int32Array(marks.buffer, marks.byteOffset, marks.length),
    floats: new Float32Array(marks.buffer, marks.byteOffset, marks.length),
    at: (lifetime, index) => ((places.places[measure]?.[lifetime] ?? 0) + index) * stride,
    settingOf,
  });

  return {
    data,
    take(marks, piece) {
      sums.all.forEach(({ take }, measure) => {
        take?.(wordsOf(marks, measure), records, piece);
      });
    },
    finish(marks, states) {
      for (let column = 0; column < columns; column++) {
        const setting = settingOf(column);
        const units = Array.from({ length: variables }, (_, at) => orbit.unit(at, setting));
        for (let place = column * orbits; place < (column + 1) * orbits; place++) {
          const at = place * width;
          const word = marks[place + stride] ?? 0; // see shaders/kernels/marks.wgsl
          const ended = (marks[place] ?? 0) + Math.floor(word / 4) * 2 ** 32;
          data[at + fate] = word % 4;
          data[at + steps] = word === fates.stayed ? longest : ended;
          for (let variable = 0; variable < variables; variable++) {
            data[at + final + variable] =
              word % 4 === fates.diverged
                ? Number.NaN
                : orbit.position(variable, states, place, stride) * (units[variable] ?? 0);
          }
        }
      }
      sums.all.forEach(({ finish }, measure) => {
        finish?.(wordsOf(marks, measure), records);
      });
    },
  };
}
