import type { Mark as VegaMark } from 'vega';
import type { Mark, RuleMark } from './figure.ts';
import { colourOf, ink } from './palette.ts';
import { type Area, across, down, hundredth } from './place.ts';
import { pathMark, textMarks } from './primitives.ts';
import { fontSizes, textWidth } from './words.ts';

/** Height of a row of words, and room between two of them, px. */
const ROW = 17;
const GAP = 8;

interface Label {
  readonly rule: RuleMark;
  readonly text: string;
  /** Where its line is, px. */
  readonly at: number;
}

/** The rules of a panel with places for their words, none on another: above the panel, and to its right. */
export interface RulePlan {
  readonly rules: readonly RuleMark[];
  /** Words above, centred at `x`, in rows counted upward. */
  readonly above: readonly (Label & { readonly x: number; readonly row: number })[];
  /** Words to the right, with their middle at `y`. */
  readonly beside: readonly (Label & { readonly y: number })[];
  /** Room they take, px. */
  readonly height: number;
  readonly width: number;
}

/** Places the words of all rules that the area shows. */
export function planRules(marks: readonly Mark[], area: Area): RulePlan {
  const rules = marks.filter((mark) => mark.mark === 'rule');
  const labels = rules.flatMap((rule) => {
    const at = rule.axis === 'x' ? across(area, rule.at) : down(area, rule.at);
    const isShown = at >= 0 && at <= (rule.axis === 'x' ? area.width : area.height);
    return rule.label && isShown ? [{ rule, text: rule.label, at }] : [];
  });
  const above = inRows(
    labels.filter(({ rule }) => rule.axis === 'x'),
    area.width,
  );
  const beside = apart(
    labels.filter(({ rule }) => rule.axis === 'y'),
    area.height,
  );
  return {
    rules,
    above,
    beside,
    height: Math.max(0, ...above.map(({ row }) => (row + 1) * ROW + 4)),
    width: Math.max(0, ...beside.map(({ text }) => textWidth(text, fontSizes.note) + 14)),
  };
}

/** In one row, each as near to its line as the others let it; in more where they are too many. */
function inRows(labels: readonly Label[], width: number): RulePlan['above'] {
  const widths = labels.map(({ text }) => textWidth(text, fontSizes.note) + GAP);
  const rows = Math.ceil(widths.reduce((sum, one) => sum + one, 0) / Math.max(1, width));
  const sorted = labels.toSorted((a, b) => a.at - b.at);
  return Array.from({ length: rows }, (_, row) => {
    const own = sorted.filter((_, at) => at % rows === row);
    const halves = own.map(({ text }) => (textWidth(text, fontSizes.note) + GAP) / 2);
    const places = spread(
      own.map(({ at }) => at),
      halves,
      width,
    );
    return own.map((label, at) => ({ ...label, x: places[at] ?? label.at, row }));
  }).flat();
}

/** Moves intervals apart that overlap: those that touch become a block about the middle of their wishes. */
function spread(
  wishes: readonly number[],
  halves: readonly number[],
  length: number,
): readonly number[] {
  const blocks: { members: number[]; middle: number; half: number }[] = [];
  const placed = (members: number[]) => {
    const half = members.reduce((sum, at) => sum + (halves[at] ?? 0), 0);
    const wish = members.reduce((sum, at) => sum + (wishes[at] ?? 0), 0) / members.length;
    const middle = Math.max(half, Math.min(length - half, wish));
    return { members, middle, half };
  };
  wishes.forEach((_, at) => {
    let block = placed([at]);
    for (
      let before = blocks.at(-1);
      before && before.middle + before.half > block.middle - block.half;
      before = blocks.at(-1)
    ) {
      blocks.pop();
      block = placed([...before.members, ...block.members]);
    }
    blocks.push(block);
  });
  return blocks.flatMap(({ members, middle, half }) => {
    let end = middle - half;
    return members.map((at) => {
      const own = halves[at] ?? 0;
      end += 2 * own;
      return end - own;
    });
  });
}

/** One below another, each as near to its line as the others let it. */
function apart(labels: readonly Label[], height: number): RulePlan['beside'] {
  const sorted = labels.toSorted((a, b) => a.at - b.at);
  const places = spread(
    sorted.map(({ at }) => at),
    sorted.map(() => ROW / 2),
    height,
  );
  return sorted.map((label, at) => ({ ...label, y: places[at] ?? label.at }));
}

/** The lines over the whole panel, each led to its words. */
export function ruleMarks({ rules, above, beside }: RulePlan, area: Area): readonly VegaMark[] {
  const { width, height } = area;
  const lines = rules.flatMap((rule) => {
    const at = rule.axis === 'x' ? across(area, rule.at) : down(area, rule.at);
    if (!(at >= 0 && at <= (rule.axis === 'x' ? width : height))) return [];
    const path = rule.axis === 'x' ? `M${at},0V${height}` : `M0,${at}H${width}`;
    return [pathMark(path, { stroke: colourOf(rule.colour ?? 'quiet'), width: 1.2, dash: [2, 3] })];
  });
  const leaders = [
    ...above.map(({ at, x, row }) => `M${at},0L${hundredth(x)},${-6 - row * ROW}`),
    ...beside.map(({ at, y }) => `M${width},${at}L${width + 8},${hundredth(y)}`),
  ].join('');
  const look = { size: fontSizes.note, fill: ink.label } as const;
  return [
    ...lines,
    ...(leaders === '' ? [] : [pathMark(leaders, { stroke: ink.quiet, width: 0.8 })]),
    ...above.flatMap(({ text, x, row }) =>
      textMarks(text, x, -8 - row * ROW, { ...look, align: 'center', rim: '#ffffff' }),
    ),
    ...beside.flatMap(({ text, y }) =>
      textMarks(text, width + 11, y, { ...look, baseline: 'middle' }),
    ),
  ];
}
