import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../src/engine/cpu/create-cpu-engine.ts';
import { createEnsemble } from '../../src/engine/ensemble.ts';
import { compileObjective } from '../../src/formula/objective.ts';
import { columnSetting } from '../../src/spec/columns.ts';
import { parseSpec } from '../../src/spec/parse.ts';
import { exactly, exactValues } from '../support/exact-value.ts';
import { numbers } from '../support/result-numbers.ts';
import { startWorker } from '../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 1, description: 'test' });
afterAll(engine.dispose);

const ORBITS = 24;
const ROUNDED = 2 ** -53;
const parameters = { a: 0.5 };

// What a step of eta = 1 from x without a macro part moves by is the micro part of the gradient. Its error is
// that of its phases, times the slope of each wave by its phase: `size` sums radians times slopes, and a phase is
// off by `roundings` units of 2^-53 of itself.
//
// In periods: pi (0.35), the unit (2) and the position counted in it (1) make 3.35, and a multiple that is no power
// of two 1 more. Of another frequency the unit cancels, and its ratio to the base (3) and the product (1) come on
// top: 5.35; where a macro position is added, 1 more. In the unit of x: u = x / epsilon makes 2, a square twice
// that and 1, a division by a number 1, the reduction to turns 1.
const kinds = [
  {
    kind: 'integer harmonics and a shift',
    micro: 'sin(x) + cos(3x + a)',
    roundings: 4.35,
    size: (u: number) => Math.abs(u) + 9 * Math.abs(u),
  },
  {
    kind: 'irrational frequencies',
    micro: 'sin(x) + sin(sqrt(2) * x)',
    roundings: 5.35,
    size: (u: number) => Math.abs(u) + 2 * Math.SQRT2 * Math.abs(u),
  },
  {
    kind: 'several variables',
    variables: ['x', 'y'],
    micro: 'cos(x - y) + cos(x + 2y)',
    roundings: 3.35,
    size: (u: number, v: number) => 3 * Math.abs(u) + 5 * Math.abs(v),
  },
  {
    kind: 'a shift by the macro position',
    micro: 'sin(x + a * slow_x)',
    roundings: 6.35,
    size: (u: number) => Math.abs(u),
  },
  {
    kind: 'an amplitude of the macro position',
    micro: '-(1 + slow_x^2) * cos(x)',
    roundings: 3.35,
    size: (u: number, _v: number, x: number) => (1 + x * x) * Math.abs(u),
  },
  {
    kind: 'an argument of second degree',
    micro: 'sin(x^2 / 1e4)',
    roundings: 7,
    size: (u: number) => (((2 * Math.abs(u)) / 1e4) * (u * u)) / 1e4,
    farthest: 1e6, // a slope of 200
  },
  {
    kind: 'an argument of third degree',
    micro: 'sin(x^3 / 1e8)',
    roundings: 10,
    size: (u: number) => ((3 * u * u) / 1e8) * (Math.abs(u) ** 3 / 1e8),
    farthest: 3e4,
  },
  {
    kind: 'an envelope',
    micro: 'sin(x) * exp(-x^2 / 1e6)',
    roundings: 3.35,
    size: (u: number) => Math.exp((-u * u) / 1e6) * Math.abs(u),
    farthest: 1e3,
  },
];

describe.each([1e-3, 1e-6, 1e-8])('at epsilon = %s, in float64', (epsilon) => {
  test.each(kinds)('the phase of $kind is as near as stated', async (given) => {
    const { variables = ['x'], micro, roundings, size } = given;
    const far = Math.min(50, (given.farthest ?? Number.POSITIVE_INFINITY) * epsilon);
    const spec = parseSpec({
      etascope: 1,
      objective: { variables, macro: '0', micro, epsilon, parameters },
      optimizer: { eta: 1 },
      ensemble: {
        orbits: ORBITS,
        initial: Object.fromEntries(variables.map((name) => [name, { uniform: [-far, far] }])),
      },
      steps: { skip: 0, keep: 1 },
      measures: [{ measure: 'final' }],
      precision: 'float64',
    });
    const final = numbers(await engine.run(spec), 'final');
    const { gradient } = compileObjective(spec.objective);
    const setting = columnSetting(spec, 0);
    const ensemble = createEnsemble(spec);
    let worst = 0; // error over its bound
    for (let orbit = 0; orbit < ORBITS; orbit++) {
      const start = variables.map((_, at) => ensemble.start(setting, 0, orbit, at));
      const exact = exactValues(
        gradient.map((part) => part.micro),
        (leaf) => {
          if (leaf.kind === 'number') return exactly(leaf.value);
          if (leaf.kind === 'parameter') return exactly(leaf.name === 'a' ? 0.5 : epsilon);
          const x = exactly(start[variables.indexOf(leaf.name)] ?? Number.NaN);
          return leaf.scale === 'macro' ? x : x.div(exactly(epsilon));
        },
      );
      const [x = 0, y = 0] = start;
      exact.forEach((slope, at) => {
        const end = exactly(final[orbit * variables.length + at] ?? Number.NaN);
        const error = exactly(start[at] ?? 0)
          .sub(slope)
          .sub(end)
          .abs()
          .toNumber();
        const amplitude = 3 + x * x;
        const held = 6 * ROUNDED * (Math.abs(start[at] ?? 0) + amplitude); // start, unit, end
        const most = roundings * ROUNDED * size(x / epsilon, y / epsilon, x);
        worst = Math.max(worst, error / (most + held + amplitude * 2 ** -49));
      });
    }
    expect(worst).toBeLessThanOrEqual(1);
    expect(worst).toBeGreaterThan(0.1);
  });
});
