import { RequestError } from '../spec/errors.ts';
import type { AxisLine, Figure, Mark, Panel } from './figure.ts';

/** Pixels a panel may have along a side. */
const MOST_PIXELS = 8192;

/**
 * Refuses a figure that cannot be drawn.
 *
 * @throws {RequestError} `bad-figure`, naming panel and mark: arrays of different lengths, an axis whose
 *   domain is empty or that is logarithmic and not above 0, an image without pixels, a size that is none.
 */
export function checkFigure({ panels, columns = 1 }: Figure): void {
  if (panels.length === 0) throw fault('panels', 'a figure needs at least one', 'none');
  if (!Number.isInteger(columns) || columns < 1) {
    throw fault('columns', 'must be a whole number from 1 on', columns);
  }
  panels.forEach((panel, index) => {
    const where = `panels[${index}]`;
    checkSide(panel.width, `${where}.width`);
    checkSide(panel.height, `${where}.height`);
    checkAxis(panel.x, `${where}.x`);
    checkAxis(panel.y, `${where}.y`);
    panel.marks.forEach((mark, at) => {
      checkMark(mark, panel, `${where}.marks[${at}]`);
    });
  });
}

function checkSide(pixels: number | undefined, where: string): void {
  if (pixels === undefined || (pixels >= 1 && pixels <= MOST_PIXELS)) return;
  throw fault(where, `must be 1 to ${MOST_PIXELS} pixels`, pixels);
}

function checkAxis({ domain, scale }: AxisLine, where: string): void {
  if (domain !== undefined) checkInterval(domain, scale === 'log', `${where}.domain`);
}

function checkMark(mark: Mark, panel: Panel, where: string): void {
  switch (mark.mark) {
    case 'curve':
    case 'points':
      checkLength(mark.y, mark.x.length, `${where}.y`);
      if (mark.mark === 'points' && mark.error !== undefined) {
        checkLength(mark.error, mark.x.length, `${where}.error`);
      }
      return;
    case 'histogram':
      checkLength(mark.edges, mark.heights.length + 1, `${where}.edges`);
      return;
    case 'image': {
      const { width, height, channels, data } = mark.picture;
      checkRectangle(mark, panel, where);
      checkLength(data, width * height * channels, `${where}.picture.data`);
      if (data.length === 0) throw fault(`${where}.picture`, 'has no pixels', `${width}x${height}`);
      if (mark.colours !== undefined && 'domain' in mark.colours) {
        const { domain, scale, colours } = mark.colours;
        checkInterval(domain, scale === 'log', `${where}.colours.domain`);
        if (colours.length === 0)
          throw fault(`${where}.colours.colours`, 'needs at least one', 'none');
      }
      return;
    }
    case 'contour':
      checkRectangle(mark, panel, where);
      checkLength(mark.values, mark.columns * mark.rows, `${where}.values`);
      return;
    case 'rule':
      checkNumber(mark.at, panel[mark.axis], `${where}.at`);
      return;
    case 'text':
      checkNumber(mark.x, panel.x, `${where}.x`);
      checkNumber(mark.y, panel.y, `${where}.y`);
  }
}

type Rectangle = { readonly x: readonly [number, number]; readonly y: readonly [number, number] };

function checkRectangle({ x, y }: Rectangle, panel: Panel, where: string): void {
  checkInterval(x, panel.x.scale === 'log', `${where}.x`);
  checkInterval(y, panel.y.scale === 'log', `${where}.y`);
}

function checkInterval([from, to]: readonly [number, number], isLog: boolean, where: string): void {
  const got = `[${from}, ${to}]`;
  if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to) {
    throw fault(where, 'needs two finite numbers, the lesser one first', got);
  }
  if (isLog && from <= 0) throw fault(where, 'must begin above 0 on a logarithmic axis', got);
}

function checkNumber(value: number, { scale }: AxisLine, where: string): void {
  if (!Number.isFinite(value)) throw fault(where, 'must be a finite number', value);
  if (scale === 'log' && value <= 0)
    throw fault(where, 'must be above 0 on a logarithmic axis', value);
}

function checkLength({ length }: ArrayLike<number>, wanted: number, where: string): void {
  if (length !== wanted) throw fault(where, `must have ${wanted} numbers`, `${length}`);
}

function fault(where: string, what: string, got: number | string): RequestError {
  return new RequestError({ code: 'bad-figure', where, what, got: String(got) });
}
