import type { BigNumber } from 'mathjs';
import { describe, expect, test } from 'vitest';
import { elementary, type SimdFunction } from '../../../src/formula/simd/elementary/functions.ts';
import { deviations, exactly, worst } from '../../support/accuracy.ts';
import { around, fromBits, ulpOf, uniform } from '../../support/f64.ts';
import { mapSimd } from '../../support/simd-map.ts';

const random = uniform(20_031);

function spread(lo: number, hi: number, count: number): number[] {
  return Array.from({ length: count }, () => lo + (hi - lo) * random());
}
/** Both signs of numbers spread evenly over powers of two. */
function scales(from: number, to: number, count = 100): number[] {
  return spread(from, to, count).flatMap((exponent) => [2 ** exponent, -(2 ** exponent)]);
}
const signs = (sizes: readonly number[]) => sizes.flatMap((size) => [size, -size]);
const multiples = (unit: number, count: number) =>
  Array.from({ length: count }, (_, n) => unit * (n + 1));
/** Distances from 1 of every size. */
const nearOne = spread(-53, -1, 60).flatMap((exponent) => [1 - 2 ** exponent, 1 + 2 ** exponent]);
const subnormals = Array.from({ length: 40 }, () =>
  fromBits(BigInt(1 + Math.floor(2 ** (52 * random())))),
);
const powersOfTwo = Array.from({ length: 211 }, (_, n) => 2 ** (10 * n - 1070)).filter(
  Number.isFinite,
);

/** Where tan is largest, and sine and cosine have lost most digits: f64 numbers nearest to n pi/2. */
const poles = [
  ...around(multiples(Math.PI / 2, 40)),
  ...around(spread(3, 25.3, 40).map((exponent) => Math.floor(2 ** exponent) * (Math.PI / 2))),
];

interface Case {
  readonly exact: (x: BigNumber) => BigNumber;
  readonly points: readonly number[];
}

const angles = [...spread(-8, 8, 300), ...scales(-40, 3), ...scales(3, 26), ...signs(poles)];
const fractions = [
  ...spread(-1, 1, 400),
  ...scales(-60, 0, 40),
  ...signs(nearOne.filter((x) => x < 1)),
  ...signs(around([0.5])),
  1,
  -1,
];
const hyperbolic = [
  ...spread(-4, 4, 400),
  ...scales(-60, 4, 60),
  ...signs(around(multiples(Math.LN2 / 2, 30), 1)),
];
const large = [
  ...spread(-710, 710, 200),
  ...signs(around(multiples(Math.LN2, 1024).slice(-20), 1)),
];

const cases: Readonly<Record<string, Case>> = {
  tan: { exact: (x) => x.tan(), points: angles },
  asin: { exact: (x) => x.asin(), points: fractions },
  acos: { exact: (x) => x.acos(), points: fractions },
  atan: {
    exact: (x) => x.atan(),
    points: [
      ...spread(-3, 3, 400),
      ...scales(-60, 1000, 60),
      ...signs(around([0.5, 1, 2])),
      ...signs(nearOne).slice(0, 100),
    ],
  },
  sinh: { exact: (x) => x.sinh(), points: [...hyperbolic, ...large] },
  cosh: { exact: (x) => x.cosh(), points: [...hyperbolic, ...large] },
  tanh: { exact: (x) => x.tanh(), points: [...hyperbolic, ...spread(-24, 24, 200)] },
  exp: {
    exact: (x) => x.exp(),
    points: [
      ...spread(-1, 1, 300),
      ...spread(-708, 709.78, 500),
      ...scales(-60, 0, 40),
      ...signs(around(multiples(Math.LN2 / 2, 50), 1)),
      709.782712893384, // the last before Infinity
    ],
  },
  log: {
    exact: (x) => x.ln(),
    points: [
      ...spread(0.5, 2, 400),
      ...nearOne,
      ...around([Math.SQRT1_2, 1, Math.SQRT2]),
      ...scales(-1074, 1023).filter((x) => x > 0),
      ...around(powersOfTwo.slice(1), 1),
      ...subnormals,
      Number.MAX_VALUE,
    ],
  },
};

function functionOf(name: string): SimdFunction {
  const found = Object.entries(elementary).find(([operation]) => operation === name);
  if (!found) throw new Error(`no function ${name}`);
  return found[1];
}

describe('an elementary function in f64x2', () => {
  test.for(Object.entries(cases))('%s errs by at most 2 ulp', async ([name, { exact, points }]) => {
    const inputs = [Float64Array.from(points)];
    const outputs = await mapSimd(functionOf(name), ...inputs);
    const farthest = worst(deviations({ inputs, outputs, exact }), ({ ulps }) => ulps);
    expect(farthest.ulps, JSON.stringify(farthest)).toBeLessThanOrEqual(2);
  });
});

test('tan of coarse arguments is that of an argument at most half an ulp away', async () => {
  const x = Float64Array.from(scales(26, 50, 200));
  const outputs = await mapSimd(functionOf('tan'), x);
  const tangents = (place: number) =>
    [...x].map((of) =>
      exactly(of)
        .add(exactly(place * ulpOf(of)))
        .tan(),
    );
  const [lower, upper] = [tangents(-0.51), tangents(0.51)];
  for (const [at, output] of outputs.entries()) {
    const [least, most] = [
      lower[at]?.toNumber() ?? Number.NaN,
      upper[at]?.toNumber() ?? Number.NaN,
    ];
    const isPoleBetween = least > most;
    expect(isPoleBetween || (least <= output && output <= most), `tan(${x[at]})`).toBe(true);
  }
});

describe('sine and cosine of radians', () => {
  const circular: Readonly<Record<string, Case['exact']>> = {
    sin: (x) => x.sin(),
    cos: (x) => x.cos(),
  };
  const points = [...angles, ...scales(26, 60), ...signs(powersOfTwo.filter((x) => x < 1))];

  // Beyond the first product the reduction rounds numbers below 2^-27 |x| three times, by 2^-80.6 |x|
  // turns each: 2^-23 of an ulp of x, where half an ulp would be allowed.
  test.for(Object.entries(circular))(
    '%s errs by 2^-50, and hardly more where arguments are coarse',
    async ([name, exact]) => {
      const inputs = [Float64Array.from(points)];
      const outputs = await mapSimd(functionOf(name), ...inputs);
      const excess = (found: { inputs: readonly number[]; size: number }) =>
        found.size - 2 ** -23 * ulpOf(found.inputs[0] ?? 0);
      const farthest = worst(deviations({ inputs, outputs, exact }), excess);
      expect(excess(farthest), JSON.stringify(farthest)).toBeLessThanOrEqual(2 ** -50);
    },
  );

  test('sine keeps its digits where it is small', async () => {
    const inputs = [Float64Array.from([...scales(-900, -1), ...spread(-0.5, 0.5, 300)])];
    const outputs = await mapSimd(functionOf('sin'), ...inputs);
    const found = deviations({ inputs, outputs, exact: (x) => x.sin() });
    expect(worst(found, ({ ulps }) => ulps).ulps).toBeLessThanOrEqual(4);
  });

  test('stay within [-1, 1] for every finite argument', async () => {
    const inputs = Float64Array.from([...scales(60, 1023.9), Number.MAX_VALUE]);
    for (const name of Object.keys(circular)) {
      const outputs = await mapSimd(functionOf(name), inputs);
      expect(outputs.every((value) => Math.abs(value) <= 1)).toBe(true);
    }
  });
});
