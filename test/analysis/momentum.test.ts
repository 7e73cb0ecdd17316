import { describe, expect, test } from 'vitest';
import { linearLaw } from '../../src/analysis/linear-law.ts';
import {
  globalLyapunov,
  lyapunovError,
  momentumLyapunov,
} from '../../src/analysis/lyapunov-theory.ts';
import {
  effectiveTemperature,
  type MomentumRule,
  momentumThresholds,
  momentumVariance,
} from '../../src/analysis/momentum.ts';
import { sineNoise } from '../../src/analysis/noise.ts';
import { noiseLaw } from '../../src/analysis/noise-law.ts';
import { RequestError } from '../../src/spec/errors.ts';

const rules = ['heavy-ball', 'nesterov'] as const;

/** One step of a rule from (x, x before). */
function step(rule: MomentumRule, b: number, kick: (x: number) => number) {
  return ([x, before]: readonly [number, number]): readonly [number, number] => {
    const y = x + b * (x - before);
    return [y - kick(rule === 'nesterov' ? y : x), x];
  };
}

describe('the variance with momentum', () => {
  const map = { momentum: 0.5, eta: 0.1, curvature: 1, noiseVariance: 0.5 };

  test('b = 1/2, eta = 0.1: heavy ball 0.0517241, Nesterov 0.0470779', () => {
    expect(momentumVariance({ ...map, rule: 'heavy-ball' })).toBeCloseTo(0.0517241, 7);
    expect(momentumVariance({ ...map, rule: 'nesterov' })).toBeCloseTo(0.0470779, 7);
  });

  test('without momentum is that of the linear law', () => {
    const { variance } = linearLaw({ curvature: 3, eta: 0.4, noise: sineNoise(1) });
    for (const rule of rules) {
      const plain = momentumVariance({ ...map, rule, momentum: 0, eta: 0.4, curvature: 3 });
      expect(plain).toBeCloseTo(variance, 14);
    }
  });

  test('is the sum of squares of what one kick of the noise becomes', () => {
    for (const rule of rules) {
      for (const [momentum, eta] of [
        [0.8, 0.3],
        [-0.3, 0.5],
        [-0.3, 2.8],
        [0.3, 1.4],
      ] as const) {
        const move = step(rule, momentum, (x) => eta * 2 * x);
        let state: readonly [number, number] = [eta, 0];
        let sum = 0;
        for (let n = 0; n < 2000; n++) {
          sum += state[0] ** 2;
          state = move(state);
        }
        const settings = { rule, momentum, eta, curvature: 2, noiseVariance: 0.7 };
        const isStable = eta * 2 < momentumThresholds(rule, momentum).doubling;
        if (isStable) expect(momentumVariance(settings) / (0.7 * sum)).toBeCloseTo(1, 12);
        else expect(() => momentumVariance(settings)).toThrow(/^eta: the map is stable below/);
      }
    }
  });

  test('of Nesterov below b = -1/3 is finite up to an oscillation, at eta k = 1 - 1/b', () => {
    for (const momentum of [-0.4, -0.6]) {
      const end = 1 - 1 / momentum;
      const at = (eta: number) => momentumVariance({ ...map, rule: 'nesterov', momentum, eta });
      for (const eta of [0.5, 0.99 * end]) {
        const move = step('nesterov', momentum, (x) => eta * x);
        let state: readonly [number, number] = [eta, 0];
        let sum = 0;
        for (let n = 0; n < 5000; n++) {
          sum += state[0] ** 2;
          state = move(state);
        }
        expect(at(eta) / (0.5 * sum)).toBeCloseTo(1, 10);
      }
      expect(() => at(1.01 * end)).toThrow(/^eta: the map is stable below/);
    }
  });

  test('has the temperature eta sigma^2 / (2 (1 - b)) in the limit of small steps', () => {
    for (const rule of rules) {
      const { temperature, limit } = effectiveTemperature({ ...map, rule, eta: 1e-5 });
      expect(limit).toBeCloseTo(1e-5 / 2, 18);
      expect(Math.abs(temperature / limit - 1)).toBeLessThan(1e-4);
    }
    const far = effectiveTemperature({ ...map, rule: 'heavy-ball' });
    expect(far.temperature / far.limit).toBeGreaterThan(1.03); // eta k is not small
  });

  test('is refused without a stationary law', () => {
    for (const rule of rules) {
      expect(() => momentumVariance({ ...map, rule, momentum: 1 })).toThrow(/^momentum: /);
      expect(() => momentumVariance({ ...map, rule, eta: 4 })).toThrow(/^eta: /);
      expect(() => momentumVariance({ ...map, rule, curvature: 0 })).toThrow(RequestError);
    }
    expect(() => momentumThresholds('nesterov', -0.6)).toThrow(/^momentum: /);
  });
});

describe('the thresholds with momentum', () => {
  /** Where an orbit of -cos with K settles: 64 states. */
  function settled(
    rule: MomentumRule,
    b: number,
    K: number,
    start: readonly [number, number] = [0.3, 0.2],
  ): readonly number[] {
    const move = step(rule, b, (x) => K * Math.sin(x));
    let state = start;
    for (let n = 0; n < 40_000; n++) state = move(state);
    return Array.from({ length: 64 }, () => {
      state = move(state);
      return state[0];
    });
  }
  const period = (orbit: readonly number[]) =>
    [1, 2, 4, 8].find((p) => orbit.every((x, n) => Math.abs(x - (orbit[n % p] ?? 0)) < 1e-6)) ?? 0;

  test('without momentum are 2, pi and sqrt(pi^2 + 2)', () => {
    const { doubling, symmetryBreaking, secondDoubling } = momentumThresholds('heavy-ball', 0);
    expect(doubling).toBe(2);
    expect(symmetryBreaking).toBe(Math.PI);
    expect(secondDoubling).toBeCloseTo(3.445229223301312, 14);
    expect(momentumThresholds('nesterov', 0)).toEqual(momentumThresholds('heavy-ball', 0));
  });

  test.each(rules.flatMap((rule) => [0.5, 0.2, -0.3].map((b) => ({ rule, b }))))(
    'of $rule with b = $b part what orbits settle on',
    ({ rule, b }) => {
      const { doubling, symmetryBreaking, secondDoubling } = momentumThresholds(rule, b);
      const near = 2e-3; // multipliers of 1 - 1e-3 or less in size: 4e4 steps leave e^-40
      expect(period(settled(rule, b, doubling * (1 - near)))).toBe(1);
      expect(period(settled(rule, b, doubling * (1 + near)))).toBe(2);
      // Near the 2-cycle, as orbits from elsewhere may leave the cell.
      const size = Math.PI / 2 / (rule === 'nesterov' ? 1 + 2 * b : 1);
      const beside = (K: number) => {
        const moved = Math.acos(Math.min(1, symmetryBreaking / K)) + 1e-3;
        return settled(rule, b, K, [size + moved, -size + moved]);
      };
      const asymmetry = (K: number) => {
        const [x = 0, y = 0] = beside(K);
        return Math.abs(x + y);
      };
      expect(asymmetry(symmetryBreaking * (1 - near))).toBeLessThan(1e-6);
      expect(asymmetry(symmetryBreaking * (1 + near))).toBeGreaterThan(1e-2);
      expect(period(beside(secondDoubling * (1 - near)))).toBe(2);
      expect(period(beside(secondDoubling * (1 + near)))).toBe(4);
    },
  );
});

describe('the Lyapunov exponents of global chaos', () => {
  test('are log(K/2) for a cosine, 6.56118 for two waves at eta = 0.1 and eps = 1e-4', () => {
    const K = 0.1 / 1e-3;
    expect(globalLyapunov(0.1, 1e-3, Math.log(1 / 2))).toBeCloseTo(Math.log(K / 2), 14);
    const waves = { variables: ['x'], micro: 'sin(x) + sin(sqrt(2)*x)/sqrt(2)', parameters: {} };
    expect(globalLyapunov(0.1, 1e-4, noiseLaw(waves).logCurvature)).toBeCloseTo(6.56118, 5);
  });

  test('are measured to 0.907 / sqrt(steps)', () => {
    expect(lyapunovError(1)).toBeCloseTo(0.907, 3);
    expect(lyapunovError(10_000)).toBeCloseTo(0.00907, 5);
  });

  test.each(rules)('of %s are those of its orbits at b = 1/2, eta = 0.1, eps = 1e-5', (rule) => {
    const [b, eta, eps, steps] = [0.5, 0.1, 1e-5, 200_000];
    const move = step(rule, b, (x) => eta * (x + Math.sin(x / eps)));
    let state: readonly [number, number] = [0.1, 0.1];
    let [dx, dBefore] = [1, 0];
    let [first, sum] = [0, 0];
    for (let n = 0; n < steps; n++) {
      const [x, before] = state;
      const at = rule === 'nesterov' ? x + b * (x - before) : x;
      const bend = eta * (1 + Math.cos(at / eps) / eps);
      const dAt = dx + b * (dx - dBefore);
      [dx, dBefore] = [dAt - bend * (rule === 'nesterov' ? dAt : dx), dx];
      const size = Math.hypot(dx, dBefore);
      [dx, dBefore] = [dx / size, dBefore / size];
      first += Math.log(size);
      // |determinant| of the step on (x, x before).
      sum += Math.log(Math.abs(b * (rule === 'nesterov' ? 1 - bend : 1)));
      state = move(state);
    }
    const exponents = momentumLyapunov(rule, globalLyapunov(eta, eps, -Math.LN2), b);
    const tolerance = 2e-3 + 4 * lyapunovError(steps);
    expect(Math.abs(first / steps - exponents[0])).toBeLessThan(tolerance);
    expect(Math.abs(sum / steps - exponents[0] - exponents[1])).toBeLessThan(tolerance);
    if (rule === 'heavy-ball') expect(exponents[0] + exponents[1]).toBeCloseTo(Math.log(b), 13);
  });

  test('are refused of what is no rate', () => {
    expect(() => globalLyapunov(0, 1, 0)).toThrow(/^eta: /);
    expect(() => globalLyapunov(1, -1, 0)).toThrow(/^epsilon: /);
    expect(() => lyapunovError(0)).toThrow(/^steps: /);
    expect(() => momentumLyapunov('nesterov', 1, -1)).toThrow(/^momentum: /);
  });
});
