import { describe, expect, test } from 'vitest';
import { philox } from '../../../src/engine/random.ts';
import { createWebGpuEngine } from '../../../src/engine/webgpu/webgpu-engine.ts';
import { recordOf } from '../../../src/measure/records.ts';
import { RequestError } from '../../../src/spec/errors.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { testDevice } from '../../support/device.ts';
import { expectRecords } from './expect-records.ts';
import { hostRecords } from './host-records.ts';
import { createSweeper } from './swept.ts';

const device = await testDevice();
const sweep = createSweeper(device);

describe.each(['statistics', 'float32'] as const)('rules in %s', (precision) => {
  // Between the thresholds of 2-cycles, 2 (1 + b) and (2 + 2 b) / (1 + 2 b), and those where they break.
  test.each([
    { rule: 'heavy-ball', eta: 0.028 },
    { rule: 'nesterov', eta: 0.026 },
  ])(
    '$rule follows the orbits of float64 in two variables, near cycles in their micro-wells',
    async ({ rule, eta }) => {
      const spec = parseSpec({
        etascope: 1,
        objective: {
          variables: ['x', 'y'],
          macro: '0.26 (x^2 + y^2) - 0.48 x * y',
          micro: '-cos(x) - cos(y)',
          epsilon: 1e-2,
        },
        optimizer: { rule, eta },
        axes: [{ parameter: 'momentum', from: -0.2, to: 0.28, count: 3 }],
        ensemble: { orbits: 2, initial: { x: { grid: [-0.01, 0.02] }, y: 0.013 } },
        steps: { skip: 60, keep: 200 },
        measures: [
          { measure: 'moments', of: 'x' },
          { measure: 'lyapunov', exponents: 2 },
          { measure: 'period', max: 16, tolerance: 1e-4 },
          { measure: 'regime' },
          { measure: 'final' },
        ],
        precision,
      });
      expectRecords((await sweep(spec)).records, hostRecords(spec), 2e-3);
    },
  );

  test.each(['heavy-ball', 'nesterov'])(
    '%s follows the orbits of float64 of a polynomial and of a formula with a domain',
    async (rule) => {
      for (const macro of ['x^4 / 4 + x^2 / 2', 'x * log(x) - x + x^2']) {
        const spec = parseSpec({
          etascope: 1,
          objective: { macro },
          optimizer: { rule, momentum: 0.6 },
          axes: [{ parameter: 'eta', from: 0.1, to: 0.3, count: 3 }],
          ensemble: { orbits: 3, initial: { x: { grid: [0.1, 1.5] } } },
          steps: { skip: 3, keep: 9 },
          measures: [{ measure: 'lyapunov', exponents: 2 }, { measure: 'final' }],
          precision,
        });
        expectRecords((await sweep(spec)).records, hostRecords(spec), 1e-4);
      }
    },
  );

  test('the volume of states shrinks by the momentum at every step, however far neighbours part', async () => {
    const spec = parseSpec({
      etascope: 1,
      objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 1e-6 },
      optimizer: { rule: 'heavy-ball', eta: 0.1, momentum: -0.7 },
      ensemble: { orbits: 65, initial: { x: { uniform: [-0.1, 0.1] } } },
      steps: { skip: 10, keep: 100 },
      measures: [{ measure: 'lyapunov', exponents: 2 }],
      precision,
    });
    const { records } = await sweep(spec, { fewestSteps: 7 });
    const { tangents, batches } = records.layout;
    for (let orbit = 0; orbit < 65; orbit++) {
      const record = recordOf(records, 0, orbit);
      for (let batch = 0; batch < batches; batch++) {
        const [steps = 0, first = 0, second = 0] = record.subarray(
          (tangents?.start ?? 0) + 3 * batch,
        );
        expect(steps).toBeGreaterThan(0);
        // 0.7 as f32, and a rounding of f32 at every step
        expect(Math.abs((first + second) / steps - Math.log(0.7))).toBeLessThan(2 ** -22);
        expect(first / steps).toBeGreaterThan(9);
      }
    }
  });

  test('the stochastic map takes the phases of its counters, however the work is cut', async () => {
    const seed = 2 ** 33 + 5;
    const [eta, steps, orbits] = [0.1, 40, 70];
    const variables = ['p', 'q', 'r', 's', 't']; // one more than a call of the generator serves
    const spec = parseSpec({
      etascope: 1,
      objective: {
        variables,
        macro: variables.map((name) => `${name}^2 / 2`).join(' + '),
        micro: '-cos(p) - cos(q) - cos(r) - cos(s) - cos(3 * t)',
      },
      optimizer: { rule: 'stochastic-map', eta },
      axes: [{ parameter: 'epsilon', from: 1e-3, to: 1e-2, count: 2 }],
      ensemble: {
        orbits,
        initial: Object.fromEntries(variables.map((name, at) => [name, at / 10])),
        seed,
      },
      steps: { skip: 0, keep: steps },
      measures: [{ measure: 'final' }, { measure: 'period' }],
      precision,
    });
    const { records } = await sweep(spec, { states: 32, fewestSteps: 5 });
    const { final, period } = records.layout;
    for (let column = 0; column < 2; column++) {
      for (let orbit = 0; orbit < orbits; orbit++) {
        const record = recordOf(records, column, orbit);
        for (const at of variables.keys()) {
          const amplitude = at === 4 ? 3 : 1; // the phase drawn is of a period, of which cos(3 t) has one
          let x = at / 10;
          for (let n = 0; n < steps; n++) {
            const words = Uint32Array.of(orbit, column, n, 2 + 4 * Math.floor(at / 4));
            philox(words, seed % 2 ** 32, Math.floor(seed / 2 ** 32));
            x -= eta * (x + amplitude * Math.sin((2 * Math.PI * (words[at % 4] ?? 0)) / 2 ** 32));
          }
          // each of 10 steps that are remembered errs by some units in the last place of f32
          expect(Math.abs((record[final + at] ?? Number.NaN) - x)).toBeLessThan(1e-6 * amplitude);
        }
        expect(record[period?.start ?? -1]).toBe(0);
      }
    }
  });

  // With eta = 1 the next state is the noise alone, a sum of two sines of variance 1/2: where their
  // phases belong together, E (cos u + cos 2u)³ = 3/4; where they are independent, it is 0.
  test.each([
    { micro: 'sin(x) + sin(2 * x) / 2', variance: 1, skewness: -0.75 },
    { micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)', variance: 1, skewness: 0 },
    {
      micro: '0.1 sin(x) + sin(sqrt(2) * x) / sqrt(2) + sin(2 sqrt(2) * x) / (2 sqrt(2))',
      variance: 1.005,
      skewness: -0.75,
    },
  ])('the phases of $micro are drawn together or apart', async ({ micro, variance, skewness }) => {
    const spec = parseSpec({
      etascope: 1,
      objective: { macro: 'x^2 / 2', micro, epsilon: 1e-3 },
      optimizer: { rule: 'stochastic-map', eta: 1 },
      ensemble: { orbits: 512, initial: { x: 0 } },
      steps: { skip: 1, keep: 200 },
      measures: [{ measure: 'final' }, { measure: 'moments', of: 'x' }],
      precision,
    });
    const { records } = await sweep(spec);
    const { moments, batches } = records.layout;
    let [count, square, cube] = [0, 0, 0];
    for (let orbit = 0; orbit < 512; orbit++) {
      const record = recordOf(records, 0, orbit);
      for (let batch = 0; batch < batches; batch++) {
        const [n = 0, shift = 0, s1 = 0, s2 = 0, s3 = 0] = record.subarray(
          (moments[0]?.start ?? 0) + 6 * batch,
        );
        count += n;
        square += s2 + 2 * shift * s1 + n * shift ** 2;
        cube += s3 + 3 * shift * s2 + 3 * shift ** 2 * s1 + n * shift ** 3;
      }
    }
    const error = 4 / Math.sqrt(count); // 4 s.e. of powers whose own variance is near 1: 1.3 and 2.5
    expect(Math.abs(square / count - variance)).toBeLessThan(1.2 * error);
    expect(Math.abs(cube / count - skewness)).toBeLessThan(1.6 * error);
  });
});

test('the stochastic map refuses a micro-structure whose phase says nothing', async () => {
  const spec = parseSpec({
    etascope: 1,
    objective: { macro: 'x^2 / 2', micro: 'sin(x) + sin(x^2)', epsilon: 1e-3 },
    optimizer: { rule: 'stochastic-map', eta: 0.1 },
    ensemble: { orbits: 1, initial: { x: 0 } },
    steps: { skip: 0, keep: 1 },
    measures: [{ measure: 'final' }],
  });
  const refusal = await sweep(spec).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(RequestError);
  expect(refusal).toMatchObject({ code: 'no-phase', where: 'objective.micro' });
});

// Far from 0 there are few states of f32, and orbits soon fall on cycles of them; a 2-cycle whose
// neighbours come nearer is none of these.
test.each([
  { eta: 0.1, far: 1000, keep: 20_000, hasCollapsed: true },
  { eta: 2.8e-2, far: 0, keep: 3000, hasCollapsed: false },
])('heavy ball of eta $eta in float32 has collapsed: $hasCollapsed', async (of) => {
  const engine = createWebGpuEngine({ device, description: 'test', ownsDevice: false });
  const { provenance } = await engine.run(
    parseSpec({
      etascope: 1,
      objective: { macro: '(x - a)^2 / 2', micro: '-cos(x)', epsilon: 1e-2, parameters: { a: 0 } },
      optimizer: { rule: 'heavy-ball', eta: of.eta, momentum: 0.2 },
      axes: [{ parameter: 'parameters.a', from: of.far - 1, to: of.far + 1, count: 1 }],
      ensemble: { orbits: 1, initial: { x: of.far + 0.013 } },
      steps: { skip: 0, keep: of.keep },
      measures: [{ measure: 'final' }],
      precision: 'float32',
    }),
  );
  expect(/collapsed/.test(provenance.warnings.join())).toBe(of.hasCollapsed);
});
