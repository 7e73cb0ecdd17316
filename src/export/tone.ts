import { RequestError } from '../spec/errors.ts';

export const toneNames = ['linear', 'log', 'rank'] as const;
export type ToneName = (typeof toneNames)[number];

/** Visits per cell: as counted, or as resampled (fractions of a visit). */
export type Counts = Uint32Array | BigUint64Array | Float64Array;

/** Steps of the logarithmic scale on which `rank` counts cells. */
const rankLevels = 1024;

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
  const known = parseTone(tone);
  // A plain loop: `Float64Array.from` with a function takes ten times as long on 2 million cells.
  const visits = new Float64Array(counts.length);
  let max = 0;
  for (let cell = 0; cell < counts.length; cell++) {
    const n = Number(counts[cell] ?? 0);
    visits[cell] = n;
    if (n > max) max = n;
  }
  if (max === 0) return visits;
  switch (known) {
    case 'linear':
      return visits.map((n) => n / max);
    case 'log':
      return logShares(visits, max);
    case 'rank':
      return ranks(logShares(visits, max));
  }
}

function parseTone(tone: string): ToneName {
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

function logShares(visits: Float64Array, max: number): Float64Array {
  const top = Math.log1p(max);
  return visits.map((n) => Math.log1p(n) / top);
}

/** Shares on the log scale, each above 0 replaced by the mid-rank of its level. */
function ranks(shares: Float64Array): Float64Array {
  const cells = new Float64Array(rankLevels);
  let visited = 0;
  for (const share of shares) {
    if (share === 0) continue;
    const level = levelOf(share);
    cells[level] = (cells[level] ?? 0) + 1;
    visited += 1;
  }
  let lower = 0;
  const brightness = cells.map((same) => {
    const rank = (lower + same / 2) / visited;
    lower += same;
    return rank;
  });
  return shares.map((share) => (share === 0 ? 0 : (brightness[levelOf(share)] ?? 0)));
}

function levelOf(share: number): number {
  return Math.min(rankLevels - 1, Math.floor(rankLevels * share));
}
