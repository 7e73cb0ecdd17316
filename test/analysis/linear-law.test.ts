import { describe, expect, test } from 'vitest';
import { linearLaw } from '../../src/analysis/linear-law.ts';
import { cumulantsOf, sineNoise } from '../../src/analysis/noise.ts';
import { gaussPanels, integrate } from '../../src/analysis/quadrature.ts';
import { RequestError } from '../../src/spec/errors.ts';

const arcsine = sineNoise(1);
const law = (eta: number, curvature = 1) => linearLaw({ curvature, eta, noise: arcsine });

describe('the arcsine noise', () => {
  test('has variance 1/2, excess kurtosis -3/2 and vanishing odd cumulants', () => {
    const [mean, variance = 0, third, fourth = 0, fifth] = cumulantsOf(arcsine, 5);
    expect([mean, third, fifth]).toEqual([0, 0, 0]);
    expect(variance).toBeCloseTo(0.5, 15);
    expect(fourth / variance ** 2).toBeCloseTo(-1.5, 14);
  });

  test('adds up cumulants of independent waves', () => {
    const both = cumulantsOf(sineNoise(1, 0.3), 6);
    const [one, other] = [cumulantsOf(sineNoise(1), 6), cumulantsOf(sineNoise(0.3), 6)];
    both.forEach((kappa, at) => {
      expect(kappa).toBeCloseTo((one[at] ?? 0) + (other[at] ?? 0), 13);
    });
  });
});

describe('the exact law of the linear stochastic map', () => {
  // eta sigma^2 / (k (2 - eta k)) and -3/2 (1 - a^2) / (1 + a^2): Kong and Tao 2020, by cumulants.
  test.each([
    { eta: 0.1, variance: 0.02631578947368421, kurtosis: -0.15745856353591 },
    { eta: 0.2, variance: 0.05555555555555556, kurtosis: -0.3292682926829268 },
  ])('has the variance and kurtosis known at eta = $eta', ({ eta, variance, kurtosis }) => {
    expect(law(eta).variance).toBeCloseTo(variance, 15);
    expect(law(eta).kurtosis).toBeCloseTo(kurtosis, 13);
  });

  test('has the variances of the modes of the Matyas function at eta = 1/2', () => {
    expect(law(0.5, 0.04).variance).toBeCloseTo(3.156566, 6);
    expect(law(0.5, 1).variance).toBeCloseTo(0.1666667, 7);
  });

  test('has variance 0.0526316 for two incommensurate waves at eta = 0.1', () => {
    const { variance } = linearLaw({ curvature: 1, eta: 0.1, noise: sineNoise(1, 1) });
    expect(variance).toBeCloseTo(0.0526316, 7);
  });

  test.each([0.02, 0.1, 0.3, 1.7, 1.8])(
    'at eta = %f the density has the mass and the moments of the cumulants',
    (eta) => {
      const { density, densityError, variance, kurtosis, support, mean } = law(eta);
      expect(densityError).toBeLessThan(1e-13);
      expect(mean).toBe(0);
      const [lo, hi] = support;
      const { nodes, weights } = gaussPanels(lo, hi, eta < 0.1 ? 40 : 20);
      const masses = nodes.map((x, at) => (weights[at] ?? 0) * density(x));
      const moment = (order: number) =>
        nodes.reduce((sum, x, at) => sum + x ** order * (masses[at] ?? 0), 0);
      // The law is smooth but not analytic at its ends: what 20 panels leave is far below 1e-9.
      expect(Math.abs(moment(0) - 1)).toBeLessThan(1e-9);
      expect(Math.abs(moment(2) / variance - 1)).toBeLessThan(1e-9);
      expect(Math.abs(moment(4) / variance ** 2 - 3 - kurtosis)).toBeLessThan(1e-8);
    },
  );

  test('the distribution is the integral of the density, rises from 0 to 1, and is symmetric', () => {
    const { density, distribution, support } = law(0.2);
    const [lo, hi] = support;
    expect([distribution(lo), distribution(hi), distribution(-7), distribution(7)]).toEqual([
      0, 1, 0, 1,
    ]);
    for (const x of [-0.6, -0.1, 0, 0.25, 0.7]) {
      expect(Math.abs(distribution(x) - integrate(density, lo, x, 20))).toBeLessThan(1e-12);
      expect(Math.abs(distribution(x) + distribution(-x) - 1)).toBeLessThan(1e-13);
    }
  });

  test('at eta = 1 it is the law of the noise: arcsine', () => {
    const { distribution, distributionError, densityError } = law(1);
    expect(densityError).toBe(Number.POSITIVE_INFINITY); // the Fourier series of the arcsine density
    for (const x of [-0.9, 0, 0.3, 0.77]) {
      const exact = 0.5 + Math.asin(x) / Math.PI;
      expect(Math.abs(distribution(x) - exact)).toBeLessThan(distributionError);
    }
    expect(distributionError).toBeLessThan(0.01);
  });

  test('is unchanged by one step of the map', () => {
    const eta = 0.4;
    const { characteristic } = law(eta);
    for (const t of [0.3, 2, 9, 40]) {
      const stepped = characteristic((1 - eta) * t).re * arcsine.characteristic(eta * t).re;
      expect(Math.abs(characteristic(t).re - stepped)).toBeLessThan(1e-14);
    }
  });

  test('follows a noise that is not symmetric', () => {
    // 2/3 with probability 1/3, -1/3 with 2/3: at eta k = 1 the law is that of the noise.
    const coin = {
      support: [-1 / 3, 2 / 3],
      moment: (order: number) => (2 / 3) ** order / 3 + ((-1 / 3) ** order * 2) / 3,
      characteristic: (t: number) => ({
        re: Math.cos((2 * t) / 3) / 3 + (Math.cos(t / 3) * 2) / 3,
        im: Math.sin((2 * t) / 3) / 3 - (Math.sin(t / 3) * 2) / 3,
      }),
      decay: () => 1,
      logMean: (theta: number) =>
        Math.log(Math.exp((2 * theta) / 3) / 3 + (2 * Math.exp(-theta / 3)) / 3),
    } as const;
    for (const eta of [0.25, 1.5]) {
      const a = 1 - eta;
      const coined = linearLaw({ curvature: 1, eta, noise: coin });
      expect(coined.mean).toBeCloseTo(0, 15);
      expect(coined.variance).toBeCloseTo((eta ** 2 * (2 / 9)) / (1 - a * a), 14);
      expect(coined.cumulant(3)).toBeCloseTo((eta ** 3 * (2 / 27)) / (1 - a ** 3), 14);
      // The ends: all noises alike, or each against the sign of a^j.
      const [lo, hi] = coined.support;
      expect(hi - lo).toBeCloseTo(eta / (1 - Math.abs(a)), 14);
      expect(hi + lo).toBeCloseTo(eta / 3 / (1 - a), 14);
      const [h, t] = [1e-3, 0.7]; // the slope of the characteristic function is i times E x exp(itx)
      const bend =
        (coined.characteristic(h).re - 2 + coined.characteristic(-h).re) /
        (-h * h * coined.variance);
      expect(bend).toBeCloseTo(1, 5);
      expect(coined.characteristic(-t).im).toBeCloseTo(-coined.characteristic(t).im, 14);
    }
  });

  test('refuses what has no stationary law', () => {
    for (const eta of [0, -0.1, 2, Number.NaN]) expect(() => law(eta)).toThrow(RequestError);
    expect(() => law(0.1, -1)).toThrow(/^curvature: /);
    expect(() => sineNoise()).toThrow(/^amplitudes: /);
    expect(() => sineNoise(1, 0)).toThrow(/^amplitudes\[1\]: /);
    expect(() => law(0.1).cumulant(1.5)).toThrow(/^order: /);
  });
});
