import type { Mark as VegaMark } from 'vega';
import type { Mark } from './figure.ts';
import { barLook, contourLook, curveLook, dotLook, errorLook } from './marks.ts';
import { ink } from './palette.ts';
import { group, pathMark, textMarks } from './primitives.ts';
import { fontSizes, textWidth } from './words.ts';

/** Sizes of an entry, px. */
const KEY = { width: 26, gap: 6, after: 20, row: 20 } as const;

type LabelledMark = Extract<Mark, { readonly mark: 'curve' | 'points' | 'histogram' | 'contour' }>;

/** Marks with words, placed in rows above their panel. */
export interface LegendPlan {
  readonly entries: readonly {
    readonly mark: LabelledMark;
    readonly x: number;
    readonly row: number;
  }[];
  /** px */
  readonly height: number;
}

/** Places the entries of all labelled marks in rows of this width, px; equal entries are one. */
export function planLegend(marks: readonly Mark[], width: number): LegendPlan {
  const seen = new Set<string>();
  const entries: { mark: LabelledMark; x: number; row: number }[] = [];
  let [x, row] = [0, 0];
  for (const mark of marks) {
    if (!isLabelled(mark)) continue;
    const key = JSON.stringify([mark.mark, mark.label, mark.colour, 'dash' in mark && mark.dash]);
    if (seen.has(key)) continue;
    seen.add(key);
    const length = KEY.width + KEY.gap + textWidth(mark.label ?? '', fontSizes.note);
    if (x > 0 && x + length > width) [x, row] = [0, row + 1];
    entries.push({ mark, x, row });
    x += length + KEY.after;
  }
  return { entries, height: entries.length === 0 ? 0 : (row + 1) * KEY.row };
}

function isLabelled(mark: Mark): mark is LabelledMark {
  return (
    mark.mark !== 'image' && mark.mark !== 'rule' && mark.mark !== 'text' && Boolean(mark.label)
  );
}

/** The entries, each with its mark as the panel shows it; `y` is the top, px. */
export function legendMarks({ entries }: LegendPlan, y: number): readonly VegaMark[] {
  return entries.map(({ mark, x, row }) =>
    group(
      { x, y: y + row * KEY.row },
      {
        marks: [
          ...keyMarks(mark),
          ...textMarks(mark.label ?? '', KEY.width + KEY.gap, KEY.row / 2, {
            size: fontSizes.note,
            fill: ink.label,
            baseline: 'middle',
          }),
        ],
      },
    ),
  );
}

function keyMarks(mark: LabelledMark): readonly VegaMark[] {
  const middle = KEY.row / 2;
  const line = `M0,${middle}H${KEY.width}`;
  switch (mark.mark) {
    case 'curve':
      return [pathMark(line, curveLook(mark))];
    case 'contour':
      return [pathMark(line, contourLook(mark))];
    case 'histogram':
      return [pathMark(`M2,${middle - 6}H${KEY.width - 2}V${middle + 6}H2Z`, barLook(mark))];
    case 'points': {
      const dot = pathMark(`M${KEY.width / 2},${middle}h0`, dotLook(mark));
      const bar = `M${KEY.width / 2},${middle - 8}v16`;
      return mark.error === undefined ? [dot] : [pathMark(bar, errorLook(mark)), dot];
    }
  }
}
