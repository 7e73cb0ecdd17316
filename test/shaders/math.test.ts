import { describe, expect, test } from 'vitest';
import { testDevice } from '../support/device.ts';
import { mapOnGpu } from '../support/gpu-map.ts';

const device = await testDevice();
const f32 = Math.fround;

/** Numbers f32 can have, dense over [lo, hi], without chance: the golden ratio fills any interval evenly. */
function spread(lo: number, hi: number, count: number): number[] {
  const golden = (Math.sqrt(5) - 1) / 2;
  return Array.from({ length: count }, (_, n) => f32(lo + ((n * golden) % 1) * (hi - lo)));
}

/** Both signs of numbers evenly spread over powers of two. */
function scales(from: number, to: number, count = 4000): number[] {
  return spread(from, to, count).flatMap((exponent) => [f32(2 ** exponent), f32(-(2 ** exponent))]);
}

/** f32 numbers on either side of each of `centres`. */
function around(centres: readonly number[]): number[] {
  return centres.flatMap((centre) => {
    const nearest = f32(centre);
    const bits = new Int32Array(new Float32Array([nearest]).buffer)[0] ?? 0;
    const steps = new Int32Array([-2, -1, 0, 1, 2].map((step) => bits + step));
    return [...new Float32Array(steps.buffer)];
  });
}

const quarterTurns = Array.from({ length: 6400 }, (_, n) => (n * Math.PI) / 2);

interface Case {
  readonly name: string;
  readonly of: (x: number) => number;
  readonly points: readonly number[];
  /** Largest error allowed, by argument and true value: what the comment in math.wgsl states. */
  readonly bound: (x: number, value: number) => number;
}

const relative = (share: number) => (_: number, value: number) => share * Math.abs(value);
const nearOne = [0.25, 0.4142135, 0.5, 0.625, Math.SQRT1_2, 1, Math.SQRT2, 2.4142135];

const cases: readonly Case[] = [
  {
    name: 'sine',
    of: Math.sin,
    points: [
      ...scales(-100, -1),
      ...spread(-20, 20, 20_000),
      ...spread(-1e4, 1e4, 20_000),
      ...scales(13, 54.9),
      ...around(quarterTurns.slice(1)),
      ...around([0.5, -0.5]),
    ],
    bound: (x, value) => (Math.abs(x) < 0.5 ? 1.5e-7 * Math.abs(value) : 1.3e-7),
  },
  {
    name: 'cosine',
    of: Math.cos,
    points: [
      0,
      ...scales(-100, -1),
      ...spread(-20, 20, 20_000),
      ...spread(-1e4, 1e4, 20_000),
      ...scales(13, 54.9),
      ...around(quarterTurns.slice(1)),
      ...around([0.5, -0.5]),
    ],
    bound: () => 1.3e-7,
  },
  {
    name: 'tangent',
    of: Math.tan,
    points: [...scales(-100, -1), ...spread(-20, 20, 20_000), ...spread(-1e4, 1e4, 10_000)],
    bound: (x, value) => (Math.abs(x) < 0.5 ? 8e-7 * Math.abs(value) : 5e-7 * (1 + value * value)),
  },
  {
    name: 'arcsine',
    of: Math.asin,
    points: [0, 1, -1, ...scales(-100, -1), ...spread(-1, 1, 20_000), ...around([0.5, -0.5])],
    bound: relative(1e-6),
  },
  {
    name: 'arccosine',
    of: Math.acos,
    points: [
      0,
      1,
      -1,
      ...spread(-1, 1, 20_000),
      ...scales(-30, -1),
      ...spread(0.999, 1, 2000),
      ...around([0.5, -0.5]),
    ],
    bound: relative(1e-6),
  },
  {
    name: 'arctangent',
    of: Math.atan,
    points: [0, ...scales(-100, 100), ...spread(-4, 4, 20_000), ...around(nearOne)],
    bound: relative(6e-7),
  },
  {
    name: 'exponential',
    of: Math.exp,
    points: [
      0,
      88.72,
      -87.33,
      ...spread(-87.33, 88.71, 40_000),
      ...scales(-120, 6),
      ...around(spread(-125, 125, 1000).map((k) => Math.round(k) * Math.LN2)),
    ].filter((x) => x >= -87.33 && x <= 88.72),
    bound: relative(2e-7),
  },
  {
    name: 'logarithm',
    of: Math.log,
    points: [
      1,
      ...scales(-126, 127, 20_000).map(Math.abs),
      ...spread(0.5, 2, 20_000),
      ...around(nearOne),
    ],
    bound: relative(4e-7),
  },
  {
    name: 'hyperbolicSine',
    of: Math.sinh,
    points: [0, ...scales(-100, 0), ...spread(-88.7, 88.7, 20_000), ...around([1, -1])],
    bound: relative(8e-7),
  },
  {
    name: 'hyperbolicCosine',
    of: Math.cosh,
    points: [0, ...scales(-100, 0), ...spread(-88.7, 88.7, 20_000)],
    bound: relative(5e-7),
  },
  {
    name: 'hyperbolicTangent',
    of: Math.tanh,
    points: [0, ...scales(-100, 100), ...spread(-12, 12, 20_000), ...around(nearOne)],
    bound: relative(4e-7),
  },
  {
    name: 'squareRoot',
    of: Math.sqrt,
    points: [0, ...scales(-126, 127).map(Math.abs), ...spread(0, 10, 5000)],
    bound: relative(4e-7),
  },
];

/** Calls a function of math.wgsl at f32 arguments, one invocation each. */
async function call(name: string, points: readonly (readonly number[])[]) {
  const width = points[0]?.length ?? 1;
  const given = Array.from({ length: width }, (_, k) => `inputs[${width}u * point + ${k}u]`);
  const outputs = await mapOnGpu(device, {
    imports: `import package::lib::math::{${name}, outOfDomain};`,
    body: `outputs[2u * point] = ${name}(${given.join(', ')});
  outputs[2u * point + 1u] = select(0f, 1f, outOfDomain);`,
    inputs: new Float32Array(points.flat()),
    points: points.length,
    outputsPerPoint: 2,
  });
  return {
    values: points.map((_, at) => outputs[2 * at] ?? Number.NaN),
    isOut: points.map((_, at) => outputs[2 * at + 1] === 1),
  };
}

describe('math', () => {
  test.each(cases)('$name stays within its stated error', async ({ name, of, points, bound }) => {
    const { values, isOut } = await call(
      name,
      points.map((x) => [f32(x)]),
    );
    let worst = { x: 0, error: 0, share: 0 };
    points.map(f32).forEach((x, point) => {
      const value = of(x);
      const error = Math.abs((values[point] ?? Number.NaN) - value);
      // What f32 cannot hold is flushed: 2^-126 is the smallest normal number.
      const share = error / (bound(x, value) + 2 ** -126);
      if (!(share <= worst.share)) worst = { x, error, share };
    });
    expect(worst.share, JSON.stringify(worst)).toBeLessThanOrEqual(1);
    expect(isOut).not.toContain(true);
  });

  test('realPower stays within its stated error, for whole exponents of either sign of base', async () => {
    const bases = [...scales(-40, 40, 300), ...spread(0.1, 10, 300)];
    const exponents = [-7, -2.5, -1, 0, 1 / 3, 0.7, 1, 2, 3, 5, 12.25];
    const pairs = bases
      .flatMap((base) => exponents.map((exponent) => [base, f32(exponent)] as const))
      .filter(([base, exponent]) => {
        const doublings = Math.abs(exponent * Math.log2(Math.abs(base)));
        return (base > 0 || Number.isInteger(exponent)) && doublings < 125;
      });
    const { values, isOut } = await call('realPower', pairs);
    expect(isOut).not.toContain(true);
    const worst = pairs.map(([base, exponent], at) => {
      const value = base ** exponent;
      const growth = Math.abs(exponent * Math.log(Math.abs(base))) + 1;
      return Math.abs((values[at] ?? Number.NaN) - value) / (growth * 5e-7 * Math.abs(value));
    });
    expect(Math.max(...worst)).toBeLessThanOrEqual(1);
  });

  test('quotient is within 2.5 units in the last place', async () => {
    const [over, under] = [scales(-60, 60, 2000), scales(-60, 59, 2000)];
    const pairs = over.map((a, at) => [a, under[(at * 7) % under.length] ?? 1] as const);
    const { values } = await call('quotient', pairs);
    const shares = pairs.map(([a, b], at) => Math.abs((values[at] ?? Number.NaN) / (a / b) - 1));
    expect(Math.max(...shares)).toBeLessThanOrEqual(2.5 * 2 ** -23);
  });

  test('exponential is 0 where f32 has no normal number for it', async () => {
    const { values, isOut } = await call('exponential', [[-87.4], [-88], [-100], [-130], [-3e38]]);
    expect(values).toEqual([0, 0, 0, 0, 0]);
    expect(isOut).not.toContain(true);
  });

  test('sine and cosine of any f32 lie in [-1, 1]', async () => {
    const points = scales(50, 127.9);
    for (const name of ['sine', 'cosine']) {
      const { values } = await call(
        name,
        points.map((x) => [x]),
      );
      expect(values.every((value) => Math.abs(value) <= 1)).toBe(true);
    }
  });

  test.each<{ name: string; inside: readonly number[][]; outside: readonly number[][] }>([
    { name: 'logarithm', inside: [[1e-37], [1], [3e38]], outside: [[0], [-1e-37], [-1], [-3e38]] },
    { name: 'squareRoot', inside: [[0], [1e-37], [3e38]], outside: [[-1e-37], [-1]] },
    { name: 'arcsine', inside: [[-1], [0], [1]], outside: [[1 + 2 ** -23], [-2], [3e38]] },
    { name: 'arccosine', inside: [[-1], [0], [1]], outside: [[1 + 2 ** -23], [-2], [3e38]] },
    { name: 'exponential', inside: [[88.7], [-3e38], [0]], outside: [[88.8], [3e38]] },
    { name: 'hyperbolicSine', inside: [[88.7], [-88.7]], outside: [[88.8], [-88.8], [3e38]] },
    { name: 'hyperbolicCosine', inside: [[88.7], [-88.7]], outside: [[88.8], [-88.8], [3e38]] },
    { name: 'hyperbolicTangent', inside: [[3e38], [-3e38]], outside: [] },
    { name: 'positive', inside: [[1e-37], [3e38]], outside: [[0], [-1]] },
    {
      name: 'quotient',
      inside: [
        [0, 1e-37],
        [1, -3e37],
      ],
      outside: [
        [0, 0],
        [1, 0],
        [1, -0],
      ],
    },
    {
      name: 'realPower',
      inside: [
        [0, 0],
        [0, 0.3],
        [-2, 3],
        [-2, -4],
        [2, -300],
        [-1, 3e38],
      ],
      outside: [
        [0, -1],
        [-2, 0.5],
        [-2, 2.5],
        [2, 200],
        [3e38, 3e38],
      ],
    },
  ])('$name says what is out of its domain, and still gives a finite number', async (row) => {
    const inside = row.inside.map(() => false);
    const outside = row.outside.map(() => true);
    const { values, isOut } = await call(row.name, [...row.inside, ...row.outside]);
    expect(isOut).toEqual([...inside, ...outside]);
    expect(values.every(Number.isFinite)).toBe(true);
  });
});
