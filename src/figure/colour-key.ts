import type { GroupMark, Mark as VegaMark } from 'vega';
import { type AxisPlan, axisTitle, planAxis, vegaAxes, vegaScale, widthBeside } from './axes.ts';
import type { ColourBar, ColourList, Mark } from './figure.ts';
import { frameColour, ink } from './palette.ts';
import { group, pathMark, textMarks } from './primitives.ts';
import { fontSizes, textWidth, wrapText } from './words.ts';

/** Width of a bar, side of a flat colour, height of a row, and room to the panel, px. */
const SIZES = { bar: 14, swatch: 13, row: 20, gap: 18, list: 190 } as const;

/** What the colours of a panel's picture mean, to the right of it. */
export type KeyPlan =
  | {
      readonly bar: ColourBar;
      readonly axis: AxisPlan;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly list: ColourList;
      readonly title: readonly string[];
      readonly width: number;
      readonly height: number;
    };

/** Makes room for the key of the first picture that has one. */
export function planKey(marks: readonly Mark[], height: number): KeyPlan | undefined {
  const colours = marks.find((mark) => mark.mark === 'image' && mark.colours !== undefined);
  if (colours?.mark !== 'image' || colours.colours === undefined) return undefined;
  const key = colours.colours;
  if ('entries' in key) {
    const title = wrapText(key.label, fontSizes.note, SIZES.list);
    const labels = key.entries.map(
      ({ label }) => SIZES.swatch + 7 + textWidth(label, fontSizes.note),
    );
    const widths = [...title.map((line) => textWidth(line, fontSizes.note)), ...labels];
    const rows = headHeight(title) + key.entries.length * SIZES.row;
    return { list: key, title, width: SIZES.gap + Math.max(0, ...widths), height: rows };
  }
  const [from, to] = key.domain;
  const axis = planAxis({ from, to, scale: key.scale ?? 'linear' }, height, key.label, 'up');
  const below = key.none ? 12 + SIZES.row : 0;
  const width = SIZES.gap + SIZES.bar + widthBeside(axis);
  return { bar: key, axis, width, height: height + below };
}

/** The key, `x` px from the left of the panel. */
export function keyMark(key: KeyPlan, x: number): GroupMark {
  const place = { x: x + SIZES.gap, y: 0 };
  return 'bar' in key ? barMark(key.bar, key.axis, place) : listMark(key.list, key.title, place);
}

type Place = { readonly x: number; readonly y: number };

function barMark({ colours, none }: ColourBar, axis: AxisPlan, place: Place): GroupMark {
  const { length } = axis;
  const last = Math.max(1, colours.length - 1);
  const fill = {
    gradient: 'linear' as const,
    ...{ x1: 0, y1: 1, x2: 0, y2: 0 },
    stops: colours.map((color, at) => ({ offset: at / last, color })),
  };
  const outline = `M0,0H${SIZES.bar}V${length}H0Z`;
  return group(place, {
    marks: [
      {
        type: 'rect',
        encode: {
          enter: {
            x: { value: 0 },
            y: { value: 0 },
            width: { value: SIZES.bar },
            height: { value: length },
            fill: { value: fill },
          },
        },
      },
      pathMark(outline, { stroke: frameColour, width: 0.8 }),
      ...(none ? swatchMarks(none, length + 12) : []),
      group(
        { x: SIZES.bar, y: 0, height: length },
        {
          scales: [vegaScale('colour', axis, true)],
          axes: [...vegaAxes('colour', axis, 'right', false)],
          marks: [...axisTitle(axis, 'right', length)],
        },
      ),
    ],
  });
}

function listMark(list: ColourList, title: readonly string[], place: Place): GroupMark {
  const top = headHeight(title);
  const head = title.flatMap((line, at) => textMarks(line, 0, 6 + at * (fontSizes.note + 3), look));
  const rows = list.entries.flatMap((entry, at) => swatchMarks(entry, top + at * SIZES.row));
  return group(place, { marks: [...head, ...rows] });
}

const headHeight = (title: readonly string[]) => title.length * (fontSizes.note + 3) + 6;

type Swatch = { readonly colour: string; readonly label: string };

function swatchMarks({ colour, label }: Swatch, y: number): readonly VegaMark[] {
  const side = SIZES.swatch;
  return [
    pathMark(`M0,${y}h${side}v${side}h${-side}Z`, {
      fill: colour,
      stroke: frameColour,
      width: 0.6,
    }),
    ...textMarks(label, side + 7, y + side / 2, look),
  ];
}

const look = { size: fontSizes.note, baseline: 'middle', fill: ink.label } as const;
