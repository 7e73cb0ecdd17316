import { shareAt } from '../export/extent.ts';
import type { Margins } from './axes.ts';
import './marks.css';
import { shape } from './svg.ts';
import type { Viewport } from './viewport.ts';

/** A value of the axis that has a name. */
export interface Mark {
  readonly across: number;
  readonly name: string;
}

/** Names of values, drawn over a picture. */
export interface Marks {
  readonly element: SVGSVGElement;
  /** Draws those that are in `viewport`, the first named first, on a figure of this size, px, with these margins. */
  draw(
    marks: readonly Mark[],
    viewport: Viewport,
    size: { readonly width: number; readonly height: number },
    margins: Margins,
  ): void;
}

/** A mark, and where its name stands. */
export interface PlacedMark extends Mark {
  /** From the left of the picture, px. */
  readonly x: number;
  /** Left end of the name and its row from the top; absent where there is no room for it. */
  readonly label?: { readonly x: number; readonly row: number };
}

const rows = [0, 1, 2, 3] as const;
const ROW_HEIGHT = 16; // px
/** Between a line and its name, and between two names, px. */
const [GAP, SPACE] = [4, 8];
/** Lines nearer than this are one to the eye, px. */
const NEAREST = 2;

/**
 * Chooses where names stand, so that none covers another: beside its line, in the first row with room.
 *
 * @param marks with x in px from the left; the first come first.
 * @param widthOf px of a name.
 */
export function placeMarks(
  marks: readonly (Mark & { readonly x: number })[],
  width: number,
  widthOf: (name: string) => number,
): readonly PlacedMark[] {
  const taken: { readonly from: number; readonly to: number; readonly row: number }[] = [];
  const named: number[] = [];
  return marks.map((mark) => {
    const length = widthOf(mark.name);
    const isBeyond = mark.x + GAP + length > width;
    const from = isBeyond ? mark.x - GAP - length : mark.x + GAP;
    const to = from + length;
    const isFree = (row: number) =>
      taken.every((each) => each.row !== row || each.to + SPACE <= from || to + SPACE <= each.from);
    const row = rows.find(isFree);
    const isOne = named.some((x) => Math.abs(mark.x - x) < NEAREST);
    if (row === undefined || isOne || from < 0) return mark;
    taken.push({ from, to, row });
    named.push(mark.x);
    return { ...mark, label: { x: from, row } };
  });
}

export function createMarks(): Marks {
  const element = shape('svg', { class: 'marks', role: 'img' });
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  const widthOf = (name: string) => {
    if (!context) return 7 * name.length;
    context.font = `11.5px ${getComputedStyle(element).fontFamily || 'sans-serif'}`;
    return context.measureText(name).width;
  };
  return {
    element,
    draw(marks, { across }, { width, height }, { left, right, top, bottom }) {
      const plotWidth = width - left - right;
      element.setAttribute('viewBox', `0 0 ${width} ${height}`);
      const seen = marks
        .map((mark) => ({ ...mark, x: shareAt(across, mark.across) * plotWidth }))
        .filter(({ x }) => x >= 0 && x <= plotWidth);
      const placed = placeMarks(seen, plotWidth, widthOf);
      element.toggleAttribute('hidden', placed.length === 0);
      element.setAttribute(
        'aria-label',
        `Thresholds: ${placed.map(({ name }) => name).join(', ')}`,
      );
      element.replaceChildren(
        ...placed.map(({ x }) =>
          shape('line', { x1: left + x, x2: left + x, y1: top, y2: height - bottom }),
        ),
        ...placed.flatMap(({ label, name }) => {
          if (!label) return [];
          const y = top + 13 + label.row * ROW_HEIGHT;
          const text = shape('text', { x: left + label.x, y });
          text.textContent = name;
          return [text];
        }),
      );
    },
  };
}
