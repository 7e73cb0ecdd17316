import type { Mark, Panel } from '../figure/figure.ts';
import type { Axis } from '../spec/spec.ts';
import type { LawDistance, LawDistances } from './law-distances.ts';
import { valueImage } from './value-image.ts';

const size = { width: 440, height: 340 };
/** Distances that are drawn: from the noise of the sample on. */
const shown = [1e-3, 1] as const;

/** Distance to the exact law over both axes. */
export function distanceMap(
  { cells, etas, epsilons }: LawDistances,
  [across, up]: readonly Axis[],
): Panel {
  if (!across || !up) throw new TypeError('the map needs two axes');
  const [x, y] = [[across.from, across.to] as const, [up.from, up.to] as const];
  const values = Float64Array.from(
    { length: cells.length },
    (_, at) =>
      cells[(at % etas.length) * epsilons.length + Math.floor(at / etas.length)]?.toExact ??
      Number.NaN,
  );
  const image = valueImage({
    columns: etas.length,
    rows: epsilons.length,
    values,
    x,
    y,
    label: 'total variation to the exact law',
    domain: shown,
    scale: 'log',
    map: 'viridis',
  });
  const line = (label: string, share: number, colour: 0 | 1): Mark => {
    const inside = [...etas].filter(
      (eta) => eta ** 2 * share >= up.from && eta ** 2 * share <= up.to,
    );
    const at = inside.map((eta) => eta ** 2 * share);
    return { mark: 'curve', x: inside, y: at, label, colour, dash: true };
  };
  return {
    title: 'Where the law is that of the stochastic map',
    x: { label: 'learning rate η', scale: 'log', domain: x },
    y: { label: 'scale ε', scale: 'log', domain: y },
    marks: [image, line('η² = 100 ε', 0.01, 0), line('η² = ε', 1, 1)],
    ...size,
  };
}

/** Distance to the exact law over eta^2 / epsilon, every pair a point. */
export function distanceCollapse({ cells }: LawDistances): Panel {
  const x = cells.map(({ ratio }) => ratio);
  return {
    title: 'To the exact law',
    x: { label: 'η²/ε', scale: 'log' },
    y: { label: 'total variation', scale: 'log', domain: shown },
    marks: [
      {
        mark: 'points',
        x,
        y: cells.map(({ toExact }) => toExact),
        size: 4,
        label: 'measured',
        colour: 'data',
      },
      {
        mark: 'points',
        x,
        y: cells.map(({ floor }) => floor),
        size: 2,
        label: 'noise of the sample',
        colour: 'quiet',
      },
      { mark: 'rule', axis: 'x', at: 100, label: '100' },
    ],
    ...size,
  };
}

/** Distance to the Gibbs law over eta, a curve for each of some epsilons. */
export function gibbsDistances({ etas, at }: LawDistances, epsilons: readonly number[]): Panel {
  const series = epsilons.map((epsilon) => [...etas].map((eta) => at(eta, epsilon)));
  const colours = [0, 1, 2, 3] as const;
  return {
    title: 'To the Gibbs law',
    x: { label: 'learning rate η', scale: 'log' },
    y: { label: 'total variation', scale: 'log', domain: shown },
    marks: [
      ...series.map(
        (cells, index): Mark => ({
          mark: 'points',
          x: etas,
          y: cells.map(({ toGibbs }) => toGibbs),
          label: `ε = ${epsilons[index]}`,
          colour: colours[index] ?? 'quiet',
          size: 5,
        }),
      ),
      {
        mark: 'curve',
        x: etas,
        y: (series[0] ?? []).map(({ exactToGibbs }) => exactToGibbs),
        label: 'of the exact law',
        colour: 'theory',
      },
    ],
    ...size,
  };
}

/** Variance over the exact one, and the same of some pairs known otherwise. */
export function spreadPanel(
  { cells }: LawDistances,
  known: readonly { readonly eta: number; readonly epsilon: number; readonly ratio: number }[],
): Panel {
  const numbers = (of: (cell: LawDistance) => number) => cells.map(of);
  return {
    title: 'Variance over the exact one',
    x: { label: 'η²/ε', scale: 'log' },
    y: { label: 'variance ratio', domain: [0, 3] },
    marks: [
      {
        mark: 'points',
        x: numbers(({ ratio }) => ratio),
        y: numbers(({ spread }) => spread.value),
        label: 'measured',
        colour: 'data',
        size: 4,
      },
      { mark: 'rule', axis: 'y', at: 1 },
      {
        mark: 'points',
        x: known.map(({ eta, epsilon }) => eta ** 2 / epsilon),
        y: known.map(({ ratio }) => ratio),
        label: 'known from float64 orbits',
        colour: 'theory',
        size: 9,
      },
    ],
    ...size,
  };
}
