import type { CurveMark, HistogramMark, PointsMark } from './figure.ts';
import { type Area, across, down } from './place.ts';

/** Columns a curve is thinned to, for each pixel: what a screen of twice the density can show. */
const COLUMNS = 2;

/**
 * A curve as an SVG path. Of consecutive points in the same half pixel column only the first, lowest, highest
 * and last are kept, which draws the same pixels; a number that is not finite breaks the line.
 */
export function curvePath({ x, y }: CurveMark, area: Area): string {
  const parts: string[] = [];
  let pen = 'M';
  const put = ([left, top]: Point) => {
    parts.push(`${pen}${left},${top}`);
    pen = 'L';
  };
  let run: Point[] = [];
  const flush = () => {
    for (const point of thinned(run)) put(point);
    run = [];
  };
  for (let at = 0; at < x.length; at++) {
    const left = across(area, x[at] ?? Number.NaN);
    const top = down(area, y[at] ?? Number.NaN);
    if (!Number.isFinite(left) || !Number.isFinite(top)) {
      flush();
      pen = 'M';
      continue;
    }
    const [first] = run;
    if (first && columnOf(first[0]) !== columnOf(left)) flush();
    run.push([left, top]);
  }
  flush();
  return parts.join('');
}

type Point = readonly [left: number, top: number];

function columnOf(left: number): number {
  return Math.floor(left * COLUMNS);
}

/** First, highest, lowest and last of the points of one column, in their order. */
function thinned(run: readonly Point[]): readonly Point[] {
  if (run.length <= 4) return run;
  let [highest, lowest] = [0, 0];
  run.forEach(([, top], at) => {
    if (top < (run[highest]?.[1] ?? 0)) highest = at;
    if (top > (run[lowest]?.[1] ?? 0)) lowest = at;
  });
  const kept = new Set([0, Math.min(highest, lowest), Math.max(highest, lowest), run.length - 1]);
  return run.filter((_, at) => kept.has(at));
}

/**
 * Points inside the area as an SVG path of dots: lines of no length, to be stroked with round ends. Points
 * that share a hundredth of a pixel are one.
 */
export function dotsPath({ x, y }: PointsMark, area: Area): string {
  const dots = new Set<string>();
  for (let at = 0; at < x.length; at++) {
    const left = across(area, x[at] ?? Number.NaN);
    const top = down(area, y[at] ?? Number.NaN);
    if (isInside(left, top, area)) dots.add(`M${left},${top}h0`);
  }
  return [...dots].join('');
}

/** Bars from y - error to y + error as an SVG path, cut at the edges of the area. */
export function errorPath({ x, y, error }: PointsMark, area: Area): string {
  const bars: string[] = [];
  for (let at = 0; at < x.length; at++) {
    const left = across(area, x[at] ?? Number.NaN);
    const [value = Number.NaN, half = Number.NaN] = [y[at], error?.[at]];
    const top = down(area, value + half);
    const low = down(area, value - half);
    // On a logarithmic axis a bar may reach below 0: down to the edge.
    const bottom = Number.isNaN(low) && half > 0 ? area.height : low;
    if (!(left >= 0 && left <= area.width && top < area.height && bottom > 0)) continue;
    bars.push(`M${left},${Math.max(0, top)}V${Math.min(area.height, bottom)}`);
  }
  return bars.join('');
}

/** The outline of bars as an SVG path, closed along the foot of the area or 0. */
export function barsPath({ edges, heights }: HistogramMark, area: Area): string {
  const isLog = area.y.scale === 'log';
  const foot = isLog ? area.height : down(area, 0);
  const parts: string[] = [];
  for (let bar = 0; bar < heights.length; bar++) {
    const left = across(area, edges[bar] ?? Number.NaN);
    const right = across(area, edges[bar + 1] ?? Number.NaN);
    const top = down(area, heights[bar] ?? Number.NaN);
    if (![left, right, top].every(Number.isFinite) || top === foot) continue;
    parts.push(`M${left},${foot}V${top}H${right}V${foot}Z`);
  }
  return parts.join('');
}

function isInside(left: number, top: number, { width, height }: Area): boolean {
  return left >= 0 && left <= width && top >= 0 && top <= height;
}
