import type { CountStore } from './packed-counts.ts';
import type { CountImage, Size } from './resample.ts';

/** Counts of a picture with fewer pixels than cells: what comes is added up, and nothing else is kept. */
export interface SummedCounts extends CountStore {
  /** Adds the next column of cells, the top row first. */
  addColumn(cellOf: (row: number) => number): void;
  /** As many cells in each direction as are left. */
  readonly image: CountImage;
}

/**
 * Begins to share cells out by overlap: each column to fewer rows, and that to fewer columns.
 *
 * @param cells that will come.
 * @param size a direction in which it is not less keeps its cells.
 */
export function createSummedCounts(cells: Size, size: Size): SummedCounts {
  const width = Math.min(cells.width, size.width);
  const height = Math.min(cells.height, size.height);
  const counts = new Float64Array(width * height);
  const up = overlaps(cells.height, height);
  const across = overlaps(cells.width, width);
  const column = new Float64Array(height);
  let next = 0; // place in `across`
  let columns = 0;
  const addColumn = (cellOf: (row: number) => number): void => {
    column.fill(0);
    for (const { from, to, share } of up) column[to] = (column[to] ?? 0) + share * cellOf(from);
    for (let span = across[next]; span?.from === columns; span = across[++next]) {
      const { to, share } = span;
      for (let row = 0, cell = to; row < height; row++, cell += width) {
        counts[cell] = (counts[cell] ?? 0) + share * (column[row] ?? 0);
      }
    }
    columns += 1;
  };
  return {
    columns: width,
    rows: height,
    image: { width, height, counts },
    get largest() {
      return counts.reduce((most, visits) => Math.max(most, visits), 0);
    },
    addColumn,
    add(data) {
      const bins = cells.height;
      for (let end = bins; end <= data.length; end += bins) {
        addColumn((row) => Number(data[end - 1 - row]));
      }
    },
    read() {
      let top = 0;
      return {
        next(rows, take) {
          for (let row = 0; row < rows; row++) {
            for (let column = 0; column < width; column++) {
              take(column, row, counts[(top + row) * width + column] ?? 0);
            }
          }
          top += rows;
        },
      };
    },
  };
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** Part of the count of `from` that goes to `to`. */
  readonly share: number;
}

/** Cell `from` of so many is [from, from + 1) pixels / cells wide on the scale of the pixels, of which there are no more. */
function overlaps(cells: number, pixels: number): Span[] {
  const spans: Span[] = [];
  for (let from = 0; from < cells; from++) {
    const to = Math.floor((from * pixels) / cells);
    // In units of 1 / pixels of a cell both edges are whole numbers: no rounding, no sliver.
    const crossed = Math.max(0, (from + 1) * pixels - (to + 1) * cells);
    spans.push({ from, to, share: 1 - crossed / pixels });
    if (crossed > 0) spans.push({ from, to: to + 1, share: crossed / pixels });
  }
  return spans;
}
