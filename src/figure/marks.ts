import type { Mark as VegaMark } from 'vega';
import { contourPath } from './contour-path.ts';
import type {
  ContourMark,
  CurveMark,
  HistogramMark,
  ImageMark,
  Mark,
  PointsMark,
  TextMark,
} from './figure.ts';
import { imageUrl } from './image-url.ts';
import { colourOf, ink } from './palette.ts';
import { barsPath, curvePath, dotsPath, errorPath } from './paths.ts';
import { type Area, across, down } from './place.ts';
import { group, pathMark, textMarks } from './primitives.ts';
import { fontSizes, textWidth } from './words.ts';

/** How a curve is drawn: dashed and in the colour of theory, or solid and in that of data. */
export function curveLook({ colour, dash }: CurveMark) {
  return {
    stroke: colourOf(colour ?? (dash ? 'theory' : 'data')),
    width: 1.8,
    ...(dash ? { dash: [7, 4] as const } : {}),
  };
}

export function dotLook({ colour, size }: PointsMark) {
  return { stroke: colourOf(colour ?? 'data'), width: size ?? 6 };
}

export function errorLook({ colour }: PointsMark) {
  return { stroke: colourOf(colour ?? 'data'), width: 1.2 };
}

export function contourLook({ colour }: ContourMark) {
  return { stroke: colourOf(colour ?? 'theory'), width: 1.2 };
}

export function barLook({ colour }: HistogramMark) {
  const fill = colourOf(colour ?? 'data');
  return { fill, stroke: fill, width: 0.5, opacity: 0.55 };
}

/**
 * What a panel shows between its axes. First marks lie lowest, but dashed curves, which say what was
 * expected, above all that was computed, and words above all.
 */
export function panelMarks(marks: readonly Mark[], area: Area): readonly VegaMark[] {
  const hasImage = marks.some(({ mark }) => mark === 'image');
  const layer = (mark: Mark) =>
    mark.mark === 'text' ? 2 : mark.mark === 'curve' && mark.dash ? 1 : 0;
  const groups: VegaMark[] = [];
  let inside: VegaMark[] = [];
  const close = () => {
    const { width, height } = area;
    if (inside.length > 0)
      groups.push(group({ x: 0, y: 0, width, height }, { clip: true, marks: inside }));
    inside = [];
  };
  for (const mark of marks.toSorted((a, b) => layer(a) - layer(b))) {
    if (mark.mark === 'points' || mark.mark === 'text') {
      close(); // a dot at the edge is shown whole
      groups.push(...(mark.mark === 'text' ? words(mark, area) : dots(mark, area)));
    } else if (mark.mark !== 'rule') inside.push(...clipped(mark, area, hasImage));
  }
  close();
  return groups;
}

/** Marks that end at the edges of the area. */
type ClippedMark = Exclude<Mark, { readonly mark: 'points' | 'text' | 'rule' }>;

function clipped(mark: ClippedMark, area: Area, hasImage: boolean): readonly VegaMark[] {
  switch (mark.mark) {
    case 'curve': {
      const look = curveLook(mark);
      const path = curvePath(mark, area);
      // On a picture a line needs a rim, or it is lost where the picture has its colour.
      const rim = pathMark(path, { stroke: '#ffffff', width: look.width + 2, opacity: 0.75 });
      return hasImage ? [rim, pathMark(path, look)] : [pathMark(path, look)];
    }
    case 'contour':
      return [pathMark(contourPath(mark, area), contourLook(mark))];
    case 'histogram':
      return [pathMark(barsPath(mark, area), barLook(mark))];
    case 'image':
      return [imageMark(mark, area)];
  }
}

function dots(mark: PointsMark, area: Area): readonly VegaMark[] {
  const centres = pathMark(dotsPath(mark, area), dotLook(mark));
  return mark.error === undefined
    ? [centres]
    : [pathMark(errorPath(mark, area), errorLook(mark)), centres];
}

function imageMark({ picture, x, y, colours }: ImageMark, area: Area): VegaMark {
  const [left, right] = [across(area, x[0]), across(area, x[1])];
  const [top, bottom] = [down(area, y[1]), down(area, y[0])];
  const keepColours = colours !== undefined && 'entries' in colours;
  return {
    type: 'image',
    encode: {
      enter: {
        url: { value: imageUrl(picture, right - left, bottom - top, keepColours) },
        x: { value: left },
        y: { value: top },
        width: { value: right - left },
        height: { value: bottom - top },
        aspect: { value: false },
        // Enlarged, a cell is a rectangle; brought down, it must not fall between two pixels.
        smooth: { value: picture.width > right - left || picture.height > bottom - top },
      },
    },
  };
}

/** Words above their place, moved as far as it takes to stay inside. */
function words({ x, y, text, colour }: TextMark, area: Area): readonly VegaMark[] {
  const half = textWidth(text, fontSizes.note) / 2;
  const middle = Math.min(area.width - half - 4, Math.max(half + 4, across(area, x)));
  const foot = Math.min(area.height - 4, Math.max(fontSizes.note + 4, down(area, y) - 5));
  return textMarks(text, middle, foot, {
    size: fontSizes.note,
    fill: colour === undefined ? ink.label : colourOf(colour),
    align: 'center',
    rim: '#ffffff',
  });
}
