import { describe, expect, test } from 'vitest';
import { climbExponent, kramersTime } from '../../src/analysis/climb.ts';
import { meanExitTime } from '../../src/analysis/exit-time.ts';
import { microNoise } from '../../src/analysis/micro-noise.ts';
import { sineNoise } from '../../src/analysis/noise.ts';
import { philox, unitInterval } from '../../src/engine/random.ts';
import { RequestError } from '../../src/spec/errors.ts';

const formula = (macro: string) => ({ variables: ['x'], macro, parameters: {} });
const wells = formula('x^4/4 - x^2/2');

describe('the mean exit time of the stochastic map', () => {
  // From -1 in x^4/4 - x^2/2, A = 1: computed independently for the map of eps -> 0.
  test.each([
    { eta: 0.5, level: 0, steps: 29.7073 },
    { eta: 0.3, level: 0, steps: 353.465 },
    { eta: 0.2, level: 0, steps: 3533.59 },
    { eta: 0.15, level: 0, steps: 30033 },
    { eta: 0.5, level: 1, steps: 54.2106 },
    { eta: 0.3, level: 1, steps: 578.41 },
    { eta: 0.2, level: 1, steps: 5804.4 },
    { eta: 0.15, level: 1, steps: 50138 },
  ])('at eta = $eta beyond $level is $steps steps', ({ eta, level, steps }) => {
    const { mean, error } = meanExitTime({ formula: wells, eta, noise: 1 }, -1, level);
    expect(Math.abs(mean / steps - 1)).toBeLessThan(2e-5);
    expect(error / mean).toBeLessThan(1e-4);
  });

  test('is that of a random walk from nowhere held', () => {
    // f0 = 0 has no hold: orbits go off the other way, so the walk is folded by a steep wall at -1.
    const walk = formula('max(0, -1 - x)^2 / 2');
    const [eta, amplitude] = [0.5, 1];
    const { mean } = meanExitTime({ formula: walk, eta, noise: amplitude }, 0, 1);
    const words = new Uint32Array(4);
    const walks = 5_000;
    let [sum, squares] = [0, 0];
    for (let orbit = 0; orbit < walks; orbit++) {
      let [x, steps] = [0, 0];
      while (x <= 1) {
        words.set([orbit, steps, 3, 4]);
        philox(words, 5, 6);
        const phase = 2 * Math.PI * unitInterval(words[0] ?? 0, words[1] ?? 0);
        x -= eta * (Math.min(0, x + 1) - amplitude * Math.sin(phase));
        steps += 1;
      }
      sum += steps;
      squares += steps * steps;
    }
    const stderr = Math.sqrt((squares / walks - (sum / walks) ** 2) / walks);
    expect(Math.abs(mean - sum / walks)).toBeLessThan(4 * stderr);
  });

  test.each([
    // Amplitudes 1 and 1; -cos u - cos(2u)/2, which reaches from -1.5 to 0.75.
    { micro: 'sin(x) + sin(sqrt(2) * x) / sqrt(2)', kicks: [0, 1], eta: 0.4 },
    { micro: 'sin(x) + sin(2 * x) / 4', kicks: [2], eta: 0.5 },
  ])('of the noise of $micro is that of walks with such kicks', ({ micro, kicks, eta }) => {
    const noise = microNoise({ variables: ['x'], micro, parameters: {} });
    const { mean } = meanExitTime({ formula: wells, eta, noise }, -1, 0);
    const kick = (words: Uint32Array) => {
      const phases = [0, 2].map(
        (at) => 2 * Math.PI * unitInterval(words[at] ?? 0, words[at + 1] ?? 0),
      );
      const [a = 0, b = 0] = phases;
      return kicks[0] === 2 ? -Math.cos(a) - Math.cos(2 * a) / 2 : Math.sin(a) + Math.sin(b);
    };
    const words = new Uint32Array(4);
    const walks = 8_000;
    let [sum, squares] = [0, 0];
    for (let orbit = 0; orbit < walks; orbit++) {
      let [x, steps] = [-1, 0];
      while (x <= 0) {
        words.set([orbit, steps, 5, 6]);
        philox(words, 7, 8);
        x -= eta * (x ** 3 - x - kick(words));
        steps++;
      }
      sum += steps;
      squares += steps ** 2;
    }
    const error = Math.sqrt((squares / walks - (sum / walks) ** 2) / walks);
    expect(Math.abs(sum / walks - mean)).toBeLessThan(4 * error);
    expect(error / mean).toBeLessThan(0.02);
  });

  test('of values of a noise is that of the noise itself', () => {
    const sine = sineNoise(1);
    const { amplitudes: _, ...rest } = sine;
    const samples = () =>
      Float64Array.from({ length: 4096 }, (_, at) => Math.sin(((at + 0.5) / 2048) * Math.PI));
    for (const [eta, level] of [
      [0.5, 0],
      [0.3, 1],
    ] as const) {
      const map = { formula: wells, eta };
      const exact = meanExitTime({ ...map, noise: sine }, -1, level).mean;
      expect(exact).toBe(meanExitTime({ ...map, noise: 1 }, -1, level).mean);
      const sampled = meanExitTime({ ...map, noise: { ...rest, samples } }, -1, level).mean;
      expect(Math.abs(sampled / exact - 1)).toBeLessThan(1e-3);
    }
  });

  test('of starts in several places is their mean', () => {
    const map = { formula: wells, eta: 0.6, noise: 1 };
    const one = (start: number) => meanExitTime(map, start, 0).mean;
    const starts = [
      { start: -1.1, weight: 0.25 },
      { start: -0.2, weight: 0.75 },
    ];
    const both = meanExitTime(map, starts, 0).mean;
    expect(Math.abs(both / (one(-1.1) / 4 + (3 * one(-0.2)) / 4) - 1)).toBeLessThan(1e-4);
    expect(() => meanExitTime(map, [...starts, { start: 1, weight: 1 }], 0)).toThrow(
      /beyond the level/,
    );
  });

  test('downwards is that of the mirror image upwards', () => {
    const tilted = (sign: string) => formula(`x^4/4 - x^2/2 ${sign} 0.05 * x`);
    const down = meanExitTime({ formula: tilted('+'), eta: 0.4, noise: 1 }, 1, -0.2);
    const up = meanExitTime({ formula: tilted('-'), eta: 0.4, noise: 1 }, -1, 0.2);
    expect(down.mean).toBe(up.mean);
    expect(down.domain).toEqual([-0.2, -up.domain[0]]);
  });

  test('of one step is exact', () => {
    // From 0 on f0 = x^2/2 at eta = 1, x' = A sin(phase) whatever x: geometric with P(x' > 1/2) = 1/3.
    const { mean } = meanExitTime({ formula: formula('x^2/2'), eta: 1, noise: 1 }, 0, 0.5);
    expect(mean).toBeCloseTo(3, 9);
  });

  test('is refused where no orbit arrives, or some go off', () => {
    const of = (macro: string, level: number, amplitude = 1, eta = 0.1) => {
      return () => meanExitTime({ formula: formula(macro), eta, noise: amplitude }, 0, level);
    };
    expect(of('x^2/2', 2)).toThrow(/^level: is out of reach/);
    expect(of('x^2/2', 0.5, 0.1)).toThrow(/^level: is out of reach/);
    expect(of('0', 1)).toThrow(/^start: orbits can go off/);
    expect(of('-x^2/2', 1)).toThrow(/^start: orbits can go off/);
    expect(of('x^2/2', 0)).toThrow(/^level: /);
    expect(of('x^2/2', 0.5, 0)).toThrow(/^noise: /);
    expect(of('x^2/2', 0.5, 1, -1)).toThrow(RequestError);
    const two = { ...formula('x^2 + y^2'), variables: ['x', 'y'] };
    expect(() => meanExitTime({ formula: two, eta: 0.1, noise: 1 }, 0, 1)).toThrow(/^variables/);
  });
});

describe('the exponent of escape', () => {
  test('over the barrier of x^4/4 - x^2/2 is S = 1.1171045, where Gibbs has 1', () => {
    expect(climbExponent(wells, -1, 0, 1)).toBeCloseTo(1.1171045, 7);
    expect(climbExponent(wells, 1, 0, 1)).toBeCloseTo(1.1171045, 7);
    expect(climbExponent(wells, -1, 1, 1)).toBeCloseTo(1.1171045, 7); // down again is free
  });

  test('is that of Gibbs where the noise is much stronger than the slope', () => {
    // log I0(z) = z^2/4 - z^4/64: theta* = 4 s (1 + s^2 / ...) / A with s <= 0.385 / A.
    const [A, height] = [100, 0.25];
    const gibbs = (2 * height) / (A ** 2 / 2);
    expect(Math.abs(climbExponent(wells, -1, 0, A) / gibbs - 1)).toBeLessThan(1e-4);
  });

  test('is infinite where the noise is too weak for the slope', () => {
    expect(climbExponent(wells, -1, 0, 0.38)).toBe(Number.POSITIVE_INFINITY); // 2 / (3 sqrt 3) = 0.3849
    // At A = 0.4 it is finite, and more than 2 / 4 / (A^2 / 2) of Gibbs.
    const steep = climbExponent(wells, -1, 0, 0.4);
    expect(steep).toBeGreaterThan(0.5 / 0.08);
    expect(steep).toBeLessThan(100);
  });

  test('is how the exact times grow, to billions of steps', () => {
    // tau ~ (C / eta) exp(S / eta): what C changes with eta is 3e-3 here.
    const [a, b] = [0.08, 0.06];
    const [slow, slower] = [a, b].map((eta) => {
      const { mean, error } = meanExitTime({ formula: wells, eta, noise: 1 }, -1, 0);
      expect(error / mean).toBeLessThan(1e-3);
      return Math.log(mean * eta);
    }) as [number, number]; // two of two
    const slope = (slower - slow) / (1 / b - 1 / a);
    expect(Math.abs(slope - climbExponent(wells, -1, 0, 1))).toBeLessThan(6e-3);
  });

  test.each([
    { eta: 0.5, steps: 65.66 },
    { eta: 0.3, steps: 415.1 },
    { eta: 0.2, steps: 3297 },
    { eta: 0.15, steps: 23274 },
  ])('beside it Kramers has $steps steps at eta = $eta', ({ eta, steps }) => {
    expect(Math.abs(kramersTime(wells, -1, 0, eta, 0.5) / steps - 1)).toBeLessThan(2e-4);
  });

  test('is refused without a barrier', () => {
    expect(() => kramersTime(wells, 0, 1, 0.1, 0.5)).toThrow(/^minimum: /);
    expect(() => climbExponent(wells, -1, 0, 0)).toThrow(/^amplitude: /);
    expect(() => climbExponent(formula('log(x)'), -1, 1, 1)).toThrow(/^macro: has no slope/);
  });
});
