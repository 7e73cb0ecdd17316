import type { Mark, Panel } from '../../src/figure/figure.ts';
import { figureSvg } from '../../src/figure/figure-svg.ts';

export const size = { width: 400, height: 200 } as const;

/** A panel over x in [0, 10] and y in [0, 100], unless axes are given. */
export function panelOf(marks: readonly Mark[], axes: Partial<Panel> = {}): Panel {
  return {
    x: { label: 'eta', domain: [0, 10] },
    y: { label: 'value', domain: [0, 100] },
    ...size,
    ...axes,
    marks,
  };
}

export const svgOf = (marks: readonly Mark[], axes: Partial<Panel> = {}) =>
  figureSvg({ title: '', panels: [panelOf(marks, axes)] });

/** All paths of a colour, as they stand in the SVG, px from the corner of the area between the axes. */
export function pathsIn(svg: string, colour: string): readonly string[] {
  return [...svg.matchAll(/<path [^>]*d="([^"]*)"([^>]*)>/g)].flatMap(([, path = '', look = '']) =>
    look.includes(`"${colour}"`) ? [path] : [],
  );
}

/** The words of an SVG, in the order they are drawn. */
export function wordsIn(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
  );
}
