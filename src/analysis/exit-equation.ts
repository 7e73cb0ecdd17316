import type { Kick } from './kick.ts';

/** The cell between two nodes that x is in, or the one nearest to it. */
export function cellAt(nodes: Float64Array, x: number): number {
  let [lo, hi] = [0, nodes.length - 1];
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1;
    if ((nodes[middle] ?? 0) <= x) lo = middle;
    else hi = middle;
  }
  return lo;
}

/** Weights of the nodes `first`, `first` + 1, … in the mean of a linear spline over the law of x'. */
export interface Row {
  readonly first: number;
  readonly weights: Float64Array;
  /** Probability to be beyond the last node. */
  readonly exit: number;
}

/** The weights of where a kick carries an orbit from the place `centre` of its drift. */
export function transitions(centre: number, kick: Kick, nodes: Float64Array): Row {
  const [lo, hi] = kick.reach;
  const [first, last] = [cellAt(nodes, centre + lo), cellAt(nodes, centre + hi)];
  const weights = new Float64Array(last - first + 2);
  for (let cell = first; cell <= last; cell++) {
    const [left = 0, right = 0] = nodes.subarray(cell, cell + 2);
    const [mass, moment] = kick.between(left - centre, right - centre);
    const toRight = (moment + (centre - left) * mass) / (right - left);
    const at = cell - first;
    weights[at] = (weights[at] ?? 0) + mass - toRight;
    weights[at + 1] = toRight;
  }
  return { first, weights, exit: kick.beyond((nodes.at(-1) ?? 0) - centre) };
}

/**
 * Solves tau = 1 + W tau, tau the mean times to the exit, by elimination in bands.
 *
 * A node's diagonal is what leaves it: its exit and its weights of other nodes. So nothing is ever
 * subtracted, and times of 1e30 are as exact as short ones.
 *
 * @param rows one per node; the weights and the exit of each add up to 1.
 * @see Grassmann, Taksar and Heyman, Oper. Res. 33 (1985) 1107.
 */
export function solveTimes(rows: readonly Row[]): Float64Array {
  const size = rows.length;
  let [below, above] = [0, 0];
  rows.forEach(({ first, weights }, row) => {
    below = Math.max(below, row - first);
    above = Math.max(above, first + weights.length - 1 - row);
  });
  const stride = below + above + 1; // weight of column in row: at row * stride + column - row + below
  const band = new Float64Array(size * stride);
  const exits = Float64Array.from(rows, ({ exit }) => exit);
  const leaving = new Float64Array(size);
  const times = new Float64Array(size).fill(1);
  rows.forEach(({ first, weights }, row) => {
    band.set(weights, row * stride + first - row + below);
  });
  for (let pivot = 0; pivot < size; pivot++) {
    const own = pivot * stride - pivot + below;
    const end = Math.min(size - 1, pivot + above);
    let sum = exits[pivot] ?? 0;
    for (let column = pivot + 1; column <= end; column++) sum += band[own + column] ?? 0;
    leaving[pivot] = sum;
    for (let row = pivot + 1; row <= Math.min(size - 1, pivot + below); row++) {
      const start = row * stride - row + below;
      const factor = (band[start + pivot] ?? 0) / sum;
      if (factor === 0) continue;
      for (let column = pivot + 1; column <= end; column++) {
        band[start + column] = (band[start + column] ?? 0) + factor * (band[own + column] ?? 0);
      }
      exits[row] = (exits[row] ?? 0) + factor * (exits[pivot] ?? 0);
      times[row] = (times[row] ?? 0) + factor * (times[pivot] ?? 0);
    }
  }
  for (let row = size - 1; row >= 0; row--) {
    const start = row * stride - row + below;
    let sum = times[row] ?? 0;
    for (let column = row + 1; column <= Math.min(size - 1, row + above); column++) {
      sum += (band[start + column] ?? 0) * (times[column] ?? 0);
    }
    times[row] = sum / (leaving[row] ?? 1);
  }
  return times;
}
