import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coordinateText } from '../../src/export/decimal.ts';
import type { Extent } from '../../src/export/extent.ts';
import { ticksOf } from '../../src/export/ticks.ts';

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Reads `−1.5`, or a power such as `10⁻³`, as people do. */
function read(text: string): number {
  const power = /10(⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/.exec(text)?.[1];
  if (power === undefined) return Number(text.replace('−', '-'));
  const digits = [...power].map((sign) => (sign === '⁻' ? '-' : superscripts.indexOf(sign)));
  return Number(`1e${digits.join('')}`);
}

/** The value a label and the note beside the name stand for together. */
function meaningOf(label: string, note: string): number {
  const base = /= (−?[\d.]+) \+/.exec(note)?.[1] ?? '0';
  const factor = note.includes('×') ? read(note.slice(note.indexOf('×') + 1)) : 1;
  return read(base) + read(label) * factor;
}

const linear = (from: number, to: number): Extent => ({ from, to, scale: 'linear' });

describe('ticks', () => {
  test('stand at round numbers, evenly, inside the window', () => {
    const { ticks, note } = ticksOf(linear(0, 4.6e-3), 10);
    expect(note).toBe('');
    expect(ticks.map(({ label }) => label)).toEqual([
      ...['0', '0.0005', '0.0010', '0.0015', '0.0020'],
      ...['0.0025', '0.0030', '0.0035', '0.0040', '0.0045'],
    ]);
  });

  test('share what is long in the note: deep in a zoom the numbers still differ', () => {
    const { ticks, note } = ticksOf(linear(3.569945671, 3.569945675), 5);
    expect(note).toBe('= 3.56994567 + … × 10⁻⁹');
    expect(ticks.map(({ label }) => label)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('say their value, are distinct and few, at any place and depth', () => {
    const window = fc
      .tuple(
        fc.double({ min: -1e5, max: 1e5, noNaN: true }),
        fc.double({ min: -11, max: 5, noNaN: true }),
      )
      .map(([from, depth]) => linear(from, from + Math.max(1, Math.abs(from)) * 10 ** depth));
    fc.assert(
      fc.property(window, fc.integer({ min: 2, max: 12 }), (extent, most) => {
        const { ticks, note } = ticksOf(extent, most);
        expect(ticks.length).toBeGreaterThanOrEqual(1);
        expect(ticks.length).toBeLessThanOrEqual(most + 1);
        expect(new Set(ticks.map(({ label }) => label)).size).toBe(ticks.length);
        for (const { value, share, label } of ticks) {
          expect(share).toBeGreaterThan(-1e-4);
          expect(share).toBeLessThan(1 + 1e-4);
          expect(label.length).toBeLessThanOrEqual(9);
          // The text is exact; reading it rounds once per number: base, label, product, sum.
          const rounding = 4 * Number.EPSILON * Math.max(Math.abs(value), extent.to - extent.from);
          expect(Math.abs(meaningOf(label, note) - value)).toBeLessThanOrEqual(rounding);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are at most few at the ends of what numbers are, and each is a number', () => {
    const ends = [-1.7e308, -1e308, -1e100, 0, 5e-324, 1e-308, 1e-300, 1, 1e100, 1e308, Infinity];
    for (const from of ends) {
      for (const to of ends.filter((end) => end > from)) {
        const { ticks } = ticksOf({ from, to, scale: 'linear' }, 10);
        expect(ticks.length).toBeLessThan(20);
        expect(ticks.filter(({ value, share }) => !Number.isFinite(value + share))).toEqual([]);
      }
    }
  });

  test('are one or two where few are asked for, though a step may pass over an extent', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-6, max: 1e6, noNaN: true }),
        (from, width) => {
          const { ticks } = ticksOf({ from, to: from + width, scale: 'linear' }, 2);
          expect(ticks.length).toBeGreaterThan(0);
          expect(ticks.length).toBeLessThanOrEqual(3); // both ends, and what is between
        },
      ),
    );
    const { ticks } = ticksOf({ from: 0.04, to: 0.46, scale: 'linear' }, 2);
    expect(ticks.map(({ label }) => label)).toEqual(['0.2', '0.4']);
    expect(ticksOf({ from: 1.1e-301, to: 1.4e-301, scale: 'linear' }, 5).ticks).toEqual([]);
  });

  test('are none where an extent has no width, however far from 0 it is', () => {
    for (const at of [0, 1e-300, 1, 1e12, 1e308]) {
      expect(ticksOf({ from: at, to: at, scale: 'linear' }, 10).ticks).toEqual([]);
      if (at > 0) expect(ticksOf({ from: at, to: at, scale: 'log' }, 10).ticks).toEqual([]);
    }
  });

  test('are decades on a wide log axis, and plain numbers on a narrow one', () => {
    const wide = ticksOf({ from: 1e-4, to: 1e-1, scale: 'log' }, 5);
    expect(wide.ticks.map(({ label }) => label)).toEqual(['10⁻⁴', '10⁻³', '10⁻²', '10⁻¹']);
    expect(wide.ticks[1]?.share).toBeCloseTo(1 / 3, 12);
    const narrow = ticksOf({ from: 1, to: 2, scale: 'log' }, 5);
    expect(narrow.ticks.map(({ label }) => label)).toEqual([
      '1.0',
      '1.2',
      '1.4',
      '1.6',
      '1.8',
      '2.0',
    ]);
    expect(narrow.ticks[2]?.share).toBeCloseTo(Math.log2(1.4), 12);
  });
});

test('a coordinate is written to the resolution of the picture', () => {
  expect(coordinateText(0.00231459, 2.4e-6)).toBe('0.002315');
  expect(coordinateText(-1.25, 0.01)).toBe('−1.25');
  expect(coordinateText(3.1e-7, 1e-9)).toBe('310 × 10⁻⁹');
  expect(coordinateText(1 / 3, 1e-30)).toBe('0.3333333333333333'); // beyond float64: all there is
});
