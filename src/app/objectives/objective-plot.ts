import type { Spec } from '../../spec/spec.ts';
import { shape } from '../../view/svg.ts';
import { type Curve, type Section, sectionsOf } from './objective-curves.ts';
import './objective-plot.css';

/** Size of a drawing, in its own units: about px on a screen. */
const [WIDTH, HEIGHT] = [264, 84];
/** Room above and below the curves. */
const MARGIN = 5;
/** A piece no higher than this is drawn as a point of the line. */
const FLAT = 1.5;
/** Digits of the numbers beside it. */
const DIGITS = 3;

/** A small picture of an objective: f and f0 along each variable, and one cell of the micro part. */
export interface ObjectivePlot {
  readonly element: HTMLElement;
  /** Draws the objective of a spec, in a task of its own. */
  draw(spec: Spec): void;
  dispose(): void;
}

export function createObjectivePlot(): ObjectivePlot {
  const element = document.createElement('div');
  element.className = 'objective-plot';
  let drawn = '';
  let timer = 0;
  const renew = (spec: Spec) => {
    const { objective, axes, measures, ensemble } = spec;
    const now = JSON.stringify([objective, axes, measures, ensemble.initial]);
    if (now === drawn) return; // what it depends on is what it was
    drawn = now;
    element.replaceChildren(...sectionsOf(spec, WIDTH).flatMap(figuresOf));
  };
  return {
    element,
    draw(spec) {
      clearTimeout(timer);
      timer = window.setTimeout(renew, 0, spec);
    },
    dispose: () => clearTimeout(timer),
  };
}

function figuresOf(section: Section, index: number): readonly HTMLElement[] {
  const { variable, whole, macro, cell } = section;
  const along = figureOf(
    [
      { curve: whole, name: 'whole' },
      { curve: macro, name: 'macro' },
    ],
    `f and f₀ along ${variable}`,
    [numberText(whole.from), variable, numberText(whole.to)],
  );
  if (!cell) return [along];
  const phase = `${variable} / ε`;
  const words = `f₁ along ${phase}`;
  const ends = [phaseText(cell.from), phase, phaseText(cell.to)] as const;
  // The first variable tells what a cell is; the others have theirs where there is room.
  return index > 0 ? [along] : [along, figureOf([{ curve: cell, name: 'micro' }], words, ends)];
}

interface Drawn {
  readonly curve: Curve;
  readonly name: 'whole' | 'macro' | 'micro';
}

function figureOf(
  curves: readonly Drawn[],
  words: string,
  ends: readonly [string, string, string],
): HTMLElement {
  const figure = document.createElement('figure');
  const [low, high] = boundsOf(curves.map(({ curve }) => curve));
  const heights = `from ${low.toPrecision(DIGITS)} to ${high.toPrecision(DIGITS)}`;
  const svg = shape('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: 'none',
    role: 'img',
    'aria-label': `${words}, ${heights}`,
  });
  svg.append(
    ...curves.map(({ curve, name }) => shape('path', { class: name, d: pathOf(curve, low, high) })),
  );
  const caption = document.createElement('figcaption');
  const [from, along, to] = ends;
  const middle = span('');
  middle.append(
    ...curves.map(({ name }) => span({ whole: 'f', macro: 'f₀', micro: 'f₁' }[name], name)),
    span(`over ${along}`),
  );
  caption.append(span(from), middle, span(to));
  figure.append(svg, caption);
  return figure;
}

/** A band between the least and the largest values; broken where there are none. */
function pathOf({ least, most }: Curve, low: number, high: number): string {
  const height = (value: number) =>
    HEIGHT - MARGIN - ((value - low) / (high - low)) * (HEIGHT - 2 * MARGIN);
  let path = '';
  let pen: number | undefined; // height where it stands
  for (let piece = 0; piece < least.length; piece++) {
    const [bottom = Number.NaN, top = Number.NaN] = [least[piece], most[piece]];
    if (Number.isNaN(bottom)) {
      pen = undefined;
      continue;
    }
    const ends = [height(bottom), height(top)] as const;
    // From the end that is nearer to the last: a line that falls is as thin as one that rises.
    const isTurned = pen !== undefined && Math.abs(pen - ends[1]) < Math.abs(pen - ends[0]);
    const [first, second] = isTurned ? [ends[1], ends[0]] : ends;
    const across = (piece + 0.5).toFixed(1);
    path += `${pen === undefined ? 'M' : 'L'}${across} ${first.toFixed(2)}`;
    if (Math.abs(first - second) > FLAT) path += `L${across} ${second.toFixed(2)}`;
    pen = second;
  }
  return path;
}

function boundsOf(curves: readonly Curve[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { least, most } of curves) {
    for (const value of least) if (value < low) low = value;
    for (const value of most) if (value > high) high = value;
  }
  if (!(low <= high)) return [0, 1];
  return low < high ? [low, high] : [low - 1, high + 1];
}

function numberText(value: number): string {
  return `${Number(value.toPrecision(DIGITS))}`.replaceAll('-', '−');
}

function phaseText(phase: number): string {
  const turns = phase / Math.PI;
  const sign = phase < 0 ? '−' : '';
  if (Math.abs(turns) === 1) return `${sign}π`;
  return Math.abs(turns) === 0.5 ? `${sign}π/2` : `${sign}${Math.abs(phase)}`;
}

function span(words: string, name = ''): HTMLElement {
  const made = document.createElement('span');
  made.className = name;
  made.textContent = words;
  return made;
}
