import { describe, expect, test } from 'vitest';
import { createPace } from '../../src/engine/webgpu/pace.ts';

const options = { sliceMilliseconds: 80, fewestSteps: 2048 };
const tile = { columns: 1000, orbits: 64 };

/** Lets a device of `rates` orbit-steps per millisecond, one per slice, do slices at the pace. */
function work(rates: readonly number[]) {
  const pace = createPace(options);
  return rates.map((rate) => {
    const { steps, columns } = pace.choose('settle', tile, 1, 2 ** 40);
    const orbitSteps = steps * columns * tile.orbits;
    const takes = orbitSteps / rate;
    const rested = pace.rest('settle', orbitSteps);
    pace.learn('settle', orbitSteps, Math.max(takes, rested + 0.5), rested);
    return { takes, rested };
  });
}

describe.each([1e4, 1e6, 1e8])('a device of %d orbit-steps per millisecond', (rate) => {
  test('soon gets slices of the time asked for', () => {
    const slices = work(Array<number>(30).fill(rate));
    // From 2000 on four times as much each time, and one slice more.
    const found = Math.ceil(Math.log(rate / 2000) / Math.log(4)) + 1;
    for (const { takes } of slices.slice(found)) {
      expect(takes).toBeGreaterThan(0.7 * options.sliceMilliseconds);
      expect(takes).toBeLessThan(1.3 * options.sliceMilliseconds);
    }
  });

  test('is slept for, and never for longer than it works once its pace is known', () => {
    const slices = work(Array<number>(30).fill(rate)).slice(14);
    for (const { takes, rested } of slices) expect(rested).toBeLessThan(takes);
    expect(slices.filter(({ rested }) => rested > 0).length).toBeGreaterThan(10);
  });
});

test('slices end where blocks of 64 steps do, unless the run ends', () => {
  const pace = createPace(options);
  const few = { columns: 10, orbits: 64 };
  expect(pace.choose('settle', few, 1, 2 ** 40).steps % 64).toBe(0);
  expect(pace.choose('settle', few, 1, 100).steps).toBe(100);
});

test('a run of known kernels begins with slices of half the time, those of others with small ones', () => {
  const pace = createPace(options, { settle: 1e6 });
  const takes = (work: 'settle' | 'record') => {
    const { steps, columns } = pace.choose(work, tile, 1, 2 ** 40);
    return (steps * columns * tile.orbits) / 1e6;
  };
  expect(takes('settle')).toBeGreaterThan(0.4 * options.sliceMilliseconds);
  expect(takes('settle')).toBeLessThan(0.6 * options.sliceMilliseconds);
  expect(takes('record')).toBeLessThan(0.01 * options.sliceMilliseconds);
});

test('a device that gets ten times faster is found to be, though it is done while we sleep', () => {
  const slices = work([...Array<number>(20).fill(1e6), ...Array<number>(8).fill(1e7)]);
  for (const { takes } of slices.slice(24)) expect(takes).toBeGreaterThan(0.7 * 80);
});
