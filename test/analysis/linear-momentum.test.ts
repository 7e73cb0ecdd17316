import { describe, expect, test } from 'vitest';
import { linearMarginal } from '../../src/analysis/linear-marginal.ts';
import { linearMoments } from '../../src/analysis/linear-moments.ts';
import { momentumVariance } from '../../src/analysis/momentum.ts';
import { sineNoise } from '../../src/analysis/noise.ts';

const sine = sineNoise(1);
const rules = ['heavy-ball', 'nesterov'] as const;

describe('the linear law with momentum', () => {
  test.each(rules.flatMap((rule) => [0.5, 0.95, -0.3].map((momentum) => ({ rule, momentum }))))(
    'of $rule with b = $momentum has the variance of the autoregression',
    (momentum) => {
      for (const [eta, curvature] of [
        [0.1, 1],
        [0.3, 4],
        [1e-3, 2],
      ] as const) {
        const map = { hessian: [curvature], eta, noises: [sine], momentum };
        const known = momentumVariance({ ...momentum, eta, curvature, noiseVariance: 0.5 });
        expect(linearMoments(map, [3]).variance / (9 * known)).toBeCloseTo(1, 11);
      }
    },
  );

  test('without momentum is that of gradient descent', () => {
    const plain = { hessian: [0.52, -0.48, -0.48, 0.52], eta: 0.5, noises: [sine, sine] };
    for (const rule of rules) {
      const map = { ...plain, momentum: { rule, momentum: 0 } };
      const [with0, without] = [linearMoments(map, [1, 2]), linearMoments(plain, [1, 2])];
      expect(with0.variance).toBeCloseTo(without.variance, 12);
      expect(with0.kurtosis).toBeCloseTo(without.kurtosis, 12);
    }
  });

  test('of two coupled variables is that of their modes', () => {
    const hessian = [0.52, -0.48, -0.48, 0.52]; // Matyas' function: curvatures 0.04 and 1
    for (const rule of rules) {
      const momentum = { rule, momentum: 0.5 };
      const map = { hessian, eta: 0.5, noises: [sine, sine], momentum };
      const variance = (curvature: number) =>
        momentumVariance({ ...momentum, eta: 0.5, curvature, noiseVariance: 0.5 });
      const s = Math.SQRT1_2;
      expect(linearMoments(map, [s, s]).variance).toBeCloseTo(variance(0.04), 10);
      expect(linearMoments(map, [s, -s]).variance).toBeCloseTo(variance(1), 10);
    }
  });

  test('has the moments that a long orbit has', () => {
    for (const rule of rules) {
      const momentum = { rule, momentum: -0.3 };
      const { variance, kurtosis } = linearMoments(
        { hessian: [1], eta: 0.8, noises: [sine], momentum },
        [1],
      );
      // Phases that turn by an irrational share are uniform, and by n squared of it independent enough.
      let [x, before, second, fourth] = [0, 0, 0, 0];
      const steps = 400_000;
      for (let n = 1; n <= steps; n++) {
        const y = x - 0.3 * (x - before);
        const phase = 2 * Math.PI * ((Math.SQRT2 * n * n) % 1);
        const at = rule === 'nesterov' ? y : x;
        [x, before] = [y - 0.8 * (at - Math.sin(phase)), x];
        second += x * x;
        fourth += x ** 4;
      }
      const measured = second / steps;
      expect(Math.abs(measured / variance - 1)).toBeLessThan(0.01);
      expect(Math.abs(fourth / steps / measured ** 2 - 3 - kurtosis)).toBeLessThan(0.03);
    }
  });

  test('as a distribution has the same variance, and its mass within its support', () => {
    for (const rule of rules) {
      const map = { hessian: [1], eta: 0.1, noises: [sine], momentum: { rule, momentum: 0.5 } };
      const { distribution, support } = linearMarginal(map, [1]);
      const [lo, hi] = support;
      const points = 4000;
      const width = (hi - lo) / points;
      // E x^2 = 2 times the integral of x (1 - F) over x > 0, by symmetry twice.
      let integral = 0;
      for (let n = 0; n < points / 2; n++) {
        const x = (n + 0.5) * width;
        integral += 4 * x * (1 - distribution(x)) * width;
      }
      expect(integral / linearMoments(map, [1]).variance).toBeCloseTo(1, 5);
      expect(distribution(0)).toBeCloseTo(0.5, 9);
    }
  });

  test('is refused where it does not settle', () => {
    const at = (eta: number, momentum: number) => () =>
      linearMoments(
        { hessian: [1], eta, noises: [sine], momentum: { rule: 'heavy-ball', momentum } },
        [1],
      );
    expect(at(3.01, 0.5)).toThrow(/^eta: the map has no stationary law/); // 2 (1 + b) = 3
    expect(at(2.9, 0.5)).not.toThrow();
    expect(at(0.1, 0.999)).not.toThrow(); // swings for long
    expect(at(0.1, 1)).toThrow(/^momentum: /);
  });
});
