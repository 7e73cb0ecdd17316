import type { GroupMark, Mark } from 'vega';
import { fontFamily } from './words.ts';

/** A line or an area of one colour; `path` as SVG says it. */
export function pathMark(
  path: string,
  look: {
    readonly stroke?: string;
    readonly width?: number;
    readonly dash?: readonly [number, number];
    readonly fill?: string;
    readonly opacity?: number;
  },
): Mark {
  return {
    type: 'path',
    encode: {
      enter: {
        path: { value: path },
        ...(look.fill === undefined ? {} : { fill: { value: look.fill } }),
        ...(look.stroke === undefined ? {} : { stroke: { value: look.stroke } }),
        ...(look.width === undefined ? {} : { strokeWidth: { value: look.width } }),
        ...(look.dash === undefined ? {} : { strokeDash: { value: [...look.dash] } }),
        ...(look.opacity === undefined ? {} : { opacity: { value: look.opacity } }),
        strokeCap: { value: look.dash === undefined ? 'round' : 'butt' },
        strokeJoin: { value: 'round' },
      },
    },
  };
}

export interface TextLook {
  readonly size: number;
  readonly fill: string;
  readonly align?: 'left' | 'center' | 'right';
  readonly baseline?: 'top' | 'middle' | 'bottom' | 'alphabetic';
  /** Degrees, clockwise. */
  readonly angle?: number;
  /** Colour of a rim around the letters, that keeps them apart from what is below. */
  readonly rim?: string;
}

/** Words, a line below another; `x` and `y` in px. */
export function textMarks(
  lines: string | readonly string[],
  x: number,
  y: number,
  look: TextLook,
): readonly Mark[] {
  const mark = (paint: { readonly fill: string; readonly stroke?: string }): Mark => ({
    type: 'text',
    encode: {
      enter: {
        x: { value: x },
        y: { value: y },
        text: { value: typeof lines === 'string' ? lines : [...lines] },
        font: { value: fontFamily },
        fontSize: { value: look.size },
        align: { value: look.align ?? 'left' },
        baseline: { value: look.baseline ?? 'alphabetic' },
        angle: { value: look.angle ?? 0 },
        fill: { value: paint.fill },
        ...(paint.stroke === undefined
          ? {}
          : {
              stroke: { value: paint.stroke },
              strokeWidth: { value: 3 },
              strokeJoin: { value: 'round' },
            }),
      },
    },
  });
  const { fill, rim } = look;
  return rim === undefined ? [mark({ fill })] : [mark({ fill: rim, stroke: rim }), mark({ fill })];
}

/** Marks at a place of their own; `clip` cuts them at the size given. */
export function group(
  place: {
    readonly x: number;
    readonly y: number;
    readonly width?: number;
    readonly height?: number;
  },
  content: Omit<GroupMark, 'type' | 'encode'>,
): GroupMark {
  const { x, y, width = 0, height = 0 } = place;
  return {
    type: 'group',
    ...content,
    encode: {
      enter: {
        x: { value: x },
        y: { value: y },
        width: { value: width },
        height: { value: height },
      },
    },
  };
}
