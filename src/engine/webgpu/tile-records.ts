import { fates, type RecordLayout } from '../../measure/layout.ts';
import { longestOrbit } from '../../spec/columns.ts';
import type { Tile } from '../plan.ts';
import type { Program } from './program.ts';
import type { Piece } from './sums/orbit-sums.ts';
import { ENDS } from './sums/sums-module.ts';

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
  const { spec, orbit, sums, marks: places, settingOf } = program;
  const layout: RecordLayout = program.layout.record;
  const stride = tile.columns * tile.orbits;
  const data = new Float64Array(stride * layout.width);
  const longest = longestOrbit(spec);
  for (const { begin } of sums.all) begin?.(stride);

  /** Visits every orbit of the tile with its record and its words of each measure. */
  const visit = (
    marks: Uint32Array,
    each: (record: Float64Array, place: number, of: Parameters<typeof wordsOf>[1]) => void,
  ) => {
    for (let column = 0; column < tile.columns; column++) {
      const setting = settingOf(tile.columnFrom + column);
      for (let number = 0; number < tile.orbits; number++) {
        const place = column * tile.orbits + number;
        const record = data.subarray(place * layout.width, (place + 1) * layout.width);
        each(record, place, { marks, place, setting });
      }
    }
  };
  interface Seen {
    readonly marks: Uint32Array;
    readonly place: number;
    readonly setting: ReturnType<typeof settingOf>;
  }
  const wordsOf = (index: number, { marks, place, setting }: Seen) => ({
    word: (lifetime: 'tile' | 'batch' | 'piece', word: number) =>
      marks[((places.places[index]?.[lifetime] ?? 0) + word) * stride + place] ?? 0,
    place,
    setting,
  });

  return {
    data,
    take(marks, piece) {
      visit(marks, (record, _place, seen) => {
        sums.all.forEach(({ take }, index) => {
          take?.(wordsOf(index, seen), record, piece);
        });
      });
    },
    finish(marks, states) {
      visit(marks, (record, place, seen) => {
        const ended = endOf(marks, place, stride);
        const fate = ended?.fate ?? fates.stayed;
        record[layout.fate] = fate;
        record[layout.steps] = ended?.steps ?? longest;
        for (let variable = 0; variable < layout.variables; variable++) {
          record[layout.final + variable] =
            fate === fates.diverged
              ? Number.NaN
              : orbit.position(seen.setting, variable, states, place, stride);
        }
        sums.all.forEach(({ finish }, index) => {
          finish?.(wordsOf(index, seen), record);
        });
      });
    },
  };
}

/** How an orbit ended, as shaders/kernels/marks.wgsl notes it; undefined while it is followed. */
function endOf(marks: Uint32Array, place: number, stride: number) {
  const word = marks[place + stride] ?? 0;
  if (word === 0) return undefined;
  return { fate: word % 4, steps: (marks[place] ?? 0) + Math.floor(word / 4) * 2 ** 32 };
}

/** Words of how an orbit ended. */
export function endWords(fate: number, steps: number): readonly [low: number, high: number] {
  if (ENDS !== 2) throw new Error('an end has two words');
  return [steps % 2 ** 32, fate + 4 * Math.floor(steps / 2 ** 32)];
}
