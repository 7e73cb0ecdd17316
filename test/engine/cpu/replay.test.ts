import { afterAll, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { type ColumnSetting, columnCount } from '../../../src/spec/columns.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { hostDensity } from '../../support/host-orbits.ts';
import { numbers } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(engine.dispose);

const bins = 97;

interface Replay {
  readonly name: string;
  readonly objective: object;
  /** Of the same objective, written out by hand. */
  readonly slope: (x: number, setting: ColumnSetting) => number;
  readonly initial: object;
  readonly more: object;
  /** Share of the orbits that leave. */
  readonly leaving: readonly [least: number, most: number];
}

const replays: readonly Replay[] = [
  {
    name: 'settle into micro-minima',
    objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 },
    slope: (x) => x + Math.sin(x / 1e-3),
    initial: { uniform: [-4e-3, 4e-3] },
    more: { axes: [{ parameter: 'eta', from: 1e-5, to: 1.9e-3, count: 5 }] },
    leaving: [0, 0],
  },
  {
    name: 'leave at different steps of a block',
    objective: { macro: 'x^3 / 3 - x^2 / 2' },
    slope: (x) => x * x - x,
    initial: { uniform: [-0.5, 2] },
    more: { axes: [{ parameter: 'eta', from: 0.1, to: 1.4, count: 5 }] },
    leaving: [0.1, 0.7],
  },
  {
    name: 'all leave',
    objective: { macro: '-x^2 / 2' },
    slope: (x) => -x,
    initial: { uniform: [0.01, 3] },
    more: { optimizer: { eta: 1 }, stop: { radius: 100 } },
    leaving: [1, 1],
  },
  {
    name: 'begin on both sides of the radius',
    objective: { macro: 'x^2 / 2' },
    slope: (x) => x,
    initial: { uniform: [-2, 2] },
    more: { optimizer: { eta: 0.1 }, stop: { radius: 1 } },
    leaving: [0.3, 0.7],
  },
  {
    name: 'grow to infinity at the widest radius',
    objective: { macro: 'x^4 / 4 - x^2 / 2' },
    slope: (x) => x * x * x - x,
    initial: { uniform: [-4, 4] },
    more: { optimizer: { eta: 0.5 }, stop: { radius: 1e308 } },
    leaving: [0.2, 0.8],
  },
  {
    name: 'leave the domain of a root',
    objective: { macro: 'x^1.5' },
    slope: (x) => 1.5 * Math.sqrt(x),
    initial: { uniform: [-1, 9] },
    more: { axes: [{ parameter: 'eta', from: 0.01, to: 1, count: 5 }], stop: { radius: 1e300 } },
    leaving: [0.3, 1],
  },
  {
    // Every orbit of the smallest epsilon is some thousand periods out, beyond the reach of the largest.
    name: 'reach far in some lanes and leave in others',
    objective: { macro: '-50 x^2', micro: '-cos(x)' },
    slope: (x, { epsilon = Number.NaN }) => -100 * x + Math.sin(x / epsilon),
    initial: { uniform: [-0.06, 0.06] },
    more: {
      optimizer: { eta: 1e-4 },
      axes: [{ parameter: 'epsilon', from: 3e-4, to: 3e-1, count: 9, scale: 'log' }],
      stop: { radius: 0.05 },
    },
    leaving: [0.2, 0.6],
  },
];

// Both sides round differently by some 2^-52 a step. Orbits that stay are drawn together, orbits that
// leave do so in a few steps, so that 30 steps make less than 1e-9 bins of it; and no visit is that near
// to an edge.
const CLEARANCE = 1e-9; // bins

test.each(replays)('orbits that $name are those of the host, step by step', async (replay) => {
  const { objective, slope, initial, more, leaving } = replay;
  let left = 0;
  let all = 0;
  for (const orbits of [1, 15, 16, 17, 130]) {
    for (const steps of [
      { skip: 0, keep: 30 },
      { skip: 9, keep: 21 },
    ]) {
      const spec = parseSpec({
        etascope: 1,
        objective,
        ensemble: { orbits, initial: { x: initial }, seed: 5 },
        steps,
        measures: [{ measure: 'density', of: 'x', range: [-1.1, 1.3], bins }],
        ...more,
      });
      const result = await engine.run(spec);
      const [density, outside] = [numbers(result, 'density'), numbers(result, 'density_outside')];
      for (let column = 0; column < columnCount(spec); column++) {
        const host = hostDensity(spec, slope, column);
        expect(host.clearance).toBeGreaterThan(CLEARANCE);
        expect(numbers(result, 'diverged')[column]).toBe(host.diverged);
        expect(numbers(result, 'density_lost')[column]).toBe(host.lost);
        expect(outside.slice(2 * column, 2 * column + 2)).toEqual(host.outside);
        expect(density.slice(bins * column, bins * (column + 1))).toEqual([...host.counts]);
        left += host.diverged;
        all += orbits;
      }
    }
  }
  expect(left / all).toBeGreaterThanOrEqual(leaving[0]);
  expect(left / all).toBeLessThanOrEqual(leaving[1]);
});
