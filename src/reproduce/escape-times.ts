import { climbExponent, kramersTime } from '../analysis/climb.ts';
import { meanExitTime } from '../analysis/exit-time.ts';
import { fitLine, type LineFit } from '../analysis/line-fit.ts';
import type { Result } from '../engine/result.ts';
import type { Mark, Panel } from '../figure/figure.ts';
import type { Estimate } from './grouped-law.ts';
import { axisOf, numbersOf } from './result-columns.ts';

const formula = { variables: ['x'], macro: 'x^4 / 4 - x^2 / 2', parameters: {} };
/** The climb starts in the minimum -1; its top is at 0. */
const [MINIMUM, TOP] = [-1, 0];

/** Mean times from the left well to x > 0 over eta. */
export interface EscapeTimes {
  readonly etas: Float64Array;
  readonly descent: readonly Estimate[];
  readonly map: readonly Estimate[];
  /** Of the stochastic map, by quadrature: f64 [etas]. */
  readonly exact: Float64Array;
  /** S of bounded noise: the slope of log(eta time) over 1 / eta as eta -> 0. */
  readonly climb: number;
}

/** The times of runs of gradient descent and of the stochastic map over eta. */
export function escapeTimes(descent: Result, map: Result): EscapeTimes {
  const etas = axisOf(descent);
  return {
    etas,
    descent: estimates(descent),
    map: estimates(map),
    exact: etas.map((eta) => meanExitTime({ formula, eta, noise: 1 }, MINIMUM, TOP).mean),
    climb: climbExponent(formula, MINIMUM, TOP, 1),
  };
}

function estimates(result: Result): readonly Estimate[] {
  const [means, errors, counts] = ['mean', 'stderr', 'count'].map((of) =>
    numbersOf(result, `escape_${of}`),
  );
  const { orbits } = result.spec.ensemble;
  return Array.from(means ?? [], (value, column) => ({
    value: counts?.[column] === orbits ? value : Number.NaN, // of those that left alone it says little
    error: errors?.[column] ?? Number.NaN,
  }));
}

/** The line of log(eta time) over 1 / eta, for eta up to `most`: its slope tends to S. */
export function climbFit(
  { etas, exact }: EscapeTimes,
  times: readonly Estimate[],
  most: number,
): { readonly measured: LineFit; readonly expected: LineFit } {
  const points = times.flatMap(({ value, error }, at) => {
    const eta = etas[at] ?? 0;
    const share = error / value;
    return eta <= most ? [{ x: 1 / eta, at, error: share, y: Math.log(eta * value) }] : [];
  });
  const exactly = points.map((point) => ({
    ...point,
    y: Math.log((exact[point.at] ?? 0) / point.x),
  }));
  return { measured: fitLine(points), expected: fitLine(exactly) };
}

/** Times over 1 / eta with the exact ones, Kramers', and the slope of S. */
export function escapePanel({ etas, descent, map, exact, climb }: EscapeTimes): Panel {
  const x = etas.map((eta) => 1 / eta);
  const points = (
    label: string,
    times: readonly Estimate[],
    colour: 'data' | 1,
    size: number,
  ): Mark => ({
    mark: 'points',
    x,
    y: times.map(({ value }) => value),
    error: times.map(({ error }) => error),
    label,
    colour,
    size,
  });
  const kramers = etas.map((eta) => kramersTime(formula, MINIMUM, TOP, eta, 0.5));
  const [farthest = 0, last = 0] = [x[0], exact[0]];
  const asymptote = x.map(
    (inverse) => (last * inverse * Math.exp(climb * (inverse - farthest))) / farthest,
  );
  return {
    title: 'Mean time from −1 to x > 0',
    x: { label: 'inverse learning rate 1/η' },
    y: { label: 'steps', scale: 'log' },
    marks: [
      { mark: 'curve', x, y: exact, label: 'stochastic map, exactly', colour: 'theory' },
      { mark: 'curve', x, y: kramers, label: 'Kramers (Gibbs law)', colour: 2, dash: true },
      {
        mark: 'curve',
        x,
        y: asymptote,
        label: `slope S = ${climb.toFixed(3)}`,
        colour: 'quiet',
        dash: true,
      },
      points('stochastic map', map, 1, 9),
      points('gradient descent', descent, 'data', 5),
    ],
    width: 460,
    height: 360,
  };
}
