/**
 * How far apart two states of a trail are: the largest distance along a coordinate, relative to a period
 * of the micro-structure along it or, where it has none, to max(1, |x|).
 */
export type TrailDistance = (i: number, j: number) => number;

/** States of a trail for periods up to `max`, the first included. */
export function trailLength(max: number): number {
  return 3 * max + 1;
}

/** Farther apart than this, states do not show that they approach a cycle. */
const NEAR = 1e-3;
/** What is left of a distance in the limit, as a share of it, where it is said to vanish. */
const LEFT = 0.1;

/**
 * The period of a trail of states: the least p <= max after which a state returns to within
 * `tolerance`, and once more; or towards which it contracts, where that takes longer than the trail.
 *
 * Near a doubling an orbit approaches its cycle by alternating ever more slowly about it, and returns
 * twice as late before it returns at all. So a period p is halved where the distances after p / 2 steps
 * vanish in the limit that Aitken's extrapolation finds.
 *
 * @param distance of states i and j, 0 <= i, j < trailLength(max).
 * @returns 0 where there is none.
 */
export function findPeriod(distance: TrailDistance, max: number, tolerance: number): number {
  let nearest = 1;
  for (let p = 1; p <= max; p++) {
    if (distance(p, 0) <= tolerance && distance(2 * p, p) <= tolerance) {
      return halved(distance, max, p);
    }
    if (distance(p, 0) < distance(nearest, 0)) nearest = p;
  }
  const isNear = distance(nearest, 0) <= NEAR;
  return isNear && vanishes(distance, max, nearest, nearest) ? halved(distance, max, nearest) : 0;
}

function halved(distance: TrailDistance, max: number, period: number): number {
  let least = period;
  while (least % 2 === 0 && vanishes(distance, max, least / 2, period)) least /= 2;
  return least;
}

/** Whether the distances after `lag` steps go to 0, seen at three times whole `period`s apart. */
function vanishes(distance: TrailDistance, max: number, lag: number, period: number): boolean {
  const apart = period * Math.floor(max / period);
  const [a, b, c] = [0, apart, 2 * apart].map((at) => distance(at + lag, at)) as [
    number,
    number,
    number,
  ]; // three in, three out
  if (!(a > b && b > c)) return false;
  const limit = c - (c - b) ** 2 / (c - b - (b - a));
  return Math.abs(limit) <= LEFT * c;
}
