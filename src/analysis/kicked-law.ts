/** A stationary law on equal cells. */
export interface KickedLaw {
  /** Probability per unit of x. */
  density(x: number): number;
  /** Probability of at most x. */
  distribution(x: number): number;
  /** Mean of a function of x. */
  mean(of: (x: number) => number): number;
}

/** A map x <- drift(x) + radius(x) sin(phase), the phase drawn anew in every step. */
export interface KickedMap {
  readonly drift: (x: number) => number;
  readonly radius: (x: number) => number;
  /** Orbits never leave it. */
  readonly range: readonly [lo: number, hi: number];
}

/** Places of a cell that orbits are taken to be at, and most steps until the law is settled. */
const [PLACES, MOST_STEPS] = [4, 20_000];

/**
 * The stationary law of a map with arcsine kicks whose size may depend on the place, by Ulam's method: the
 * chain of cells, with the exact probabilities of the kick, stepped on until it stands still.
 *
 * Variances come out too large by some (cell / kick)^2 / 3, relative: an orbit is spread over its cell in every
 * step.
 *
 * @param cells of equal width; where the map has symmetric wells the start, evenly spread, is symmetric.
 * @see S. M. Ulam, A Collection of Mathematical Problems, 1960, VI.4.
 */
export function kickedLaw({ drift, radius, range: [lo, hi] }: KickedMap, cells = 1600): KickedLaw {
  const width = (hi - lo) / cells;
  const rows = Array.from({ length: cells }, (_, cell) =>
    chances({ drift, radius, lo, width, cells }, cell),
  );
  let law = new Float64Array(cells).fill(1 / cells);
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = new Float64Array(cells);
    rows.forEach(({ first, weights }, cell) => {
      const share = law[cell] ?? 0;
      for (let at = 0; at < weights.length; at++) {
        next[first + at] = (next[first + at] ?? 0) + share * (weights[at] ?? 0);
      }
    });
    const change = next.reduce((sum, share, cell) => sum + Math.abs(share - (law[cell] ?? 0)), 0);
    law = next;
    if (change < 1e-11) break;
  }
  const below = new Float64Array(cells + 1);
  law.forEach((share, cell) => {
    below[cell + 1] = (below[cell] ?? 0) + share;
  });
  return {
    density: (x) => (law[Math.floor((x - lo) / width)] ?? 0) / width,
    distribution: (x) => {
      const place = Math.min(cells, Math.max(0, (x - lo) / width));
      const cell = Math.min(cells - 1, Math.floor(place));
      return (below[cell] ?? 0) + (place - cell) * (law[cell] ?? 0);
    },
    mean: (of) => law.reduce((sum, share, cell) => sum + share * of(lo + (cell + 0.5) * width), 0),
  };
}

interface Grid extends Pick<KickedMap, 'drift' | 'radius'> {
  readonly lo: number;
  readonly width: number;
  readonly cells: number;
}

/** Where an orbit in a cell goes: probabilities of the cells from `first` on. */
function chances({ drift, radius, lo, width, cells }: Grid, cell: number) {
  const places = Array.from({ length: PLACES }, (_, at) => {
    const x = lo + (cell + (at + 0.5) / PLACES) * width;
    return { centre: drift(x), reach: radius(x) };
  });
  const cellOf = (x: number) => Math.min(cells - 1, Math.max(0, Math.floor((x - lo) / width)));
  const first = cellOf(Math.min(...places.map(({ centre, reach }) => centre - reach)));
  const last = cellOf(Math.max(...places.map(({ centre, reach }) => centre + reach)));
  const weights = new Float64Array(last - first + 1);
  for (const { centre, reach } of places) {
    const below = (edge: number) =>
      0.5 + Math.asin(Math.min(1, Math.max(-1, (lo + edge * width - centre) / reach))) / Math.PI;
    for (let at = 0; at < weights.length; at++) {
      const to = first + at === last ? 1 : below(first + at + 1);
      const from = at === 0 ? 0 : below(first + at);
      weights[at] = (weights[at] ?? 0) + (to - from) / PLACES;
    }
  }
  return { first, weights };
}
