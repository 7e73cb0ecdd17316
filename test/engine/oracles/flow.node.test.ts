import { afterAll, describe, expect, test } from 'vitest';
import { createCpuEngine } from '../../../src/engine/cpu/create-cpu-engine.ts';
import { parseSpec } from '../../../src/spec/parse.ts';
import { numbers } from '../../support/result-numbers.ts';
import { startWorker } from '../../support/start-worker.ts';

const engine = createCpuEngine({ startWorker, workers: 1, description: 'test' });
afterAll(engine.dispose);

interface Request {
  readonly objective: object;
  readonly eta: number;
  readonly keep?: number;
  readonly initial: object;
  readonly rule?: string;
  readonly orbits?: number;
  readonly measures?: readonly object[];
  readonly stop?: object;
}

const run = ({ rule = 'gradient-flow', ...request }: Request) =>
  engine.run(
    parseSpec({
      etascope: 1,
      objective: request.objective,
      optimizer: { rule, eta: request.eta },
      ensemble: { orbits: request.orbits ?? 1, initial: request.initial },
      steps: { keep: request.keep ?? 1 },
      measures: [{ measure: 'final' }, ...(request.measures ?? [])],
      ...(request.stop ? { stop: request.stop } : {}),
    }),
  );
const finals = async (request: Request) => numbers(await run(request), 'final');
const final = async (request: Request) => (await finals(request))[0] ?? Number.NaN;

const times = [
  { eta: 0.01, keep: 100 },
  { eta: 1, keep: 1 },
  { eta: 0.7, keep: 5 },
  { eta: 12, keep: 1 },
];

describe.each(times)('after $keep steps of $eta', ({ eta, keep }) => {
  const t = eta * keep;

  test('a quadratic has shrunk like exp(-t)', async () => {
    const x = await final({ objective: { macro: 'x^2 / 2' }, eta, keep, initial: { x: 1.3 } });
    expect(Math.abs(x / (1.3 * Math.exp(-t)) - 1)).toBeLessThan(1e-10);
  });

  test('a double well is where its closed form says', async () => {
    const macro = 'x^4 / 4 - x^2 / 2';
    for (const start of [1e-3, -0.4, 3]) {
      const x = await final({ objective: { macro }, eta, keep, initial: { x: start } });
      const right = (start * Math.exp(t)) / Math.sqrt(1 + start ** 2 * (Math.exp(2 * t) - 1));
      expect(Math.abs(x / right - 1)).toBeLessThan(1e-10);
    }
  });

  test('coupled variables follow the exponential of their matrix', async () => {
    // Of [[2, 1], [1, 2]]: exp(-t) along (1, -1), exp(-3 t) along (1, 1).
    const variables = ['x', 'y'];
    const objective = { variables, macro: 'x^2 + y^2 + x * y' };
    const [x = 0, y = 0] = await finals({ objective, eta, keep, initial: { x: 1, y: 0.25 } });
    const [sum, difference] = [1.25 * Math.exp(-3 * t), 0.75 * Math.exp(-t)];
    expect(Math.abs(x - y - difference)).toBeLessThan(1e-10 * difference);
    expect(Math.abs(x + y - sum)).toBeLessThan(1e-10 * difference);
  });
});

describe('with micro-structure', () => {
  const slope = (x: number, epsilon: number) => x + Math.sin(x / epsilon);

  /** The first zero of the slope downhill from a place, by steps of a hundredth of a radian and bisection. */
  const zeroBelow = (start: number, epsilon: number): number => {
    const step = -Math.sign(slope(start, epsilon)) * epsilon * 0.01;
    let near = start;
    while (slope(near, epsilon) * slope(near + step, epsilon) > 0) near += step;
    let far = near + step;
    for (let halving = 0; halving < 60; halving++) {
      const middle = (near + far) / 2;
      if (slope(middle, epsilon) * slope(near, epsilon) > 0) near = middle;
      else far = middle;
    }
    return near;
  };

  test.each([1e-2, 1e-4, 1e-6])(
    'it comes to rest in the well it starts in: %f',
    async (epsilon) => {
      const objective = { macro: 'x^2 / 2', micro: '-cos(x)', epsilon };
      const starts = Array.from({ length: 9 }, (_, at) => 0.9 * Math.sin(7 * at));
      for (const start of starts) {
        const x = await final({ objective, eta: 1, keep: 2, initial: { x: start } });
        // Four roundings of x, which are far more than those of the phase.
        expect(Math.abs(x - zeroBelow(start, epsilon))).toBeLessThan(1e-10 * epsilon + 2 ** -50);
      }
    },
  );

  test('it slides over wells that are too shallow to hold it, in the period of Adler', async () => {
    // du/dt = -(a + b sin u) / epsilon passes 2 pi in 2 pi epsilon / sqrt(a^2 - b^2).
    const [epsilon, wells] = [1e-4, 1000];
    const eta = (wells * 2 * Math.PI * epsilon) / Math.sqrt(1 - 0.8 ** 2);
    const objective = { macro: 'x', micro: '-0.8 * cos(x)', epsilon };
    const x = await final({ objective, eta, initial: { x: 0.3 } });
    const passed = (0.3 - x) / (2 * Math.PI * epsilon);
    expect(Math.abs(passed - wells)).toBeLessThan(1e-8);
  });

  test('f never rises', async () => {
    const objective = {
      variables: ['x', 'y'],
      macro: 'x^2 / 2 + y^2 / 3 - x * y / 5',
      micro: 'sin(x) / 2 + sin(2 * y - x) / 3',
      epsilon: 0.01,
    };
    const f = (x: number, y: number) =>
      x ** 2 / 2 +
      y ** 2 / 3 -
      (x * y) / 5 +
      0.01 * (Math.sin(x / 0.01) / 2 + Math.sin((2 * y - x) / 0.01) / 3);
    let before = f(0.8, -0.6);
    for (const eta of [1e-3, 3e-3, 0.01, 0.03, 0.1, 0.3, 1]) {
      const [x = 0, y = 0] = await finals({ objective, eta, initial: { x: 0.8, y: -0.6 } });
      expect(f(x, y)).toBeLessThan(before + 1e-15);
      before = f(x, y);
    }
    expect(before).toBeLessThan(f(0.8, -0.6) - 1e-3);
  });
});

test.each([
  { objective: { macro: 'x^2 / 2 + sin(x)' }, t: 1 },
  { objective: { macro: 'x^2 / 2', micro: '-cos(x)', epsilon: 0.2 }, t: 0.15 },
])('gradient descent comes to it in first order of eta: $objective', async ({ objective, t }) => {
  const initial = { x: 0.7 };
  const right = await final({ objective, eta: t, initial });
  const errors: number[] = [];
  for (const steps of [256, 512, 1024]) {
    const x = await final({ objective, rule: 'gd', eta: t / steps, keep: steps, initial });
    errors.push(x - right);
  }
  const [a = 0, b = 0, c = 0] = errors;
  // The orders seen have an error of first order themselves: Richardson takes it off.
  const order = 2 * Math.log2(b / c) - Math.log2(a / b);
  expect(Math.abs(order - 1)).toBeLessThan(0.002);
});

describe('its exponent', () => {
  const exponent = async (objective: object, eta: number, x: number) =>
    numbers(
      await run({ objective, eta, keep: 400, initial: { x }, measures: [{ measure: 'lyapunov' }] }),
      'lyapunov',
    )[0] ?? Number.NaN;
  const well = { macro: 'x^4 / 4 - x^2 / 2' };

  test("is -eta f'' at a minimum, and at a maximum that it does not leave", async () => {
    expect(await exponent(well, 0.3, 1)).toBeCloseTo(-0.6, 12);
    expect(await exponent(well, 0.3, 0)).toBeCloseTo(0.3, 12);
  });

  test("is -eta f'' in a well of the micro-structure, however deep", async () => {
    for (const epsilon of [0.1, 1e-6]) {
      const objective = { macro: 'x^2 / 2', micro: '-cos(x)', epsilon };
      const found = await exponent(objective, 0.5, 0);
      expect(found / (-0.5 * (1 + 1 / epsilon))).toBeCloseTo(1, 12);
    }
  });

  test('is the logarithm by which slopes shrink along the way', async () => {
    // The variational equation of one variable is that of the slope: log q(x(t)) / q(x(0)).
    const spec = { objective: well, eta: 0.05, initial: { x: 0.2 } };
    const slope = (x: number) => x ** 3 - x;
    const result = await run({ ...spec, keep: 64, measures: [{ measure: 'lyapunov' }] });
    const grown = Math.log(slope(await final({ ...spec, keep: 64 })) / slope(0.2));
    expect(numbers(result, 'lyapunov')[0]).toBeCloseTo(grown / 64, 10);
  });
});

test('an orbit that reaches infinity in finite time diverges in that step', async () => {
  // x = 1 / sqrt(1 - 2 t) is 5 at t = 0.48 and nowhere at 0.52.
  const request = { objective: { macro: '-x^4 / 4' }, eta: 0.04, initial: { x: 1 } };
  const still = await run({ ...request, keep: 12 });
  expect(numbers(still, 'final')[0]).toBeCloseTo(5, 8);
  expect(numbers(still, 'diverged')).toEqual([0]);
  expect(numbers(await run({ ...request, keep: 13 }), 'diverged')).toEqual([1]);
});
