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

/** Sums over the states of some pieces of powers 0 to 4 of their distance from a centre. */
type Sums = readonly [number, number, number, number, number];

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
  const at = (piece: number, value: number) => pieces[piece * MOMENTS_WIDTH + value] ?? 0;
  const origin = at(0, 1);
  let states = 0;
  let distance = 0;
  for (let piece = 0; piece < count; piece++) {
    states += at(piece, 0);
    distance += at(piece, 0) * (at(piece, 1) - origin) + at(piece, 2);
  }
  const centre = origin + (states > 0 ? distance / states : 0);
  const centred = Array.from({ length: count }, (_, piece): Sums => {
    const [n, s1, s2, s3, s4] = [0, 2, 3, 4, 5].map((value) => at(piece, value)) as [...Sums]; // five in, five out
    const d = at(piece, 1) - centre;
    return [
      n,
      s1 + n * d,
      s2 + d * (2 * s1 + n * d),
      s3 + d * (3 * s2 + d * (3 * s1 + n * d)),
      s4 + d * (4 * s3 + d * (6 * s2 + d * (4 * s1 + n * d))),
    ];
  });
  const total = centred.reduce<Sums>((sum, piece) => combine(sum, piece, 1), [0, 0, 0, 0, 0]);
  const values = momentsOf(total, centre);
  const without = centred.map((piece) => momentsOf(combine(total, piece, -1), centre));
  const weights = Float64Array.from(centred, ([n]) => n);
  const errorOf = (name: MomentName) =>
    jackknifeError(
      values[name],
      weights,
      Float64Array.from(without, (of) => of[name]),
    );
  return {
    count: states,
    values,
    errors: {
      mean: errorOf('mean'),
      variance: errorOf('variance'),
      skewness: errorOf('skewness'),
      kurtosis: errorOf('kurtosis'),
    },
  };
}

function combine(a: Sums, b: Sums, sign: 1 | -1): Sums {
  return [
    a[0] + sign * b[0],
    a[1] + sign * b[1],
    a[2] + sign * b[2],
    a[3] + sign * b[3],
    a[4] + sign * b[4],
  ];
}

function momentsOf([n, t1, t2, t3, t4]: Sums, centre: number): Record<MomentName, number> {
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
