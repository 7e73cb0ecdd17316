import type { CurveMark, Panel } from '../figure/figure.ts';
import { densityOf, type GroupedLaw } from './grouped-law.ts';

/** A density that is drawn over what was visited. */
export interface DrawnLaw extends Pick<CurveMark, 'label' | 'colour' | 'dash'> {
  /** Probability per unit of x. */
  readonly density: (x: number) => number;
}

/** Points of a curve. */
const POINTS = 400;

/** A density over [lo, hi] as a curve. */
export function densityCurve(
  { density, ...mark }: DrawnLaw,
  [lo, hi]: readonly [number, number],
): CurveMark {
  const places = Array.from({ length: POINTS + 1 }, (_, at) => lo + (at * (hi - lo)) / POINTS);
  return { mark: 'curve', x: places, y: places.map((x) => density(x)), ...mark };
}

/** What was visited as bars, with laws as curves over it. */
export function lawPanel(
  of: Pick<Panel, 'title' | 'width' | 'height'> & { readonly x: string; readonly data: string },
  law: GroupedLaw,
  drawn: readonly DrawnLaw[],
): Panel {
  const { x: label, data, ...panel } = of;
  const domain = [law.edges[0] ?? 0, law.edges.at(-1) ?? 1] as const;
  const heights = densityOf(law);
  const curves = drawn.map((curve) => densityCurve(curve, domain));
  const highest = Math.max(...heights, ...curves.flatMap(({ y }) => Array.from(y)));
  return {
    ...panel,
    x: { label, domain },
    y: { label: 'probability density', domain: [0, 1.05 * highest] },
    marks: [
      { mark: 'histogram', edges: law.edges, heights, label: data, colour: 'data' },
      ...curves,
    ],
  };
}
