import { RequestError } from '../spec/errors.ts';

export const toneNames = ['linear', 'log', 'rank'] as const;
export type ToneName = (typeof toneNames)[number];

/** Visits per cell: as counted, or as resampled (fractions of a visit). */
export type Counts = Uint32Array | BigUint64Array | Float64Array;

/** Visits of all cells of an image that is not held as one array. */
export interface CellCounts {
  /** The most visits of a cell. */
  readonly largest: number;
  /** Visits every cell, in some order. */
  forEach(take: (visits: number) => void): void;
}

/** Steps of the logarithmic scale on which `rank` counts cells. */
const rankLevels = 1024;
/** Counts from 0 on whose brightness is looked up. */
const rememberedCounts = 2 ** 14;

/**
 * Turns visits n of a density into brightness t in [0, 1], n = 0 always into t = 0.
 *
 * With max the largest n of the whole image, all in float64:
 * - `linear`: t = n / max
 * - `log`: t = log(1 + n) / log(1 + max)
 * - `rank`: level(n) = min(1023, floor(1024 (log(1 + n) / log(1 + max)))); t = the share, among the
 *   cells with n > 0, of those at a lower level, plus half of those at the same level. This is
 *   histogram equalisation on 1024 fixed levels: every shade covers about as many cells.
 *
 * An image without a visit is 0 everywhere.
 *
 * @throws {RequestError} `unknown-tone` if `tone` is none of these.
 */
export function toneMap(counts: Counts, tone: string): Float64Array {
  const curve = toneCurve(counts, tone);
  const brightness = new Float64Array(counts.length);
  // A plain loop: `Float64Array.from` with a function takes ten times as long on 2 million cells.
  for (let cell = 0; cell < counts.length; cell++) brightness[cell] = curve(Number(counts[cell]));
  return brightness;
}

/** Brightness of a cell by its visits, in one image. */
export type ToneCurve = (visits: number) => number;

/**
 * What `toneMap` does to each cell of an image, for painting it in another order.
 *
 * @throws {RequestError} `unknown-tone` if `tone` is none of `toneNames`.
 */
export function toneCurve(counts: Counts | CellCounts, tone: string): ToneCurve {
  const known = parseTone(tone);
  const cells = 'largest' in counts ? counts : cellsOf(counts);
  const max = cells.largest;
  if (max === 0) return () => 0;
  const top = Math.log1p(max);
  switch (known) {
    case 'linear':
      return (n) => n / max;
    case 'log':
      return remembered((n) => Math.log1p(n) / top);
    case 'rank':
      return rankCurve(cells, top);
  }
}

/**
 * The tone map of a name.
 *
 * @throws {RequestError} `unknown-tone` if `tone` is none of `toneNames`.
 */
export function parseTone(tone: string): ToneName {
  const known = toneNames.find((candidate) => candidate === tone);
  if (known !== undefined) return known;
  throw new RequestError({
    code: 'unknown-tone',
    where: 'tone',
    what: 'no such tone map',
    got: JSON.stringify(tone),
    cure: `choose one of ${toneNames.join(', ')}`,
  });
}

/** Shares on the log scale, each above 0 replaced by the mid-rank of its level. */
function rankCurve(counts: CellCounts, top: number): ToneCurve {
  const cells = new Float64Array(rankLevels);
  let visited = 0;
  const levelOf = remembered((n) => {
    const share = Math.log1p(n) / top;
    return share === 0 ? -1 : Math.min(rankLevels - 1, Math.floor(rankLevels * share));
  });
  counts.forEach((visits) => {
    const level = levelOf(visits);
    if (level < 0) return;
    cells[level] = (cells[level] ?? 0) + 1;
    visited += 1;
  });
  let lower = 0;
  const brightness = cells.map((same) => {
    const rank = (lower + same / 2) / visited;
    lower += same;
    return rank;
  });
  return (n) => brightness[levelOf(n)] ?? 0;
}

function cellsOf(counts: Counts): CellCounts {
  let largest = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const n = Number(counts[cell]);
    if (n > largest) largest = n;
  }
  return {
    largest,
    forEach(take) {
      for (let cell = 0; cell < counts.length; cell++) take(Number(counts[cell]));
    },
  };
}

/** The same curve, faster: most cells of most images share a few small counts. */
function remembered(curve: ToneCurve): ToneCurve {
  const known = new Float64Array(rememberedCounts).fill(Number.NaN);
  return (n) => {
    if (n >= rememberedCounts || n !== Math.floor(n)) return curve(n);
    const before = known[n] ?? Number.NaN;
    if (!Number.isNaN(before)) return before;
    const value = curve(n);
    known[n] = value;
    return value;
  };
}
