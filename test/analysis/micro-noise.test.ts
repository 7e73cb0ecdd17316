import { describe, expect, test } from 'vitest';
import { climbExponent } from '../../src/analysis/climb.ts';
import { linearLaw } from '../../src/analysis/linear-law.ts';
import { linearMoments } from '../../src/analysis/linear-moments.ts';
import { microNoise } from '../../src/analysis/micro-noise.ts';
import { sineNoise } from '../../src/analysis/noise.ts';
import { RequestError } from '../../src/spec/errors.ts';

const noiseOf = (micro: string, parameters = {}) =>
  microNoise({ variables: ['x'], micro, parameters });

describe('the noise of a micro formula', () => {
  test.each([
    ['-cos(x)', [1]],
    ['0.3 * sin(3 * x + 1)', [0.9]],
    ['a * cos(2 * x) / 2', [0.7]],
    ['sin(x) + sin(sqrt(2) * x) / sqrt(2)', [1, 1]],
    ['sin(x)^2 + 5', [1]], // (1 - cos 2u) / 2
  ])('of %s is that of sines with the amplitudes %j', (micro, amplitudes) => {
    const found = noiseOf(micro, { a: 0.7 }).amplitudes ?? [];
    expect(found).toHaveLength(amplitudes.length);
    found.forEach((each, at) => {
      expect(each).toBeCloseTo(amplitudes[at] ?? 0, 12);
    });
  });

  // zeta = -cos u - cos(2u)/2 = 1/2 - c - c^2 with c = cos u.
  const skew = noiseOf('sin(x) + sin(2 * x) / 4');

  test('has the moments and the ends of the trigonometric sum', () => {
    expect(skew.amplitudes).toBeUndefined();
    expect(skew.moment(1)).toBeCloseTo(0, 14);
    expect(skew.moment(2)).toBeCloseTo(0.625, 14);
    expect(skew.moment(3)).toBeCloseTo(-0.375, 14); // -3 E cos^2(u) cos(2u) / 2
    expect(skew.support[0]).toBeCloseTo(-1.5, 4);
    expect(skew.support[1]).toBeCloseTo(0.75, 4);
    const [lo, hi] = skew.support;
    expect(lo).toBeLessThanOrEqual(-1.5); // no mass may lie outside
    expect(hi).toBeGreaterThanOrEqual(0.75);
  });

  test('gives the law of one kick where the map forgets at once', () => {
    // At eta k = 1, P(x <= 0) = P(c^2 + c >= 1/2) = acos((sqrt 3 - 1) / 2) / pi.
    const law = linearLaw({ curvature: 1, eta: 1, noise: skew });
    const share = Math.acos((Math.sqrt(3) - 1) / 2) / Math.PI;
    const miss = Math.abs(law.distribution(0) - share);
    expect(miss).toBeLessThan(law.distributionError);
    // Cut after n = 118, n^(-3/2) / pi each where they add up, at the singular end: 2 / (pi sqrt n).
    expect(miss).toBeLessThan(0.06);
    // Slower maps mix many kicks: smooth, and the mass is 1.
    const slow = linearLaw({ curvature: 1, eta: 0.3, noise: skew });
    expect(slow.densityError).toBeLessThan(1e-6);
    expect(slow.variance).toBeCloseTo((0.3 * 0.625) / (2 - 0.3), 13);
    expect(slow.distribution(slow.support[1] - 1e-3)).toBeCloseTo(1, 9);
  });

  test('is bounded by its decay', () => {
    for (let t = 0.1; t < 400; t *= 1.3) {
      const { re, im } = skew.characteristic(t);
      expect(Math.hypot(re, im)).toBeLessThanOrEqual(skew.decay(t * 0.999));
    }
  });

  test('of phases that do not add up is averaged over both', () => {
    // f1' = -sin a cos b - sqrt 2 cos a sin b: variance 1/4 + 2/4.
    const product = noiseOf('cos(x) * cos(sqrt(2) * x) + cos(x) / 1e3');
    expect(product.amplitudes).toBeUndefined();
    expect(product.moment(2)).toBeCloseTo(0.75 + 0.5e-6, 12);
    expect(product.characteristic(0.01).re).toBeCloseTo(1 - 0.75e-4 / 2, 8);
  });

  test('is refused where there is none', () => {
    expect(() => noiseOf('3 * x')).toThrow(/makes no noise/);
    expect(() => noiseOf('x^2')).toThrow(RequestError);
    const uneven = '-(1 + slow_x^2) * cos(x)'; // a noise of its own at every place
    expect(() => noiseOf(uneven)).toThrow(expect.objectContaining({ code: 'not-uniform' }));
  });

  test('climbs as far as its larger side carries it', () => {
    const up = { variables: ['x'], macro: '0.5 * x', parameters: {} };
    const alike = climbExponent(up, 0, 1, sineNoise(1));
    expect(alike).toBe(climbExponent(up, 0, 1, 1));
    // theta (slope) = log E exp(theta zeta): the sum below is taken here, over the phase.
    const exponent = climbExponent(up, 0, 1, skew);
    let mean = 0;
    for (let point = 0; point < 256; point++) {
      const c = Math.cos((point / 128) * Math.PI);
      mean += Math.exp(exponent * (0.5 - c - c * c)) / 256;
    }
    expect(Math.log(mean)).toBeCloseTo(exponent * 0.5, 10);
    // Down the same slope towards minus the noise reaches twice as far, so it costs less.
    const mirrored = { ...up, macro: '-0.5 * x' };
    expect(climbExponent(mirrored, 0, -1, skew)).toBeLessThan(exponent / 2);
    expect(climbExponent({ ...up, macro: 'x' }, 0, 1, skew)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the moments of a linear map of any dimension', () => {
  const sine = sineNoise(1);

  test("of Matyas' function are those of its modes", () => {
    // 0.26 (x^2 + y^2) - 0.48 x y: curvature 0.04 along (1, 1), 1 along (1, -1); eta = 0.5.
    const map = { hessian: [0.52, -0.48, -0.48, 0.52], eta: 0.5, noises: [sine, sine] };
    const [s, d] = [Math.SQRT1_2, -Math.SQRT1_2];
    expect(linearMoments(map, [s, s]).variance).toBeCloseTo(3.156566, 6);
    expect(linearMoments(map, [s, d]).variance).toBeCloseTo(1 / 6, 12);
    const both = linearMoments(map, [1, 0]);
    expect(both.variance).toBeCloseTo((3.1565656566 + 1 / 6) / 2, 9);
  });

  test('of one are those of its law', () => {
    for (const eta of [0.1, 0.2, 1.7]) {
      const law = linearLaw({ curvature: 1, eta, noise: sine });
      const moments = linearMoments({ hessian: [1], eta, noises: [sine] }, [-2]);
      expect(moments.variance).toBeCloseTo(4 * law.variance, 13);
      expect(moments.kurtosis).toBeCloseTo(law.kurtosis, 13);
    }
    // The numbers of the stochastic map at eta = 0.1.
    const { variance, kurtosis } = linearMoments({ hessian: [1], eta: 0.1, noises: [sine] }, [1]);
    expect(variance).toBeCloseTo(0.02631578947368421, 15);
    expect(kurtosis).toBeCloseTo(-0.15745856353591, 12);
  });

  test('are refused where there is no stationary law', () => {
    for (const [hessian, eta] of [
      [[1], 2.5],
      [[-1], 0.1],
      [[0], 0.1],
    ] as const) {
      expect(() => linearMoments({ hessian, eta, noises: [sine] }, [1])).toThrow(/no stationary/);
    }
  });
});
