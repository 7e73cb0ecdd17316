import { checkFinite, refuse } from './check-number.ts';
import { type MacroFormula, macroCurvature, macroFunction, macroSlope } from './macro-function.ts';
import { zerosOf } from './roots.ts';

/** What an orbit of the macro part has to climb to get from its minimum to a level. */
export interface Barrier {
  /** The minimum of f0 that slow descent reaches from the start. */
  readonly minimum: number;
  /** The highest place between it and the level. */
  readonly top: number;
  /** f0 there less f0 at the minimum. */
  readonly height: number;
  /** Whether the top is a maximum of f0, as Kramers' formula needs, and not the level itself. */
  readonly isMaximum: boolean;
  /** Largest |f0'| on the way up: the noise must be larger. */
  readonly steepest: number;
}

/** Points by which the extrema between two places are found. */
const SCAN = 2048;

/**
 * The barrier of f0 between a start and a level.
 *
 * @throws {FormulaError} as `compileObjective`; {@link RequestError} `wrong-length`, `missing-key`,
 *   `out-of-range`; `no-minimum` where descent from the start finds none before the level, or nothing
 *   has to be climbed.
 */
export function barrierBetween(formula: MacroFormula, start: number, level: number): Barrier {
  checkFinite('start', start);
  checkFinite('level', level);
  const [f0, slope, curvature] = [
    macroFunction(formula),
    macroSlope(formula),
    macroCurvature(formula),
  ];
  const side = Math.sign(level - start);
  const downhill = -Math.sign(slope(start)) || 0;
  const minimum = downhill === 0 ? start : descend(slope, start, downhill, level);
  const between = zerosOf(slope, Math.min(minimum, level), Math.max(minimum, level), SCAN);
  const top = [...between, level].reduce((best, x) => (f0(x) > f0(best) ? x : best), minimum);
  const height = f0(top) - f0(minimum);
  if (!(curvature(minimum) > 0 && height > 0 && Math.sign(top - minimum) === side)) {
    refuse('start', 'nothing to climb on the way to the level', start, undefined, 'no-minimum');
  }
  let steepest = 0;
  for (let point = 0; point <= SCAN; point++) {
    const size = Math.abs(slope(minimum + ((top - minimum) * point) / SCAN));
    steepest = Math.max(steepest, size);
  }
  return { minimum, top, height, isMaximum: top !== level && curvature(top) < 0, steepest };
}

/** First zero of the slope on the way down, at growing distances. */
function descend(
  slope: (x: number) => number,
  start: number,
  direction: number,
  level: number,
): number {
  const unit = Math.abs(level - start);
  for (let reach = unit / 64; reach < 1e6 * unit; reach *= 2) {
    const end = start + direction * reach;
    const [from, to] = [Math.min(start, end), Math.max(start, end)];
    const found = zerosOf(slope, from, to, 256).filter((x) => x !== start);
    const nearest = direction > 0 ? found[0] : found.at(-1);
    if (nearest !== undefined) return nearest;
  }
  return refuse('start', 'descent from here finds no minimum', start, undefined, 'no-minimum');
}
