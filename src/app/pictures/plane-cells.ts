import type { Result } from '../../engine/result.ts';
import { type MapPlane, periodsOf } from '../../export/map.ts';
import type { MapChoice } from '../../export/map-arrays.ts';
import { findMapValues, type ValueImage } from '../../export/map-cells.ts';
import { createTurns, type Turns } from '../../view/turns.ts';

/** Milliseconds that the page's thread reads values before it sees to anything else. */
const SLICE = 4;
/** Values that are read between two looks at the clock. */
const PORTION = 2 ** 14;

/**
 * What `paintPlane` needs of a result, read in slices: a page is not held up, whatever its size.
 *
 * @throws {RequestError} `bad-array` where the result does not fit its spec; the reason of `signal`.
 */
export async function planeOf(
  result: Result,
  choice: MapChoice,
  signal: AbortSignal,
): Promise<MapPlane> {
  const turns = createTurns();
  try {
    const values = await imageOf(result, choice, turns, signal);
    const periods = periodsOf(choice);
    return periods
      ? { values, periods: await imageOf(result, periods, turns, signal) }
      : { values };
  } finally {
    turns.dispose();
  }
}

/** The same as `mapCells`. */
async function imageOf(
  result: Result,
  choice: MapChoice,
  turns: Turns,
  signal: AbortSignal,
): Promise<ValueImage> {
  const { width, height, stride, offset, data } = findMapValues(result, choice);
  const values = new Float64Array(width * height);
  const portion = Math.max(1, Math.floor(PORTION / height));
  let began = performance.now();
  for (let column = 0; column < width; column++) {
    for (let row = 0; row < height; row++) {
      const cell = column * height + (height - 1 - row);
      const value = Number(data[cell * stride + offset]);
      values[row * width + column] = Number.isFinite(value) ? value : Number.NaN;
    }
    if (column % portion !== 0 || performance.now() - began < SLICE) continue;
    await turns.next();
    signal.throwIfAborted();
    began = performance.now();
  }
  return { width, height, values };
}
