import { MOMENTS_WIDTH } from './layout.ts';
import { jackknifeError } from './standard-error.ts';

/** The moments of all states together, with their standard errors. */
export interface PooledMoments {
  readonly count: number;
  readonly values: Readonly<Record<MomentName, number>>;
  readonly errors: Readonly<Record<MomentName, number>>;
}

export const momentNames = ['mean', 'variance', 'skewness', 'kurtosis'] as const;

export type MomentName = (typeof momentNames)[number];

/** Powers 0 to 4 that are summed. */
const POWERS = 5;

/**
 * Pools power sums of pieces, each about a shift of its own, to the moments of all states.
 *
 * The variance is that of the population (over n); the kurtosis is the excess over that of a normal law.
 * Of a constant, skewness and kurtosis are NaN.
 *
 * @param pieces f64 [pieces, 6]: [count, shift, s1, s2, s3, s4] (see `MomentsLayout`).
 */
export function poolMoments(pieces: Float64Array): PooledMoments {
  const count = pieces.length / MOMENTS_WIDTH;
  const { states, centre } = centreOf(pieces);
  // Sums of powers of the distance from the centre: of each piece, and of all.
  const sums = new Float64Array(count * POWERS);
  const total = new Float64Array(POWERS);
  for (let piece = 0; piece < count; piece++) {
    moveTo(centre, pieces, piece, sums);
    for (let power = 0; power < POWERS; power++) {
      total[power] = (total[power] ?? 0) + (sums[piece * POWERS + power] ?? 0);
    }
  }
  const values = momentsOf(total, centre);
  const weights = new Float64Array(count);
  const without = momentNames.map(() => new Float64Array(count));
  const rest = new Float64Array(POWERS);
  for (let piece = 0; piece < count; piece++) {
    weights[piece] = sums[piece * POWERS] ?? 0;
    for (let power = 0; power < POWERS; power++) {
      rest[power] = (total[power] ?? 0) - (sums[piece * POWERS + power] ?? 0);
    }
    const others = momentsOf(rest, centre);
    for (const [index, name] of momentNames.entries()) {
      (without[index] as Float64Array)[piece] = others[name]; // one per name
    }
  }
  const errors = Object.fromEntries(
    momentNames.map((name, index) => [
      name,
      jackknifeError(values[name], weights, without[index] as Float64Array),
    ]),
  );
  return { count: states, values, errors: errors as Record<MomentName, number> }; // one per name
}

/** The mean, nearly, and of how many states. */
function centreOf(pieces: Float64Array): { readonly states: number; readonly centre: number } {
  const origin = pieces[1] ?? 0;
  let states = 0;
  let distance = 0;
  for (let at = 0; at < pieces.length; at += MOMENTS_WIDTH) {
    const n = pieces[at] ?? 0;
    states += n;
    distance += n * ((pieces[at + 1] ?? 0) - origin) + (pieces[at + 2] ?? 0);
  }
  return { states, centre: origin + (states > 0 ? distance / states : 0) };
}

/** Writes the power sums of a piece about another centre: [count, t1, t2, t3, t4] of `into`. */
function moveTo(centre: number, pieces: Float64Array, piece: number, into: Float64Array): void {
  const at = piece * MOMENTS_WIDTH;
  const n = pieces[at] ?? 0;
  const d = (pieces[at + 1] ?? 0) - centre;
  const s1 = pieces[at + 2] ?? 0;
  const s2 = pieces[at + 3] ?? 0;
  const s3 = pieces[at + 4] ?? 0;
  const s4 = pieces[at + 5] ?? 0;
  const to = piece * POWERS;
  into[to] = n;
  into[to + 1] = s1 + n * d;
  into[to + 2] = s2 + d * (2 * s1 + n * d);
  into[to + 3] = s3 + d * (3 * s2 + d * (3 * s1 + n * d));
  into[to + 4] = s4 + d * (4 * s3 + d * (6 * s2 + d * (4 * s1 + n * d)));
}

function momentsOf(sums: Float64Array, centre: number): Record<MomentName, number> {
  const [n = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0] = sums;
  const m = t1 / n;
  const variance = t2 / n - m * m;
  const third = t3 / n - m * ((3 * t2) / n - 2 * m * m);
  const fourth = t4 / n - m * ((4 * t3) / n - m * ((6 * t2) / n - 3 * m * m));
  return {
    mean: centre + m,
    variance: n > 0 ? Math.max(0, variance) : Number.NaN,
    skewness: third / (variance * Math.sqrt(variance)),
    kurtosis: fourth / variance ** 2 - 3,
  };
}
