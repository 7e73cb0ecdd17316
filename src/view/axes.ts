import type { Extent } from '../export/extent.ts';
import { type Tick, type Ticks, ticksOf } from '../export/ticks.ts';
import { shape } from './svg.ts';
import type { Viewport } from './viewport.ts';

const TICK = 5; // px
/** Room a label needs, px: numbers of about seven characters side by side, or one below another. */
const LABEL_ROOM = { across: 92, up: 56 } as const;

/** Names of the two directions, as they are read: `η`, `x`. */
export interface AxisNames {
  readonly across: string;
  /** Empty where the window has no height of its own, and no axis up. */
  readonly up: string;
  /** What is drawn, where it is no density. */
  readonly what?: string;
}

/** Another unit for the numbers along the axis: a value is shown as value x factor. */
export interface AxisUnit {
  /** As it stands at the axis and, shorter, before a number. */
  readonly name: string;
  readonly symbol: string;
  readonly factor: number;
}

/** Margins of the plot inside the figure, px: room for the axes. */
export interface Margins {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Room for the axes of a figure this wide, px. */
export function marginsOf(width: number): Margins {
  return width < 560
    ? { left: 58, right: 10, top: 30, bottom: 46 }
    : { left: 66, right: 18, top: 34, bottom: 50 };
}

/** Axes over a figure: ticks, numbers and names. */
export interface Axes {
  readonly element: SVGSVGElement;
  /** Draws the axes of `viewport` on a figure of this size, px; those across in `unit`, where there is one. */
  draw(
    viewport: Viewport,
    names: AxisNames,
    unit: AxisUnit | undefined,
    width: number,
    height: number,
  ): void;
}

export function createAxes(): Axes {
  // The figure's label says the same in words.
  const element = shape('svg', { class: 'axes', 'aria-hidden': 'true' });
  return {
    element,
    draw(viewport, names, unit, width, height) {
      const { left, right, top, bottom } = marginsOf(width);
      const plotWidth = width - left - right;
      const plotHeight = height - top - bottom;
      element.setAttribute('viewBox', `0 0 ${width} ${height}`);
      const across = ticksOf(
        inUnit(viewport.across, unit),
        Math.floor(plotWidth / LABEL_ROOM.across),
      );
      const up: Ticks =
        names.up === ''
          ? { ticks: [], note: '' }
          : ticksOf(viewport.up, Math.floor(plotHeight / LABEL_ROOM.up));
      const base = top + plotHeight;
      const x = ({ share }: Tick) => left + share * plotWidth;
      const y = ({ share }: Tick) => base - share * plotHeight;
      element.replaceChildren(
        line(left, base + 0.5, left + plotWidth, base + 0.5),
        line(left - 0.5, top, left - 0.5, base),
        ...across.ticks.flatMap((tick) => [
          line(x(tick), base, x(tick), base + TICK),
          text(x(tick), base + 19, tick.label, 'middle'),
        ]),
        ...up.ticks.flatMap((tick) => [
          line(left - TICK, y(tick), left, y(tick)),
          text(left - TICK - 4, y(tick) + 4, tick.label, 'end'),
        ]),
        name(left + plotWidth / 2, height - 8, unit?.name ?? names.across, across, 'middle'),
        name(12, top - 13, names.up, up, 'start'),
      );
    },
  };
}

/** The numbers of an extent in another unit. */
function inUnit({ from, to, scale }: Extent, unit: AxisUnit | undefined): Extent {
  const { factor } = unit ?? { factor: 1 };
  return { from: from * factor, to: to * factor, scale };
}

function line(x1: number, y1: number, x2: number, y2: number): SVGElement {
  return shape('line', { x1, y1, x2, y2 });
}

function text(x: number, y: number, words: string, anchor: string): SVGElement {
  const element = shape('text', { x, y, 'text-anchor': anchor });
  element.textContent = words;
  return element;
}

function name(x: number, y: number, words: string, { note }: Ticks, anchor: string): SVGElement {
  const element = shape('text', { x, y, 'text-anchor': anchor, class: 'name' });
  element.append(words);
  if (note !== '') {
    const span = shape('tspan', { class: 'note' });
    span.textContent = ` ${note}`;
    element.append(span);
  }
  return element;
}
