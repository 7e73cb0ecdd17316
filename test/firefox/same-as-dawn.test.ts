import { describe, expect, inject, test } from 'vitest';
import { commands } from 'vitest/browser';
import { testDevice } from '../support/device.ts';
import { totalVariation } from '../support/host-orbits.ts';
import { type Count, createCount } from './counted.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly isOnSwiftShader: boolean;
  }
}
declare module 'vitest/browser' {
  interface BrowserCommands {
    /** What Dawn in Node gives for a requested spec, now. */
    readonly countOnDawn: Count;
  }
}

const count = createCount(await testDevice());
const float64 = (words: readonly number[]) => new Float64Array(Uint32Array.from(words).buffer);
/** Of logarithms and powers of what devices give, whose last bits JavaScript leaves open; f32 has 6e-8. */
const HOST = 1e-12;

const micro = { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-3 };
const wells = { macro: 'x^4/4 - x^2/2' };
const elementary = {
  macro: 'log(1 + x^2) + sin(3 x) exp(-x^2)',
  micro: '-cos(x)',
  epsilon: 1e-2,
};
const plane = {
  variables: ['x', 'y'],
  macro: 'x^2/2 + y^2 + x*y/3',
  micro: '-cos(x) cos(y)',
  epsilon: 1e-2,
};

/** 70 orbits in each of 5 columns, 200 steps before and 300 after the first that is counted. */
const request = (objective: object, more: object = {}, seed = 42) => ({
  etascope: 1,
  objective,
  axes: [{ parameter: 'eta', from: 0.02, to: 0.4, count: 5 }],
  ensemble: {
    orbits: 70,
    initial: { x: { uniform: [-1, 1] }, ...('variables' in objective ? { y: 0.1 } : {}) },
    seed,
  },
  steps: { skip: 200, keep: 300 },
  measures: [
    { measure: 'density', of: 'x', range: [-2, 2], bins: 1009 },
    { measure: 'density', name: 'objective', of: 'f', range: [-0.5, 1], bins: 63 },
    { measure: 'moments', of: 'x' },
    { measure: 'lyapunov' },
    { measure: 'period' },
    { measure: 'final' },
  ],
  ...more,
});

/** What a few more orbits of a rule leave behind: every measure, of two variables. */
const everything = {
  measures: [
    {
      measure: 'joint-density',
      of: ['x', 'y'],
      range: [
        [-1, 1],
        [-1, 1],
      ],
      bins: [63, 17],
    },
    { measure: 'lyapunov', exponents: 2 },
    { measure: 'period' },
    { measure: 'regime' },
    { measure: 'escape', when: 'abs(x) > 0.9', horizon: 400 },
  ],
};
const density = { measures: [{ measure: 'density', of: 'x', range: [-2, 2], bins: 1009 }] };
const large = { axes: [{ parameter: 'eta', from: 1, to: 2, count: 5 }] };
const float32 = { precision: 'float32' };

describe.each([
  { name: 'micro-structure in cells and phases', objective: micro, more: {} },
  {
    name: 'harmonics',
    objective: { ...wells, micro: 'sin(x) + cos(2 x) / 3', epsilon: 1e-3 },
    more: {},
  },
  { name: 'a polynomial in fixed point', objective: wells, more: large },
  { name: 'elementary functions', objective: elementary, more: {} },
  { name: 'two variables', objective: plane, more: {} },
  {
    name: 'a heavy ball with all measures',
    objective: plane,
    more: { optimizer: { rule: 'heavy-ball', momentum: 0.5 }, ...everything },
  },
  {
    name: 'Nesterov’s momentum in float32 with all measures',
    objective: plane,
    more: { optimizer: { rule: 'nesterov', momentum: 0.5 }, ...everything, ...float32 },
  },
  {
    name: 'phases that are drawn',
    objective: micro,
    more: { optimizer: { rule: 'stochastic-map' }, ...density },
  },
  {
    name: 'waves without a common period',
    objective: { ...micro, micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)' },
    more: density,
  },
  { name: 'a chirp', objective: { ...micro, micro: 'sin(x + x^2 / 1e4)' }, more: density },
  { name: 'micro-structure in float32', objective: micro, more: float32 },
  { name: 'a polynomial in float32', objective: wells, more: { ...large, ...float32 } },
  { name: 'elementary functions in float32', objective: elementary, more: float32 },
])('$name:', ({ objective, more }) => {
  // Where there is micro-structure, orbits part by some eta / epsilon, 2 to 400, a step: one bit that is
  // computed differently is soon another orbit, and another count after thousands of visits. So numbers
  // that are equal were equal in every bit, in integers and in f32: neither compiler fuses or reorders.
  test.runIf(inject('isOnSwiftShader'))(
    'every number is the one of Dawn, on the same driver',
    async () => {
      const asked = request(objective, more);
      const [here, there] = await Promise.all([count(asked), commands.countOnDawn(asked)]);
      expect(here.counts.some((visits) => visits > 0)).toBe(true);
      expect(here.counts).toEqual(there.counts);
      const [mine, theirs] = [float64(here.records), float64(there.records)];
      expect(mine.length).toBe(theirs.length);
      const isSame = (value: number, index: number) =>
        Object.is(value, theirs[index]) ||
        Math.abs(value - (theirs[index] ?? Number.NaN)) <= HOST * Math.abs(value);
      expect([...mine].findIndex((value, index) => !isSame(value, index))).toBe(-1);
    },
  );

  // WGSL lets a driver fuse and reorder f32, and on Mesa's software driver the last bits of some forces
  // differ, and then the orbits. Their law may not: the densities may be no further
  // apart than those of two seeds, and a half of that for the scatter of such distances.
  test.skipIf(inject('isOnSwiftShader'))(
    'densities are within the noise of those of Dawn, on another driver',
    async () => {
      const { counts: here } = await count(request(objective, more));
      const { counts: there } = await commands.countOnDawn(request(objective, more));
      const { counts: noise } = await count(request(objective, more, 43));
      expect(totalVariation(here, there)).toBeLessThan(1.5 * totalVariation(here, noise));
    },
  );
});
