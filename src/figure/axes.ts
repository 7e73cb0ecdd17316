import type { Axis, Mark, Scale } from 'vega';
import type { Extent } from '../export/extent.ts';
import { shareAt } from '../export/extent.ts';
import { type Ticks, ticksOf } from '../export/ticks.ts';
import { frameColour, gridColour, ink } from './palette.ts';
import { textMarks } from './primitives.ts';
import { fontFamily, fontSizes, textWidth, wrapText } from './words.ts';

/** Room between two labels, px. */
const LABEL_GAP = 18;
/** Height that a label beside an upright axis has for itself, px. */
const LABEL_ROW = 38;
/** Length of a tick, and of one between decades, px; and from a tick to its label. */
const TICK = 5;
const MINOR_TICK = 3;
const TICK_GAP = 3;
/** Decades from which on no ticks stand between them. */
const MOST_DECADES = 12;

/** An axis with its labels chosen, px. */
export interface AxisPlan {
  readonly extent: Extent;
  readonly length: number;
  readonly ticks: Ticks;
  /** Its words, broken into lines. */
  readonly title: readonly string[];
  /** Width of the widest label. */
  readonly labelWidth: number;
}

/** Chooses ticks and breaks words, for an axis of this length. */
export function planAxis(
  extent: Extent,
  length: number,
  label: string,
  direction: 'across' | 'up',
): AxisPlan {
  const ticks =
    direction === 'up' ? chosenTicks(extent, length / LABEL_ROW) : ticksAcross(extent, length);
  const words = ticks.note === '' ? label : `${label} ${ticks.note}`;
  const labelWidth = widthOf(ticks);
  return {
    extent,
    length,
    ticks,
    title: wrapText(words, fontSizes.axis, length).filter(Boolean),
    labelWidth,
  };
}

/** As many ticks as their labels leave room for. */
function ticksAcross(extent: Extent, length: number): Ticks {
  for (let most = Math.max(2, Math.floor(length / 50)); ; most--) {
    const ticks = chosenTicks(extent, most);
    if (most <= 2 || ticks.ticks.length * (widthOf(ticks) + LABEL_GAP) <= length) return ticks;
  }
}

/** Powers of ten are for numbers that would be long without them. */
function chosenTicks(extent: Extent, most: number): Ticks {
  const { ticks, note } = ticksOf(extent, most);
  const isShort = extent.scale === 'log' && extent.from >= 0.005 && extent.to <= 20_000;
  if (!isShort || note !== '') return { ticks, note };
  const plain = (value: number) => String(Number(value.toPrecision(12)));
  return { ticks: ticks.map((tick) => ({ ...tick, label: plain(tick.value) })), note };
}

function widthOf({ ticks }: Ticks): number {
  return Math.max(0, ...ticks.map(({ label }) => textWidth(label, fontSizes.tick)));
}

/** Height of the axis below a panel, px. */
export function heightBelow({ title }: AxisPlan): number {
  return TICK + TICK_GAP + fontSizes.tick + 8 + lineHeight * title.length;
}

/** Width of the axis beside a panel, px. */
export function widthBeside({ title, labelWidth }: AxisPlan): number {
  return TICK + TICK_GAP + labelWidth + 8 + lineHeight * title.length;
}

const lineHeight = fontSizes.axis + 3;

/** The scale of an axis, for vega. */
export function vegaScale(name: string, { extent, length }: AxisPlan, isUp: boolean): Scale {
  return {
    name,
    type: extent.scale,
    domain: [extent.from, extent.to],
    range: isUp ? [length, 0] : [0, length],
    zero: false,
    nice: false,
  };
}

type Orient = 'bottom' | 'left' | 'right';

/** Ticks with labels, ticks between decades, and lines across the panel unless a picture covers it. */
export function vegaAxes(
  scale: string,
  plan: AxisPlan,
  orient: Orient,
  hasGrid: boolean,
): readonly Axis[] {
  const { ticks } = plan.ticks;
  const shared = {
    scale,
    orient,
    labelOverlap: false,
    tickRound: false,
    domain: false,
    tickColor: frameColour,
  } as const;
  const values = ticks.map(({ value }) => value);
  const labels = JSON.stringify(ticks.map(({ label }) => label));
  const axis: Axis = {
    ...shared,
    values,
    tickSize: TICK,
    labelPadding: TICK_GAP,
    labelFont: fontFamily,
    labelFontSize: fontSizes.tick,
    labelColor: ink.tick,
    zindex: 1,
    encode: {
      labels: {
        update: { text: { signal: `${labels}[round(datum.index * ${values.length - 1})]` } },
      },
    },
  };
  const minor = minorTicks(plan);
  return [
    ...(hasGrid
      ? [
          {
            ...shared,
            values,
            grid: true,
            gridScale: scale === 'x' ? 'y' : 'x',
            gridColor: gridColour,
            ticks: false,
            labels: false,
          },
        ]
      : []),
    ...(minor.length > 0
      ? [{ ...shared, values: [...minor], tickSize: MINOR_TICK, labels: false, zindex: 1 }]
      : []),
    axis,
  ];
}

/** 2 to 9 times the powers of ten, where the labelled ticks leave some of them out. */
function minorTicks({ extent, ticks, length }: AxisPlan): readonly number[] {
  const decades = Math.log10(extent.to / extent.from);
  if (extent.scale === 'linear' || decades < 0.9 || decades > MOST_DECADES) return [];
  if (length / decades < 24) return [];
  const labelled = new Set(ticks.ticks.map(({ value }) => value));
  const minor: number[] = [];
  for (let decade = Math.floor(Math.log10(extent.from)); 10 ** decade <= extent.to; decade++) {
    for (let mantissa = 1; mantissa < 10; mantissa++) {
      const value = Number(`${mantissa}e${decade}`);
      const share = shareAt(extent, value);
      if (share >= 0 && share <= 1 && !labelled.has(value)) minor.push(value);
    }
  }
  return minor;
}

/** The words of an axis: below the panel, to its left, or along a colour bar to its right. */
export function axisTitle(plan: AxisPlan, orient: Orient, panelHeight: number): readonly Mark[] {
  const look = { size: fontSizes.axis, fill: ink.label, align: 'center' } as const;
  if (orient === 'bottom') {
    const y = panelHeight + TICK + TICK_GAP + fontSizes.tick + 8;
    return plan.title.flatMap((line, at) =>
      textMarks(line, plan.length / 2, y + at * lineHeight, { ...look, baseline: 'top' }),
    );
  }
  const near = TICK + TICK_GAP + plan.labelWidth + 8;
  // Upright words are read from below: the first line is the leftmost one.
  return plan.title.flatMap((line, at) => {
    const x =
      orient === 'left'
        ? -near - (plan.title.length - 1 - at) * lineHeight
        : near + at * lineHeight;
    const baseline = orient === 'left' ? 'bottom' : 'top';
    return textMarks(line, x, plan.length / 2, { ...look, angle: -90, baseline });
  });
}
