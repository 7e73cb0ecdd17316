import { type Extent, shareAt } from '../../export/extent.ts';
import { ticksOf } from '../../export/ticks.ts';
import type { Margins } from '../../view/axes.ts';
import { shape } from '../../view/svg.ts';

/** Where the shapes of a chart lie: its two extents, and the size of its frame in px. */
export interface ChartFrame {
  readonly across: Extent;
  readonly up: Extent;
  readonly width: number;
  readonly height: number;
}

/** What a chart shows, and the room it has. */
export interface ChartDrawing {
  readonly across: Extent;
  readonly up: Extent;
  /** Size of the whole chart, px. */
  readonly width: number;
  readonly height: number;
  readonly margins: Margins;
  /** Names of the directions; without one, that direction has no numbers. */
  readonly names: { readonly across?: string; readonly up?: string };
  /** The shapes inside the frame, by its own px: the origin is its upper left corner. */
  readonly shapes: (frame: ChartFrame) => readonly SVGElement[];
}

/** A curve, which breaks where it is not finite. */
export type Points = Iterable<readonly [across: number, up: number]>;

const TICK = 4; // px
const LABEL_ROOM = { across: 52, up: 30 } as const;
/** Room above the frame, px, in which its upward direction is named; else that is inside. */
const NAME_ROOM = 18;
/** Farther outside, px, browsers draw lines wrongly. */
const FARTHEST = 1e5;

/** A chart, empty until it is drawn. */
export function createChart(label: string): SVGSVGElement {
  return shape('svg', { class: 'chart', role: 'img', 'aria-label': label });
}

/** Draws a chart anew. */
export function drawChart(chart: SVGSVGElement, drawing: ChartDrawing): void {
  const { across, up, width, height, margins, names } = drawing;
  const frame: ChartFrame = {
    across,
    up,
    width: Math.max(1, width - margins.left - margins.right),
    height: Math.max(1, height - margins.top - margins.bottom),
  };
  const { left, top } = margins;
  const base = top + frame.height;
  chart.setAttribute('width', String(width));
  chart.setAttribute('height', String(height));
  const inside = shape('svg', {
    class: 'inside',
    x: left,
    y: top,
    width: frame.width,
    height: frame.height,
  });
  inside.append(...drawing.shapes(frame));
  const parts: SVGElement[] = [
    line('axis', left, base + 0.5, left + frame.width, base + 0.5),
    line('axis', left - 0.5, top, left - 0.5, base),
    inside,
  ];
  if (names.across !== undefined) {
    const { ticks, note } = ticksOf(across, Math.floor(frame.width / LABEL_ROOM.across));
    for (const { share, label } of ticks) {
      const x = left + share * frame.width;
      parts.push(line('axis', x, base, x, base + TICK), words(x, base + 16, label, 'middle'));
    }
    const name = `${names.across} ${note}`.trim();
    parts.push(words(left + frame.width / 2, base + 31, name, 'middle', 'name'));
  }
  if (names.up !== undefined) {
    const { ticks, note } = ticksOf(up, Math.floor(frame.height / LABEL_ROOM.up));
    for (const { share, label } of ticks) {
      const y = base - share * frame.height;
      parts.push(line('axis', left - TICK, y, left, y), words(left - 7, y + 4, label, 'end'));
    }
    const isAbove = top >= NAME_ROOM;
    const place = isAbove ? ([4, top - 7] as const) : ([left + 5, top + 11] as const);
    parts.push(words(...place, `${names.up} ${note}`.trim(), 'start', 'name'));
  }
  chart.replaceChildren(...parts);
}

/** A line through points. */
export function curve(name: string, points: Points, frame: ChartFrame): SVGElement {
  return shape('path', { class: name, d: pathOf(points, frame) });
}

/** The area between two curves of equal places, where both are finite. */
export function band(
  name: string,
  rows: Iterable<readonly [across: number, low: number, high: number]>,
  frame: ChartFrame,
): SVGElement {
  const finite = [...rows].filter((row) => row.every(Number.isFinite));
  const there = finite.map(([across, , high]) => [across, high] as const);
  const back = finite.toReversed().map(([across, low]) => [across, low] as const);
  const outline = pathOf([...there, ...back], frame);
  return shape('path', { class: name, d: outline && `${outline}Z` });
}

/** A dot at each point. */
export function dots(
  name: string,
  points: Points,
  frame: ChartFrame,
  radius: number,
): readonly SVGElement[] {
  return [...points]
    .filter(([across, up]) => Number.isFinite(across) && Number.isFinite(up))
    .map(([across, up]) =>
      shape('circle', { class: name, cx: xOf(frame, across), cy: yOf(frame, up), r: radius }),
    );
}

/** A line across the whole frame at a value. */
export function level(name: string, up: number, frame: ChartFrame): SVGElement {
  const y = yOf(frame, up);
  return line(name, 0, y, frame.width, y);
}

/** A line up the whole frame at a value. */
export function upright(name: string, across: number, frame: ChartFrame): SVGElement {
  const x = xOf(frame, across);
  return line(name, x, 0, x, frame.height);
}

/** Place of a value across, px from the left of the frame. */
export function xOf({ across, width }: ChartFrame, value: number): number {
  return tame(shareAt(across, value) * width);
}

/** Place of a value up, px from the top of the frame. */
export function yOf({ up, height }: ChartFrame, value: number): number {
  return tame((1 - shareAt(up, value)) * height);
}

const tame = (place: number) => Math.max(-FARTHEST, Math.min(FARTHEST, place));

function pathOf(points: Points, frame: ChartFrame): string {
  let path = '';
  let isDown = false;
  for (const [across, up] of points) {
    const [x, y] = [xOf(frame, across), yOf(frame, up)];
    const isThere = Number.isFinite(x) && Number.isFinite(y);
    if (isThere) path += `${isDown ? 'L' : 'M'}${x.toFixed(2)},${y.toFixed(2)}`;
    isDown = isThere;
  }
  return path;
}

function line(name: string, x1: number, y1: number, x2: number, y2: number): SVGElement {
  return shape('line', { class: name, x1, y1, x2, y2 });
}

function words(x: number, y: number, text: string, anchor: string, name = ''): SVGElement {
  const element = shape('text', { x, y, 'text-anchor': anchor, class: name });
  element.textContent = text;
  return element;
}
