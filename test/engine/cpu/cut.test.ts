import { afterAll, expect, test } from 'vitest';
import type { CpuEngine } from '../../../src/engine/cpu/cpu-engine.ts';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { planCpuTiles } from '../../../src/engine/cpu/plan.ts';
import { planTiles, type Tile } from '../../../src/engine/plan.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { numbers, total } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';
import { createTileBench } from '../../support/tile.ts';

const columns = 9;
/** Chaotic, with orbits that leave, and epsilons of three decades side by side in the lanes. */
const specOf = (orbits: number, seed = 42) =>
  parseSpec({
    etascope: 1,
    objective: { macro: 'x^4/4 - x^2/2', micro: 'sin(x) + cos(2 x) / 3' },
    optimizer: { eta: 0.8 },
    axes: [{ parameter: 'epsilon', from: 1e-4, to: 0.1, count: columns, scale: 'log' }],
    ensemble: { orbits, initial: { x: { uniform: [-2, 2] } }, seed },
    steps: { skip: 37, keep: 101 },
    measures: [
      { measure: 'density', of: 'x', range: [-2, 2], bins: 63 },
      { measure: 'density', name: 'objective', of: 'f', range: [-0.3, 0.5], bins: 1009 },
    ],
    stop: { radius: 2.2 },
  });

const engines = [1, 2, 3, 7].map((workers) =>
  createCpuEngine({ startWorker, workers, description: 'test' }),
);
const [one, two] = engines as [CpuEngine, CpuEngine, ...CpuEngine[]]; // by the list above
afterAll(() => {
  for (const engine of engines) engine.dispose();
});

test.each([1, 15, 16, 17, 130])(
  'no count of %i orbits depends on how many workers there are',
  async (orbits) => {
    // Some that begin far out leave, the others stay; and all of it is enough for several tiles.
    const spec = {
      ...specOf(orbits),
      optimizer: { rule: 'gd', eta: 0.3 },
      ensemble: { ...specOf(orbits).ensemble, orbits, initial: { x: { uniform: [-3.2, 3.2] } } },
      steps: { skip: 37, keep: Math.ceil(5e6 / columns / orbits) },
      stop: { radius: 1e4 },
    } as const;
    const whole = await one.run(spec);
    const left = total(numbers(whole, 'diverged'));
    expect(left).toBeGreaterThan(0);
    expect(left).toBeLessThan(columns * orbits);
    for (const engine of engines) expect((await engine.run(spec)).arrays).toEqual(whole.arrays);
  },
);

test.each([
  ['in several passes over the columns, and several tiles a pass', 20_000],
  ['so few steps that its kernels are short', 100],
])('a density that grows, or is streamed, %s, ends in that of run', async (_, keep) => {
  const spec = { ...specOf(130), steps: { skip: 5, keep } };
  const whole = await two.run(spec);
  let last = whole;
  for await (const partial of two.stream(spec)) last = partial;
  expect(last).toEqual(whole);
  const { density, frames, result, provenance } = await two.grow(spec);
  const shares: number[] = [];
  for await (const { share } of frames()) shares.push(share);
  expect(shares.at(-1)).toBe(1);
  expect(result()).toEqual(whole);
  expect(provenance).toEqual(whole.provenance);
  const counts = Array.from({ length: columns * density.bins }, (_, cell) =>
    Number(
      density.counts[
        density.start + Math.floor(cell / density.bins) * density.stride + (cell % density.bins)
      ],
    ),
  );
  expect(counts).toEqual(Array.from(whole.arrays.density?.data ?? [], Number));
});

test('another seed gives other counts', async () => {
  const [first, second] = [await two.run(specOf(17, 42)), await two.run(specOf(17, 43))];
  expect(second.arrays.density).not.toEqual(first.arrays.density);
});

/** Rows of all columns when the tiles are worked off in slices, in any order. */
async function tile(
  spec: ReturnType<typeof specOf>,
  tiles: readonly Tile[],
  { milliseconds = 1000, largestCount = 2 ** 32 - 1 } = {},
) {
  const { begin, tallies, take } = await createTileBench(spec);
  const sum = tallies();
  let drained = 0;
  let most = 0;
  for (const each of tiles) {
    const run = begin(each, largestCount);
    let steps = 0;
    for (let hasMore = true; hasMore; drained++) {
      hasMore = run.work(milliseconds);
      steps += run.takeSteps();
      most = Math.max(most, take(each, run, sum));
    }
    expect(steps).toBe(each.columns * each.orbits * (spec.steps.skip + spec.steps.keep));
  }
  return { rows: sum.rows, drained, most };
}

test('no count depends on the cut into tiles, nor on when they are sent', async () => {
  const spec = specOf(130);
  const all = [{ columnFrom: 0, columns, orbitFrom: 0, orbits: 130 }];
  const { rows } = await tile(spec, all);
  for (const limits of [
    { columns: 1, states: 130 },
    { columns: 9, states: 9 * 16 },
    { columns: 2, states: 2 * 17 },
    { columns: 4, states: 4 * 15, firstOrbits: 1 },
    { columns: 9, states: 9 },
  ]) {
    const cut = await tile(spec, planTiles(columns, 130, limits).toReversed());
    expect(cut.rows, JSON.stringify(limits)).toEqual(rows);
  }
  const sliced = await tile(spec, all, { milliseconds: 0 }); // a piece each, however coarse a browser's clock is
  expect(sliced.drained).toBeGreaterThan(1); // slices grow until the clock has seen one
  expect(sliced.rows).toEqual(rows);
});

test('counters are emptied before they overflow, though orbits leave on the way', async () => {
  // All visits fall into one cell, and now and then an orbit passes the radius.
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: '-x^2 / 2' },
    optimizer: { eta: 0.001 },
    ensemble: { orbits: 130, initial: { x: { uniform: [0.3, 1] } } },
    steps: { skip: 3, keep: 301 },
    measures: [{ measure: 'density', of: 'x', range: [-1, 2], bins: 1 }],
    stop: { radius: 1 },
  });
  const all = [{ columnFrom: 0, columns: 1, orbitFrom: 0, orbits: 130 }];
  const { rows } = await tile(spec, all);
  for (const largestCount of [600, 700, 1000]) {
    const drained = await tile(spec, all, { largestCount });
    expect(drained.drained).toBeGreaterThan(10);
    expect(drained.most).toBeLessThanOrEqual(largestCount);
    expect(drained.rows).toEqual(rows);
  }
});

test.each([false, true])(
  'tiles of a plan cover every orbit of every column once (growing: %s)',
  (isGrowing) => {
    for (const [columns, orbits, steps, row, workers] of [
      [1920, 64, 4000, 1082, 2],
      [1, 1, 1, 3, 1],
      [7, 1000, 10, 2 ** 20, 16],
      [1, 100_000, 300, 102, 3],
      [3, 17, 2 ** 40, 12, 64],
    ] as const) {
      const tiles = planCpuTiles({ columns, orbits, steps, row, workers, lanes: 16, isGrowing });
      const seen = new Uint8Array(columns * orbits);
      for (const { columnFrom, columns: width, orbitFrom, orbits: count } of tiles) {
        for (let column = columnFrom; column < columnFrom + width; column++) {
          for (let orbit = orbitFrom; orbit < orbitFrom + count; orbit++) {
            const place = column * orbits + orbit;
            seen[place] = (seen[place] ?? 0) + 1;
          }
        }
      }
      expect(seen.every((times) => times === 1)).toBe(true);
    }
  },
);

test('columns of few orbits share the lanes, however long their orbits are', () => {
  const widths = (columns: number, orbits: number) =>
    planCpuTiles({
      columns,
      orbits,
      steps: 2 ** 24,
      row: 12,
      workers: 2,
      lanes: 16,
      isGrowing: false,
    }).map((tile) => tile.columns);
  expect(widths(9, 1)).toEqual([5, 4]);
  const most = widths(64, 4).slice(0, -1); // the last takes what is left
  expect(most.every((width) => width >= 4)).toBe(true);
  expect(widths(4, 16)).toEqual([1, 1, 1, 1]);
});
