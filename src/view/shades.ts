import { resample, type Size } from '../export/resample.ts';
import { type Counts, type ToneName, toneCurve } from '../export/tone.ts';

/** Visits of a sweep: [columns, bins], lowest bin first. */
export interface SweepCounts {
  readonly columns: number;
  readonly bins: number;
  readonly counts: Counts;
  /** Steps that each column's counts hold, f64 [columns], where they differ. */
  readonly observed?: Float64Array;
}

/** Entries of a colormap, 0 to 255, row-major [height, width] from the top left. */
export interface Shades extends Size {
  readonly shades: Uint8Array;
}

const ENTRIES = 256;
/** Columns that are turned into rows together, so that reading and writing both stay in the cache. */
const STRIP = 16;

/**
 * The entries in which `paintDensity` paints these counts; where columns were observed for different
 * numbers of steps, as if all had been for as many.
 *
 * @param most cells in each direction; finer counts are resampled.
 */
export function shadesOf(sweep: SweepCounts, tone: ToneName, most: Size): Shades {
  const { columns, bins, counts } = coarsen(evened(sweep), most);
  const curve = toneCurve(counts, tone);
  const shades = new Uint8Array(columns * bins);
  for (let from = 0; from < columns; from += STRIP) {
    const to = Math.min(columns, from + STRIP);
    for (let bin = 0; bin < bins; bin++) {
      const row = (bins - 1 - bin) * columns;
      for (let column = from; column < to; column++) {
        const visits = Number(counts[column * bins + bin]);
        shades[row + column] = Math.round((ENTRIES - 1) * curve(visits));
      }
    }
  }
  return { width: columns, height: bins, shades };
}

/** Counts as they would be if every column had been observed for as many steps as the one that was for most. */
function evened({ columns, bins, counts, observed }: SweepCounts): SweepCounts {
  if (!observed) return { columns, bins, counts };
  const most = observed.reduce((larger, steps) => Math.max(larger, steps), 0);
  const visits = new Float64Array(counts.length);
  for (let column = 0; column < columns; column++) {
    const factor = most / (observed[column] ?? most);
    for (let cell = column * bins; cell < (column + 1) * bins; cell++) {
      visits[cell] = Number(counts[cell]) * factor;
    }
  }
  return { columns, bins, counts: visits };
}

function coarsen(sweep: SweepCounts, most: Size): SweepCounts {
  const { columns, bins, counts } = sweep;
  if (columns <= most.width && bins <= most.height) return sweep;
  const visits = new Float64Array(counts.length);
  for (let cell = 0; cell < counts.length; cell++) visits[cell] = Number(counts[cell]);
  const size = { width: Math.min(bins, most.height), height: Math.min(columns, most.width) };
  const image = resample({ width: bins, height: columns, counts: visits }, size); // bins lie in rows
  return { columns: image.height, bins: image.width, counts: image.counts };
}
