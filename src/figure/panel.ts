import type { GroupMark } from 'vega';
import {
  type AxisPlan,
  axisTitle,
  heightBelow,
  planAxis,
  vegaAxes,
  vegaScale,
  widthBeside,
} from './axes.ts';
import { type KeyPlan, keyMark, planKey } from './colour-key.ts';
import { extentOf } from './domain.ts';
import type { Panel } from './figure.ts';
import { type LegendPlan, legendMarks, planLegend } from './legend.ts';
import { panelMarks } from './marks.ts';
import { frameColour, ink } from './palette.ts';
import type { Area } from './place.ts';
import { group, pathMark, textMarks } from './primitives.ts';
import { planRules, type RulePlan, ruleMarks } from './rules.ts';
import { fontSizes, textWidth, wrapText } from './words.ts';

const defaultSize = { width: 720, height: 420 } as const;
/** Least room around a panel, and between what stands above it, px. */
const EDGE = 14;
const GAP = 8;

/** A panel with everything around it in its place. */
export interface PanelPlan {
  readonly panel: Panel;
  readonly area: Area;
  readonly x: AxisPlan;
  readonly y: AxisPlan;
  readonly title: readonly string[];
  readonly legend: LegendPlan;
  readonly rules: RulePlan;
  readonly key: KeyPlan | undefined;
  /** Room around the area between the axes, px. */
  readonly margin: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
}

/**
 * Finds room for all of a panel.
 *
 * @throws {RequestError} `bad-figure` if an axis has nothing to show.
 */
export function planPanel(panel: Panel, index: number): PanelPlan {
  const { width = defaultSize.width, height = defaultSize.height } = panel;
  const area: Area = {
    x: extentOf(panel, 'x', index),
    y: extentOf(panel, 'y', index),
    width,
    height,
  };
  const x = planAxis(area.x, width, panel.x.label, 'across');
  const y = planAxis(area.y, height, panel.y.label, 'up');
  const title = panel.title ? wrapText(panel.title, fontSizes.panel, width) : [];
  const legend = planLegend(panel.marks, width);
  const rules = planRules(panel.marks, area);
  const key = planKey(panel.marks, height);
  const heads = [title.length * titleHeight, legend.height, rules.height].filter(
    (head) => head > 0,
  );
  const margin = {
    left: Math.max(EDGE, widthBeside(y)),
    right: Math.max(
      EDGE,
      overhang(x),
      overhang({ ...x, labelWidth: 0 }) + rules.width + (key?.width ?? 0),
    ),
    top: Math.max(EDGE, heads.reduce((sum, head) => sum + head, 0) + GAP),
    bottom: Math.max(heightBelow(x), (key?.height ?? 0) - height),
  };
  return { panel, area, x, y, title, legend, rules, key, margin };
}

const titleHeight = fontSizes.panel + 6;

/** How far the last label may reach beyond the end of the axis, px. */
function overhang({ ticks, labelWidth, length }: AxisPlan): number {
  const last = ticks.ticks.at(-1);
  if (last === undefined) return 0;
  const half = Math.min(labelWidth, textWidth(last.label, fontSizes.tick)) / 2;
  return Math.max(0, last.share * length + half - length) + 4;
}

/** Draws a panel with the corner of its area at (left, top), px. */
export function panelGroup(plan: PanelPlan, left: number, top: number): GroupMark {
  const { area, x, y, title, legend, rules, key } = plan;
  const { width, height } = area;
  const { marks } = plan.panel;
  const hasGrid = marks.every(({ mark }) => mark !== 'image');
  const legendTop = -rules.height - legend.height - GAP + 2;
  const head = legendTop - title.length * titleHeight;
  const look = { size: fontSizes.panel, fill: ink.title, baseline: 'top' } as const;
  return group(
    { x: left, y: top, width, height },
    {
      scales: [vegaScale('x', x, false), vegaScale('y', y, true)],
      axes: [...vegaAxes('x', x, 'bottom', hasGrid), ...vegaAxes('y', y, 'left', hasGrid)],
      marks: [
        ...panelMarks(marks, area),
        pathMark(`M0,0H${width}V${height}H0Z`, { stroke: frameColour, width: 1 }),
        ...ruleMarks(rules, area),
        ...title.flatMap((line, at) => textMarks(line, 0, head + at * titleHeight, look)),
        ...legendMarks(legend, legendTop),
        ...axisTitle(x, 'bottom', height),
        ...axisTitle(y, 'left', height),
        ...(key ? [keyMark(key, width + rules.width)] : []),
      ],
    },
  );
}
