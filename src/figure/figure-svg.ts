import { parse, type Spec, View } from 'vega';
import { checkFigure } from './check-figure.ts';
import type { Figure } from './figure.ts';
import { ink } from './palette.ts';
import { type PanelPlan, panelGroup, planPanel } from './panel.ts';
import { textMarks } from './primitives.ts';
import { fontSizes, wrapText } from './words.ts';

/** Room around a figure and between its panels, px. */
const EDGE = 14;
const GAP = 18;
/** What Vega writes: not every program knows the second, which browsers take the first for. */
const SMOOTH_NOT = 'style="image-rendering: optimizeSpeed; image-rendering: pixelated;"';

/**
 * Draws a figure as SVG. Equal figures give equal text, on every machine.
 *
 * Curves are thinned to what half a pixel shows (`curvePath`); points to one a hundredth of a pixel.
 *
 * @returns the SVG, its size in px, its pictures as PNG within.
 * @throws {RequestError} `bad-figure`, naming panel and mark; see `checkFigure`.
 */
export async function figureSvg(figure: Figure): Promise<string> {
  const { title } = figure;
  checkFigure(figure);
  const view = new View(parse(vegaSpec(figure)), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  return renumbered(svg)
    .replaceAll(SMOOTH_NOT, 'style="image-rendering: optimizeSpeed"')
    .replace(/^<svg[^>]*>/, (head) => `${head}<title>${escaped(title)}</title>`);
}

/** Vega counts what it clips and shades from one drawing to the next. */
function renumbered(svg: string): string {
  const names = new Map<string, string>();
  return svg.replaceAll(
    /(id="|url\(#)((?:clip|gradient_)\d+)/g,
    (_, before: string, id: string) => {
      const name = names.get(id) ?? `part-${names.size}`;
      names.set(id, name);
      return `${before}${name}`;
    },
  );
}

/** Panels in a grid: those in a column begin at one line, those in a row too. */
function vegaSpec({ title, subtitle, panels, columns = 1 }: Figure): Spec {
  const plans = panels.map(planPanel);
  const rows = chunks(plans, columns);
  const lanes =
    chunks(plans, columns)[0]?.map((_, at) => rows.flatMap((row) => row[at] ?? [])) ?? [];
  const columnSizes = lanes.map((lane) => ({
    before: greatest(lane, ({ margin }) => margin.left),
    after: greatest(lane, ({ area, margin }) => area.width + margin.right),
  }));
  const rowSizes = rows.map((row) => ({
    before: greatest(row, ({ margin }) => margin.top),
    after: greatest(row, ({ area, margin }) => area.height + margin.bottom),
  }));
  const columnStarts = starts(columnSizes);
  const width = columnStarts.end + 2 * EDGE;
  const heading = wrapText(title, fontSizes.title, width - 2 * EDGE).filter(Boolean);
  const below = wrapText(subtitle ?? '', fontSizes.subtitle, width - 2 * EDGE).filter(Boolean);
  const top = EDGE + heading.length * 23 + below.length * 18 + (heading.length > 0 ? 6 : 0);
  const rowStarts = starts(rowSizes);
  return {
    width,
    height: top + rowStarts.end + EDGE,
    padding: 0,
    autosize: 'none',
    background: '#ffffff',
    marks: [
      ...heading.flatMap((line, at) =>
        textMarks(line, EDGE, EDGE + at * 23, {
          ...{ size: fontSizes.title, fill: ink.title, baseline: 'top' },
        }),
      ),
      ...below.flatMap((line, at) =>
        textMarks(line, EDGE, EDGE + heading.length * 23 + at * 18, {
          ...{ size: fontSizes.subtitle, fill: ink.quiet, baseline: 'top' },
        }),
      ),
      ...plans.map((plan, at) =>
        panelGroup(
          plan,
          EDGE + (columnStarts.areas[at % columns] ?? 0),
          top + (rowStarts.areas[Math.floor(at / columns)] ?? 0),
        ),
      ),
    ],
  };
}

function chunks<Item>(items: readonly Item[], length: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, at) =>
    items.slice(at * length, (at + 1) * length),
  );
}

function greatest(plans: readonly PanelPlan[], size: (plan: PanelPlan) => number): number {
  return Math.ceil(Math.max(...plans.map(size)));
}

/** Where the areas between axes begin along a direction, and where all ends, px. */
function starts(sizes: readonly { readonly before: number; readonly after: number }[]): {
  readonly areas: readonly number[];
  readonly end: number;
} {
  const areas: number[] = [];
  let end = 0;
  sizes.forEach(({ before, after }, at) => {
    areas.push(end + (at > 0 ? GAP : 0) + before);
    end = (areas[at] ?? 0) + after;
  });
  return { areas, end };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
