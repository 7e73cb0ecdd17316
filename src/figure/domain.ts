import type { Extent } from '../export/extent.ts';
import { RequestError } from '../spec/errors.ts';
import type { AxisLine, Mark, Panel } from './figure.ts';

/** Share of an axis left free beyond the outermost point or curve. */
const MARGIN = 0.04;

/**
 * What an axis of a panel shows: its domain, or what the marks span, with a little room beside points and
 * curves; bars stand on 0.
 *
 * @param index the panel's, for errors.
 * @throws {RequestError} `bad-figure` if no mark has a number that the axis could show.
 */
export function extentOf(panel: Panel, axis: 'x' | 'y', index: number): Extent {
  const { domain, scale = 'linear' } = panel[axis];
  if (domain !== undefined) return { from: domain[0], to: domain[1], scale };
  const tight = new Range(scale);
  const loose = new Range(scale);
  for (const mark of panel.marks) addSpan(mark, axis, panel[axis], tight, loose);
  if (!(Math.min(tight.least, loose.least) <= Math.max(tight.greatest, loose.greatest))) {
    throw new RequestError({
      code: 'bad-figure',
      where: `panels[${index}].${axis}`,
      what: `its marks have no ${scale === 'log' ? 'number above 0' : 'finite number'} to show`,
      cure: 'give it a domain',
    });
  }
  return around(tight, loose, scale);
}

/** Least and greatest of the numbers an axis can show. */
class Range {
  least = Number.POSITIVE_INFINITY;
  greatest = Number.NEGATIVE_INFINITY;
  readonly #isLog: boolean;

  constructor(scale: AxisLine['scale']) {
    this.#isLog = scale === 'log';
  }

  add(value: number): void {
    if (!Number.isFinite(value) || (this.#isLog && value <= 0)) return;
    if (value < this.least) this.least = value;
    if (value > this.greatest) this.greatest = value;
  }
}

function addSpan(mark: Mark, axis: 'x' | 'y', line: AxisLine, tight: Range, loose: Range): void {
  switch (mark.mark) {
    case 'curve':
    case 'points':
      for (let at = 0; at < mark.x.length; at++) {
        const [x = Number.NaN, y = Number.NaN] = [mark.x[at], mark.y[at]];
        if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
        const value = axis === 'x' ? x : y;
        loose.add(value);
        const error = axis === 'y' && mark.mark === 'points' ? (mark.error?.[at] ?? 0) : 0;
        loose.add(value + error);
        loose.add(value - error);
      }
      return;
    case 'histogram':
      if (axis === 'x') addAll(mark.edges, tight);
      else {
        addAll(mark.heights, loose);
        if (line.scale !== 'log') tight.add(0);
      }
      return;
    case 'image':
    case 'contour':
      addAll(mark[axis], tight);
      return;
    case 'rule':
      if (mark.axis === axis) loose.add(mark.at);
      return;
    case 'text':
      loose.add(mark[axis]);
  }
}

function addAll(values: ArrayLike<number>, range: Range): void {
  for (let at = 0; at < values.length; at++) range.add(values[at] ?? Number.NaN);
}

/** Room beyond what is loose, none beyond what is tight. */
function around(tight: Range, loose: Range, scale: Extent['scale']): Extent {
  const least = Math.min(tight.least, loose.least);
  const greatest = Math.max(tight.greatest, loose.greatest);
  if (scale === 'log') {
    const factor = least === greatest ? 10 : (greatest / least) ** MARGIN;
    return {
      from: loose.least <= tight.least ? least / factor : least,
      to: loose.greatest >= tight.greatest ? greatest * factor : greatest,
      scale,
    };
  }
  const room = least === greatest ? Math.abs(least) * 0.1 || 1 : (greatest - least) * MARGIN;
  return {
    from: loose.least < tight.least || least === greatest ? least - room : least,
    to: loose.greatest > tight.greatest || least === greatest ? greatest + room : greatest,
    scale,
  };
}
