import type { CurveMark, Mark, Panel } from '../figure/figure.ts';
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
): Mark {
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
  return {
    ...panel,
    x: { label, domain },
    y: { label: 'probability density' },
    marks: [
      { mark: 'histogram', edges: law.edges, heights: densityOf(law), label: data, colour: 'data' },
      ...drawn.map((curve) => densityCurve(curve, domain)),
    ],
  };
}
