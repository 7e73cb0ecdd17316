import { checkPositive, refuse } from './check-number.ts';

/** A straight line through points with errors. */
export interface LineFit {
  readonly slope: number;
  readonly slopeError: number;
  readonly intercept: number;
  readonly interceptError: number;
  /** Squared deviations over squared errors, per point more than two: near 1 where the line fits. */
  readonly misfit: number;
}

/**
 * Fits y = intercept + slope x to points with independent standard errors, by weighted least squares.
 *
 * @param points at least two different x.
 * @throws {RequestError} `out-of-range`; `too-few`.
 */
export function fitLine(
  points: readonly { readonly x: number; readonly y: number; readonly error: number }[],
): LineFit {
  let [weights, sumX, sumY] = [0, 0, 0];
  points.forEach(({ x, y, error }, at) => {
    checkPositive(`points[${at}].error`, error);
    const weight = error ** -2;
    weights += weight;
    sumX += weight * x;
    sumY += weight * y;
  });
  const [meanX, meanY] = [sumX / weights, sumY / weights];
  let [xx, xy] = [0, 0];
  for (const { x, y, error } of points) {
    xx += ((x - meanX) / error) ** 2;
    xy += ((x - meanX) * (y - meanY)) / error ** 2;
  }
  if (!(xx > 0)) refuse('points', 'must be at two places', points.length, undefined, 'too-few');
  const slope = xy / xx;
  const intercept = meanY - slope * meanX;
  const squares = points.reduce(
    (sum, { x, y, error }) => sum + ((y - intercept - slope * x) / error) ** 2,
    0,
  );
  return {
    slope,
    slopeError: 1 / Math.sqrt(xx),
    intercept,
    interceptError: Math.sqrt(1 / weights + meanX ** 2 / xx),
    misfit: points.length > 2 ? squares / (points.length - 2) : Number.NaN,
  };
}
