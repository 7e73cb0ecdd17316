import { valueAt } from '../export/extent.ts';
import type { ContourMark } from './figure.ts';
import { type Area, across, down } from './place.ts';

type Corner = readonly [column: number, row: number, value: number];

/**
 * Level lines as an SVG path of short pieces: in each triangle of three neighbouring cell centres the
 * function is taken as linear. Cells that are not finite have no line.
 */
export function contourPath(mark: Omit<ContourMark, 'mark'>, area: Area): string {
  const { columns, rows, values, levels } = mark;
  const corner = (column: number, row: number): Corner => [
    column,
    row,
    values[row * columns + column] ?? Number.NaN,
  ];
  const pieces: string[] = [];
  const place = ([column, row]: readonly [number, number]) => {
    const x = valueAt({ ...area.x, from: mark.x[0], to: mark.x[1] }, (column + 0.5) / columns);
    const y = valueAt({ ...area.y, from: mark.y[0], to: mark.y[1] }, (row + 0.5) / rows);
    return `${across(area, x)},${down(area, y)}`;
  };
  for (let row = 0; row + 1 < rows; row++) {
    for (let column = 0; column + 1 < columns; column++) {
      const [a, b] = [corner(column, row), corner(column + 1, row)];
      const [c, d] = [corner(column, row + 1), corner(column + 1, row + 1)];
      const heights = [a, b, c, d].map(([, , value]) => value);
      const [lowest, highest] = [Math.min(...heights), Math.max(...heights)];
      for (const level of levels) {
        if (level <= lowest || level > highest) continue; // most levels pass most cells by
        for (const triangle of [[a, b, c] as const, [d, c, b] as const]) {
          const [from, to] = crossings(triangle, level);
          if (from && to) pieces.push(`M${place(from)}L${place(to)}`);
        }
      }
    }
  }
  return pieces.join('');
}

/** Where the sides of a triangle reach a level; two places or none. */
function crossings(
  [a, b, c]: readonly [Corner, Corner, Corner],
  level: number,
): readonly (readonly [number, number])[] {
  if (![a, b, c].every(([, , value]) => Number.isFinite(value))) return [];
  return [[a, b] as const, [b, c] as const, [c, a] as const].flatMap(([from, to]) => {
    const [low, high] = [from[2] - level, to[2] - level];
    if (low >= 0 === high >= 0) return [];
    const way = low / (low - high);
    return [[from[0] + way * (to[0] - from[0]), from[1] + way * (to[1] - from[1])] as const];
  });
}
