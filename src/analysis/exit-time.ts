import { checkFinite, checkPositive, refuse } from './check-number.ts';
import { cellAt, solveTimes, transitions } from './exit-equation.ts';
import { type Kick, kickOf, sineKick } from './kick.ts';
import { type MacroFormula, macroSlope } from './macro-function.ts';
import type { Noise } from './noise.ts';
import { zerosOf } from './roots.ts';

/** The map x <- x - eta f0'(x) + eta zeta, zeta drawn anew in every step. */
export interface StochasticMap {
  /** Of one variable. */
  readonly formula: MacroFormula;
  readonly eta: number;
  /** A of zeta = A sin(phase), or any noise, e.g. of `microNoise`; unit of the gradient. */
  readonly noise: number | Noise;
}

/** Where a share of the orbits starts. */
export interface WeightedStart {
  readonly start: number;
  /** The shares of all add up to 1. */
  readonly weight: number;
}

/** The mean time to leave. */
export interface ExitTime {
  /** Mean number of steps to the first state beyond the level, from the start. */
  readonly mean: number;
  /** How much doubling the nodes still changed it. */
  readonly error: number;
  /** Where orbits can be before they leave: from the farthest point to the level. */
  readonly domain: readonly [number, number];
}

const FEWEST_CELLS = 60;
/** Most products in one elimination, and the relative agreement that is enough. */
const MOST_WORK = 5e8;
const AGREEMENT = 1e-5;

/**
 * The exact mean exit time of the stochastic map that gradient descent nears as epsilon -> 0.
 *
 * It solves tau(x) = 1 + E[tau(x') ; x' not beyond the level]. tau is taken linear between nodes, and
 * the law of x' is integrated against that: the arcsine law exactly, with its singular ends, any other
 * from values of the noise at 4096 phases or more, so that the mean is good to some 1e-3.
 *
 * @param start where orbits start: one place, or several on the same side of the level.
 * @param level orbits leave beyond it: upwards from a start below, downwards from one above.
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} `out-of-range`, `wrong-length`;
 *   `no-exit` where the noise cannot carry an orbit to the level; `not-confined` where orbits can go
 *   off the other way.
 * @see Kong and Tao, NeurIPS 2020, arXiv 2002.06189, for the map.
 */
export function meanExitTime(
  map: StochasticMap,
  start: number | readonly WeightedStart[],
  level: number,
): ExitTime {
  const { eta, noise } = map;
  checkPositive('eta', eta);
  if (typeof noise === 'number') checkPositive('noise', noise);
  checkFinite('level', level);
  const given = typeof start === 'number' ? [{ start, weight: 1 }] : start;
  const side = (given[0]?.start ?? 0) < level ? 1 : -1; // seen from the start, the level is above
  given.forEach(({ start: place }) => {
    checkFinite('start', place);
    if (place === level) refuse('level', 'must not be the start', level);
    if (side * place > side * level) refuse('start', 'lies beyond the level', place);
  });
  const slope = macroSlope(map.formula);
  const drift = (x: number) => x - eta * side * slope(side * x);
  const starts = given.map((each) => ({ ...each, start: side * each.start }));
  const to = side * level;
  const kick = typeof noise === 'number' ? sineKick(eta * noise) : kickOf(noise, eta, side);
  if (!kick)
    return refuse('noise', 'must give values or the amplitudes of at most three sines', 'neither');
  const lowest = farthest(drift, kick, starts, to);
  const breaks = breaksOf(drift, kick, [lowest, to]);
  const meanOf = (refinement: number) => meanAt(drift, kick, nodesOf(breaks, refinement), starts);
  let refinement = 1;
  let coarse = meanOf(refinement);
  let fine = coarse;
  let mean = coarse;
  let error = Number.POSITIVE_INFINITY;
  while (error > AGREEMENT * mean && workOf(breaks, 2 * refinement, kick) <= MOST_WORK) {
    refinement *= 2;
    fine = meanOf(refinement);
    const next = (4 * fine - coarse) / 3; // splines of degree 1 err as the square of their width
    error = Math.abs(next - mean);
    mean = next;
    coarse = fine;
  }
  const domain = side > 0 ? ([lowest, to] as const) : ([-to, -lowest] as const);
  return { mean, error, domain };
}

/** Growth over so many steps that does not slow down, to this share, goes on for ever. */
const [CHECK, STEADY] = [1000, 0.99];

/** The lowest point in reach before the level; checks that the level itself is in reach. */
function farthest(
  drift: (x: number) => number,
  kick: Kick,
  starts: readonly WeightedStart[],
  level: number,
): number {
  const points = 256;
  const places = starts.map(({ start }) => start);
  let [lo, hi] = [Math.min(...places), Math.max(...places)];
  let [width, growth] = [0, Number.POSITIVE_INFINITY];
  for (let step = 1; ; step++) {
    if (step % CHECK === 0) {
      if (hi - lo - width > STEADY * growth) break;
      [width, growth] = [hi - lo, hi - lo - width];
    }
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let point = 0; point <= points; point++) {
      const x = drift(lo + ((hi - lo) * point) / points);
      [least, most] = [Math.min(least, x), Math.max(most, x)];
    }
    if (!Number.isFinite(least + most)) break;
    const next = [
      Math.min(lo, least + kick.reach[0]),
      Math.min(level, Math.max(hi, most + kick.reach[1])),
    ];
    const [down = lo, up = hi] = next;
    if (lo - down + (up - hi) <= 1e-9 * (hi - lo)) {
      const cure = 'a slope of the macro part larger than the noise cannot be climbed';
      if (up < level) refuse('level', 'is out of reach', level, cure, 'no-exit');
      return down - 1e-4 * (level - down); // more than the scan may have missed
    }
    [lo, hi] = [down, up];
  }
  return refuse('start', 'orbits can go off the other way', `${places}`, undefined, 'not-confined');
}

/**
 * Where tau is not smooth: its roots start where the law of x' just reaches the level, and weaker
 * ones where that law just reaches such a place. With both ends, in order.
 */
function breaksOf(
  drift: (x: number) => number,
  kick: Kick,
  [lowest, level]: readonly [number, number],
): readonly number[] {
  const touching = (target: number) =>
    kick.reach.flatMap((reach) => zerosOf((x) => drift(x) + reach - target, lowest, level, 256));
  const first = touching(level);
  const inner = [...first, ...first.flatMap(touching)].sort((a, b) => a - b);
  const least = (level - lowest) / 200;
  const kept = [lowest];
  for (const place of inner) {
    if (place - (kept.at(-1) ?? lowest) > least && level - place > least) kept.push(place);
  }
  return [...kept, level];
}

function cellsOf(breaks: readonly number[], refinement: number): readonly number[] {
  const whole = (breaks.at(-1) ?? 0) - (breaks[0] ?? 0);
  return breaks.slice(1).map((to, at) => {
    const share = (to - (breaks[at] ?? 0)) / whole;
    return refinement * Math.max(2, Math.ceil(share * FEWEST_CELLS));
  });
}

/** Nodes that crowd at both ends of every piece as squares do, so that a root becomes a straight line. */
function nodesOf(breaks: readonly number[], refinement: number): Float64Array {
  const pieces = cellsOf(breaks, refinement).flatMap((cells, piece) => {
    const [from = 0, to = 0] = breaks.slice(piece, piece + 2);
    return Array.from({ length: cells }, (_, at) => {
      const share = at / cells;
      return from + (to - from) * share * share * (3 - 2 * share);
    });
  });
  return Float64Array.from([...pieces, breaks.at(-1) ?? 0]);
}

/** Products of the elimination, about. */
function workOf(breaks: readonly number[], refinement: number, { reach: [lo, hi] }: Kick): number {
  const cells = cellsOf(breaks, refinement).reduce((sum, each) => sum + each, 0);
  const reach = Math.min(1, (hi - lo) / ((breaks.at(-1) ?? 0) - (breaks[0] ?? 0)));
  return cells * (cells * reach) ** 2;
}

function meanAt(
  drift: (x: number) => number,
  kick: Kick,
  nodes: Float64Array,
  starts: readonly WeightedStart[],
): number {
  const rows = Array.from(nodes, (x) => transitions(drift(x), kick, nodes));
  const times = solveTimes(rows);
  return starts.reduce((sum, { start, weight }) => {
    const cell = cellAt(nodes, start);
    const [left = 0, right = 0] = nodes.subarray(cell, cell + 2);
    const [before = 0, after = 0] = times.subarray(cell, cell + 2);
    return sum + weight * (before + ((after - before) * (start - left)) / (right - left));
  }, 0);
}
