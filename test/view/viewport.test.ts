import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRange } from '../../src/spec/range.ts';
import {
  type Bounds,
  type Extent,
  panExtent,
  placementOf,
  shareAt,
  tidyExtent,
  valueAt,
  zoomExtent,
} from '../../src/view/viewport.ts';

const CELLS = 1009;
const free: Bounds = { least: -1e100, most: 1e100, cells: CELLS };
const positive: Bounds = { least: 1e-100, most: 1e100, cells: CELLS };

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const linear: fc.Arbitrary<Extent> = fc
  .tuple(number, fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
  .map(([from, length]) => ({ from, to: from + length, scale: 'linear' }));
const logarithmic: fc.Arbitrary<Extent> = fc
  .tuple(
    fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
    fc.double({ min: 1.01, max: 1e6, noNaN: true }),
  )
  .map(([from, ratio]) => ({ from, to: from * ratio, scale: 'log' }));
const extent = fc.oneof(linear, logarithmic);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const factor = fc.double({ min: 0.2, max: 5, noNaN: true });

const boundsOf = ({ scale }: Extent) => (scale === 'log' ? positive : free);

/**
 * Shares carry the rounding of the ends: some ulps of the largest coordinate over the length. A
 * coordinate passes through at most eight roundings on the way, of log and exp two ulps each.
 */
function shareError({ from, to, scale }: Extent): number {
  const ends = scale === 'log' ? [Math.log(from), Math.log(to)] : [from, to];
  const largest = Math.max(1, ...ends.map(Math.abs));
  return (16 * Number.EPSILON * largest) / ((ends[1] ?? 0) - (ends[0] ?? 0));
}

describe('a window', () => {
  test('gives at each share the value that stands there', () => {
    fc.assert(
      fc.property(extent, share, (window, at) => {
        const error = Math.abs(shareAt(window, valueAt(window, at)) - at);
        expect(error).toBeLessThanOrEqual(shareError(window));
      }),
    );
  });

  test('keeps the value under the pointer when it zooms', () => {
    fc.assert(
      fc.property(extent, share, factor, (window, at, by) => {
        const zoomed = zoomExtent(window, at, by, boundsOf(window));
        const moved = Math.abs(shareAt(zoomed, valueAt(window, at)) - at);
        expect(moved).toBeLessThanOrEqual(shareError(window) + shareError(zoomed));
      }),
    );
  });

  test('comes back when it is zoomed out as far as in', () => {
    fc.assert(
      fc.property(extent, share, factor, (window, at, by) => {
        const there = zoomExtent(window, at, by, boundsOf(window));
        const back = zoomExtent(there, at, 1 / by, boundsOf(window));
        const { offset, length } = placementOf(window, back);
        const error = 8 * (shareError(window) + shareError(there));
        expect(Math.abs(offset)).toBeLessThanOrEqual(error);
        expect(Math.abs(length - 1)).toBeLessThanOrEqual(error);
      }),
    );
  });

  test('moves by the share asked for, and back', () => {
    fc.assert(
      fc.property(extent, fc.double({ min: -2, max: 2, noNaN: true }), (window, by) => {
        const there = panExtent(window, by, boundsOf(window));
        const error = 8 * (shareError(window) + shareError(there));
        expect(Math.abs(placementOf(window, there).offset + by)).toBeLessThanOrEqual(error);
        const back = panExtent(there, -by, boundsOf(window));
        expect(Math.abs(placementOf(window, back).offset)).toBeLessThanOrEqual(error);
      }),
    );
  });

  test('stays within its bounds and is a range a spec may have, however far it is taken', () => {
    const step = fc.record({ at: share, by: fc.constantFrom(1e-6, 0.1, 3, 1e5), pan: number });
    fc.assert(
      fc.property(extent, fc.array(step, { maxLength: 30 }), (start, steps) => {
        const bounds =
          start.scale === 'log'
            ? positive
            : { least: Math.min(0, start.from), most: 1e7, cells: CELLS };
        let window = start;
        for (const { at, by, pan } of steps) {
          window = panExtent(zoomExtent(window, at, by, bounds), pan, bounds);
          expect(window.from).toBeGreaterThanOrEqual(bounds.least);
          expect(window.to).toBeLessThanOrEqual(bounds.most);
          checkRange([window.from, window.to], CELLS, 'window');
        }
      }),
    );
  });

  test('is tidied to short decimals without moving by a hundredth of a cell', () => {
    fc.assert(
      fc.property(extent, (window) => {
        const tidied = tidyExtent(window, boundsOf(window));
        const { offset, length } = placementOf(window, tidied);
        const error = shareError(window) + shareError(tidied);
        expect(Math.abs(offset) * CELLS).toBeLessThan(0.01 + error * CELLS);
        expect(Math.abs(offset + length - 1) * CELLS).toBeLessThan(0.01 + error * CELLS);
      }),
    );
    const long: Extent = { from: 0.002889008927176461, to: 0.003348358530187856, scale: 'linear' };
    expect(tidyExtent(long, free)).toMatchObject({ from: 0.002889009, to: 0.003348359 });
    const wide: Extent = { from: 5.664967e-8, to: 176.51198489565, scale: 'log' };
    expect(tidyExtent(wide, positive)).toMatchObject({ from: 5.665e-8, to: 176.51 });
  });

  test('stops at the resolution of float64', () => {
    let window: Extent = { from: 1, to: 2, scale: 'linear' };
    for (let i = 0; i < 100; i++) window = zoomExtent(window, 0.3, 0.1, free);
    const spacings = (window.to - window.from) / Number.EPSILON;
    expect(spacings).toBeGreaterThanOrEqual(CELLS);
    expect(spacings).toBeLessThan(16 * CELLS); // no coarser than need be
  });
});
