import { logGamma } from './gamma.ts';
import { checkWaits, likelihood, type Parameters, type Wait } from './waiting.ts';

/** exp(-t / time): escape without memory. */
export interface ExponentialFit {
  /** Mean time, in the unit of the waits, and its standard error. */
  readonly time: number;
  readonly timeError: number;
  readonly logLikelihood: number;
}

/** exp(-(t / scale)^shape): shape 1 is exponential; below 1, the longer a wait the longer it goes on. */
export interface WeibullFit {
  readonly scale: number;
  readonly scaleError: number;
  readonly shape: number;
  readonly shapeError: number;
  /** scale Γ(1 + 1/shape). */
  readonly mean: number;
  readonly meanError: number;
  readonly logLikelihood: number;
}

/**
 * Fits an exponential law to escape times by greatest likelihood, orbits that stayed included.
 *
 * Without intervals it is the time observed in all over the number of escapes. Standard error by the
 * observed information: orbits must be independent.
 *
 * @throws {RequestError} `out-of-range`, `empty-range`; `too-few` without an escape.
 * @see Cox and Oakes, Analysis of Survival Data, 1984.
 */
export function fitExponential(waits: readonly Wait[]): ExponentialFit {
  checkWaits(waits, 1);
  const { parameters, covariance, value } = maximise(waits, [firstGuess(waits), 0], 1);
  const time = Math.exp(parameters[0]);
  return { time, timeError: time * Math.sqrt(covariance[0]), logLikelihood: value };
}

/**
 * Fits a Weibull law to escape times by greatest likelihood, orbits that stayed included.
 *
 * @throws {RequestError} `out-of-range`, `empty-range`; `too-few` with less than two different waits
 *   that ended: they tell no shape.
 * @see Cox and Oakes, Analysis of Survival Data, 1984.
 */
export function fitWeibull(waits: readonly Wait[]): WeibullFit {
  checkWaits(waits, 2);
  const { parameters, covariance, value } = maximise(waits, [firstGuess(waits), 0], 2);
  const [scale, shape] = [Math.exp(parameters[0]), Math.exp(parameters[1])];
  const [ofScale, both, ofShape] = covariance;
  const mean = scale * Math.exp(logGamma(1 + 1 / shape));
  const h = 1e-5; // d log mean / d log shape, to 1e-10
  const up = logGamma(1 + Math.exp(-h) / shape);
  const down = logGamma(1 + Math.exp(h) / shape);
  const byShape = (up - down) / (2 * h);
  const meanVariance = ofScale + 2 * byShape * both + byShape ** 2 * ofShape;
  return {
    scale,
    scaleError: scale * Math.sqrt(ofScale),
    shape,
    shapeError: shape * Math.sqrt(ofShape),
    mean,
    meanError: mean * Math.sqrt(meanVariance),
    logLikelihood: value,
  };
}

/** log of the time observed in all over the escapes. */
function firstGuess(waits: readonly Wait[]): number {
  let [time, escapes] = [0, 0];
  for (const { from, to, count } of waits) {
    const isCensored = to === Number.POSITIVE_INFINITY;
    time += count * (isCensored ? from : (from + to) / 2);
    if (!isCensored) escapes += count;
  }
  return Math.log(time / escapes);
}

interface Maximum {
  readonly parameters: Parameters;
  /** Variance of the first parameter, covariance, variance of the second: of log scale, log shape. */
  readonly covariance: readonly [number, number, number];
  readonly value: number;
}

/** Newton's method, with steps halved until they climb; the first `free` parameters move. */
function maximise(waits: readonly Wait[], start: Parameters, free: 1 | 2): Maximum {
  let parameters = start;
  let here = likelihood(waits, parameters);
  let covariance: [number, number, number] = [0, 0, 0];
  for (let turn = 0; turn < 100; turn++) {
    const [u, v] = here.gradient;
    const [aa, ab, bb] = curvatures(waits, parameters);
    if (free === 1) covariance = [-1 / aa, 0, 0];
    else {
      const determinant = aa * bb - ab * ab;
      covariance = [-bb / determinant, ab / determinant, -aa / determinant];
    }
    const [c0, c1, c2] = covariance;
    const isHill = c0 > 0 && (free === 1 || c2 > 0);
    const size = Math.hypot(u, v) || 1;
    const step: Parameters = isHill
      ? [c0 * u + c1 * v, c1 * u + c2 * v]
      : [u / size / 4, free === 1 ? 0 : v / size / 4];
    let share = Math.min(1, 2 / Math.hypot(...step));
    let next = here;
    let moved = parameters;
    for (; share > 1e-12; share /= 2) {
      moved = [parameters[0] + share * step[0], parameters[1] + share * step[1]];
      next = likelihood(waits, moved);
      if (next.value >= here.value) break;
    }
    if (share <= 1e-12) break; // nothing climbs: the maximum, to rounding
    [parameters, here] = [moved, next];
    if (Math.hypot(...step) < 1e-7) break; // the next would be 1e-8 of it
  }
  return { parameters, covariance, value: here.value };
}

/** Second derivatives of the log-likelihood, from differences of its exact first ones. */
function curvatures(
  waits: readonly Wait[],
  [a, b]: Parameters,
): readonly [aa: number, ab: number, bb: number] {
  const h = 1e-4; // errors of h^2 relative: 1e-8
  const [[right], [left]] = [
    likelihood(waits, [a + h, b]).gradient,
    likelihood(waits, [a - h, b]).gradient,
  ];
  const [up, down] = [
    likelihood(waits, [a, b + h]).gradient,
    likelihood(waits, [a, b - h]).gradient,
  ];
  const along = (to: number, from: number) => (to - from) / (2 * h);
  return [along(right, left), along(up[0], down[0]), along(up[1], down[1])];
}
