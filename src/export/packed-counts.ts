/** Counts of a picture that come from the left and are read from the top. */
export interface CountStore {
  /** Columns that there are to read, and rows. */
  readonly columns: number;
  readonly rows: number;
  /** The most visits of a cell. */
  readonly largest: number;
  /** Adds columns behind the last, [columns, bins]. */
  add(counts: Uint32Array | BigUint64Array): void;
  /** Begins to read rows, the highest bin first. */
  read(): CountRows;
}

/**
 * The counts of a picture, a byte for most of its cells, exact whatever they are: of each column, from its
 * last bin down to its first, every count as LEB128, and zeros in a row as a 0 with their number.
 */
export interface PackedCounts extends CountStore {
  /** Bytes that they take. */
  readonly bytes: number;
}

/** Reads counts from the top of the picture downward. */
export interface CountRows {
  /** Gives each cell of the next `rows` rows, column by column; `row` counts from the first of these. */
  next(rows: number, take: (column: number, row: number, visits: number) => void): void;
}

/** Values of a byte that leave a bit for whether another follows. */
const BASE = 128;
/** Bytes that a count of at most 2^53 takes at most. */
const LONGEST = 8;

/** @param bins of a column. */
export function createPackedCounts(bins: number): PackedCounts {
  const packed: Uint8Array[] = [];
  const room = new Uint8Array(LONGEST * bins + LONGEST);
  let at = 0; // in the room
  let bytes = 0;
  let largest = 0;
  const write = (count: number): void => {
    let rest = count;
    while (rest >= BASE) {
      room[at++] = BASE + (rest % BASE);
      rest = Math.floor(rest / BASE);
    }
    room[at++] = rest;
  };
  const writeZeros = (zeros: number): void => {
    room[at++] = 0;
    write(zeros);
  };

  const read = (): CountRows => {
    const places = new Uint32Array(packed.length);
    const zeros = new Uint32Array(packed.length); // still to come of a row of zeros
    return {
      next(rows, take) {
        for (const [column, of] of packed.entries()) {
          let place = places[column] ?? 0;
          let left = zeros[column] ?? 0;
          for (let row = 0; row < rows; row++) {
            if (left > 0) {
              left--;
              take(column, row, 0);
              continue;
            }
            const isZero = of[place] === 0;
            if (isZero) place++;
            let count = 0;
            let unit = 1;
            let byte = of[place++] ?? 0;
            for (; byte >= BASE; byte = of[place++] ?? 0) {
              count += unit * (byte - BASE);
              unit *= BASE;
            }
            count += unit * byte;
            if (isZero) left = count - 1;
            take(column, row, isZero ? 0 : count);
          }
          places[column] = place;
          zeros[column] = left;
        }
      },
    };
  };

  return {
    rows: bins,
    get columns() {
      return packed.length;
    },
    get bytes() {
      return bytes;
    },
    get largest() {
      return largest;
    },
    add(counts) {
      for (let end = bins; end <= counts.length; end += bins) {
        let zeros = 0;
        at = 0;
        for (let cell = end - 1; cell >= end - bins; cell--) {
          const count = Number(counts[cell]);
          if (count === 0) {
            zeros++;
            continue;
          }
          if (zeros > 0) writeZeros(zeros);
          zeros = 0;
          if (count > largest) largest = count;
          write(count);
        }
        if (zeros > 0) writeZeros(zeros);
        packed.push(room.slice(0, at));
        bytes += at;
      }
    },
    read,
  };
}
