import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { createEnsemble } from '../../../src/engine/ensemble.ts';
import { philox } from '../../../src/engine/random.ts';
import { columnCount, columnSetting } from '../../../src/spec/columns.ts';
import { limits } from '../../../src/spec/limits.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { ruleNames, rules } from '../../../src/spec/rules.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { numbers, total } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 2, description: 'test' });
afterAll(engine.dispose);

const epsilon = 0.05;
const seed = 2 ** 32 + 7; // both words of the key

/** A coupled slope with three waves. */
const objective = {
  variables: ['x', 'y', 'z'],
  macro: 'x^2 / 2 + y^2 / 3 + z^2 / 2 - x * y / 5 + sin(z) / 4',
  micro: 'sin(x) + sin(2 * y - z) / 4 + cos(3 * z) / 3',
  epsilon,
};
const macroSlope = ([x = 0, y = 0, z = 0]: readonly number[]) => [
  x - y / 5,
  (2 * y) / 3 - x / 5,
  z + Math.cos(z) / 4,
];
const microSlope = ([u = 0, v = 0, w = 0]: readonly number[]) => [
  Math.cos(u),
  Math.cos(2 * v - w) / 2,
  -Math.cos(2 * v - w) / 4 - Math.sin(3 * w),
];
const slope = (x: readonly number[]) => {
  const micro = microSlope(x.map((value) => value / epsilon));
  return macroSlope(x).map((value, at) => value + (micro[at] ?? 0));
};

interface Host {
  readonly eta: number;
  readonly momentum: number;
  readonly column: number;
  readonly orbit: number;
}
type Step = (x: number[], v: number[], step: number, host: Host) => { x: number[]; v: number[] };

const plus = (a: readonly number[], b: readonly number[], factor: number) =>
  a.map((value, at) => value + factor * (b[at] ?? 0));

const steps = {
  gd: (x, v, _, { eta }) => ({ x: plus(x, slope(x), -eta), v }),
  'heavy-ball': (x, v, _, { eta, momentum }) => {
    const next = plus(
      v.map((value) => momentum * value),
      slope(x),
      -eta,
    );
    return { x: plus(x, next, 1), v: next };
  },
  nesterov: (x, w, _, { eta, momentum }) => {
    const y = plus(x, w, momentum);
    const next = plus(y, slope(y), -eta);
    return { x: next, v: plus(next, x, -1) };
  },
  'stochastic-map': (x, v, step, { eta, column, orbit }) => {
    // Numbers of orbits and steps are the low 52 bits of doubles, and 52 random bits those of phases.
    const number = column * limits.orbits.most + orbit;
    const EXPONENT = 0x433 * 2 ** 20;
    const units = [epsilon, epsilon / 2, epsilon]; // the base of y is its frequency 2
    const u = units.map((unit, at) => {
      const tag = 2 + 16 * Math.floor(at / 2);
      const high = EXPONENT + Math.floor(number / 2 ** 32);
      const words = Uint32Array.of(number, step, high, (EXPONENT ^ tag) >>> 0);
      philox(words, seed % 2 ** 32, Math.floor(seed / 2 ** 32));
      const [low = 0, top = 0] = at % 2 === 0 ? [words[0], words[2]] : [words[1], words[3]];
      const turns = (top * 2 ** 20 + (low >>> 12)) / 2 ** 52;
      return 2 * Math.PI * turns * (unit / epsilon);
    });
    const moved = plus(plus(x, macroSlope(x), -eta), microSlope(u), -eta);
    return { x: moved, v };
  },
} satisfies Readonly<Record<string, Step>>;

type MapName = keyof typeof steps;

const specOf = (rule: MapName, momentum: number | undefined, keep: number, most = 0.02) =>
  parseSpec({
    etascope: 1,
    objective,
    optimizer: { rule, ...(momentum === undefined ? {} : { momentum }) },
    axes: [{ parameter: 'eta', from: most / 10, to: most, count: 3 }],
    ensemble: {
      orbits: 5,
      initial: { x: { uniform: [-1, 1] }, y: { normal: [0, 1] }, z: 0.3 },
      seed,
    },
    steps: { keep },
    measures: [{ measure: 'final' }],
  });

function hostFinal(spec: Spec, rule: MapName): number[] {
  const ensemble = createEnsemble(spec);
  const all: number[] = [];
  for (let column = 0; column < columnCount(spec); column++) {
    const setting = columnSetting(spec, column);
    const { eta, momentum = 0 } = setting;
    for (let orbit = 0; orbit < spec.ensemble.orbits; orbit++) {
      let x = [0, 1, 2].map((at) => ensemble.start(setting, column, orbit, at));
      let v = x.map(() => 0);
      for (let step = 0; step < spec.steps.keep; step++) {
        ({ x, v } = steps[rule](x, v, step, { eta, momentum, column, orbit }));
      }
      all.push(...x);
    }
  }
  return all;
}

describe.each([
  { rule: 'heavy-ball', momentum: 0.6 },
  { rule: 'heavy-ball', momentum: -0.3 },
  { rule: 'nesterov', momentum: 0.6 },
  { rule: 'stochastic-map', momentum: undefined },
] as const)('$rule $momentum', ({ rule, momentum }) => {
  test.each([1, 2, 31, 32, 33, 50])("takes the host's steps: %i", async (keep) => {
    const spec = specOf(rule, momentum, keep);
    const final = numbers(await engine.run(spec), 'final');
    const host = hostFinal(spec, rule);
    expect(host.length).toBe(final.length);
    const apart = Math.max(...final.map((value, at) => Math.abs(value - (host[at] ?? Number.NaN))));
    expect(apart).toBeLessThan(1e-12);
  });
});

test.each(['heavy-ball', 'nesterov'] as const)(
  '%s without momentum takes the steps of gradient descent, bit for bit',
  async (rule) => {
    const [with0, gd] = await Promise.all([
      engine.run(specOf(rule, 0, 2000, 0.5)), // in chaos
      engine.run(specOf('gd', undefined, 2000, 0.5)),
    ]);
    expect(numbers(with0, 'final')).toEqual(numbers(gd, 'final'));
  },
);

test('the stochastic map refuses a micro-structure that has no phase', async () => {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', micro: 'sin(x) * exp(-x^2 / 100)', epsilon },
    optimizer: { rule: 'stochastic-map', eta: 0.1 },
    ensemble: { initial: { x: 1 } },
    steps: { keep: 1 },
    measures: [{ measure: 'final' }],
  });
  await expect(engine.run(spec)).rejects.toMatchObject({
    code: 'no-phase',
    where: 'objective.micro',
  });
});

test.each(ruleNames)('no number of %s depends on how the work is cut', async (rule) => {
  const { hasMomentum } = rules[rule];
  const spec = parseSpec({
    etascope: 1,
    objective,
    optimizer: { rule, ...(hasMomentum && { momentum: 0.4 }) },
    axes: [{ parameter: 'eta', from: 0.01, to: 0.5, count: 3 }],
    ensemble: {
      orbits: 37,
      initial: { x: { uniform: [-1, 1] }, y: { normal: [0, 1] }, z: 0.3 },
      seed,
    },
    steps: { skip: 10, keep: 300 },
    measures: [
      { measure: 'final' },
      { measure: 'moments', of: 'x * y' },
      { measure: 'escape', when: 'x + y > 1.1', horizon: 200 },
      // Of the flow, one variable has exponents.
      ...(rule === 'gradient-flow'
        ? []
        : [{ measure: 'lyapunov', exponents: 3 }, { measure: 'regime' }]),
    ],
  });
  const one = createCpuEngine({ startWorker, workers: 1, description: 'test' });
  const [a, b] = await Promise.all([engine.run(spec), one.run(spec)]);
  one.dispose();
  expect(numbers(a, 'escape_count').some((count) => count > 0 && count < 37)).toBe(true);
  expect(a.arrays).toEqual(b.arrays);
});

// Each step multiplies areas of (x, v) by the momentum, whatever the slope: in two dimensions, twice.
test('the four exponents of heavy-ball on two coordinates add up to 2 ln momentum', async () => {
  const spec = parseSpec({
    etascope: 1,
    objective: {
      variables: ['x', 'y'],
      macro: '0.26 (x^2 + y^2) - 0.48 x * y',
      micro: '-cos(x) - cos(x + y)',
      epsilon,
    },
    optimizer: { rule: 'heavy-ball', momentum: 0.5, eta: 0.3 },
    ensemble: { orbits: 20, initial: { x: { normal: [0, 1] }, y: { normal: [0, 1] } } },
    steps: { skip: 100, keep: 2000 },
    measures: [{ measure: 'lyapunov', exponents: 4 }],
  });
  const exponents = numbers(await engine.run(spec), 'lyapunov');
  expect(exponents[1]).toBeGreaterThan(0.5); // both directions expand
  expect(Math.abs(total(exponents) - 2 * Math.log(0.5))).toBeLessThan(1e-9);
});

// Two coordinates that do not know of one another: each has the exponents of one alone, whose product is
// the momentum times the derivative ahead.
test('the exponents of nesterov on two separate coordinates are those of one, twice', async () => {
  const exponentsOf = async (variables: readonly string[]) => {
    const sum = (write: (variable: string) => string) => variables.map(write).join(' ');
    const spec = parseSpec({
      etascope: 1,
      objective: {
        variables,
        macro: sum((x) => `+ ${x}^2 / 2`).slice(2),
        micro: sum((x) => `- cos(${x})`),
        epsilon: 1e-4,
      },
      optimizer: { rule: 'nesterov', momentum: 0.5, eta: 0.1 },
      ensemble: {
        orbits: 64,
        initial: Object.fromEntries(variables.map((x) => [x, { normal: [0, 0.2] }])),
      },
      steps: { skip: 100, keep: 4000 },
      measures: [{ measure: 'lyapunov', exponents: 2 * variables.length }],
    });
    const result = await engine.run(spec);
    return { values: numbers(result, 'lyapunov'), errors: numbers(result, 'lyapunov_stderr') };
  };
  const [one, two] = [await exponentsOf(['x']), await exponentsOf(['x', 'y'])];
  expect(two.values).toHaveLength(4);
  two.values.forEach((value, index) => {
    const alone = Math.floor(index / 2);
    const error = Math.hypot(two.errors[index] ?? 0, one.errors[alone] ?? 0);
    // Sorting what is equal parts it by another error or so.
    expect(Math.abs(value - (one.values[alone] ?? Number.NaN))).toBeLessThan(5 * error);
  });
});
