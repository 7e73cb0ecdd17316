import { describe, expect, test } from 'vitest';
import { noiseLaw } from '../../src/analysis/noise-law.ts';

const of = (micro: string, parameters: Readonly<Record<string, number>> = {}) =>
  noiseLaw({ variables: ['x'], micro, parameters });

describe('the noise of a micro-structure', () => {
  // Kong and Tao 2020: variance A^2/2, excess kurtosis -3/2, m = ln(A/2) for g = sin or -cos.
  test.each([
    '-A * cos(x)',
    'A * sin(x)',
    'A * sin(x + 1)',
    'A / 3 * sin(3x)',
    'A * sin(b * x) / b',
  ])('of %s has the arcsine law', (micro) => {
    const [A, b] = [1.7, 0.37];
    const isTriple = micro.includes('3x'); // f1'' = -3 A sin: larger by 3
    const factor = isTriple ? 3 : micro.includes('b') ? b : 1;
    const law = of(micro, { A, b });
    expect(law.mean).toBeCloseTo(0, 14);
    expect(law.variance).toBeCloseTo(A ** 2 / 2, 13);
    expect(law.kurtosis).toBeCloseTo(-1.5, 12);
    expect(law.logCurvature).toBeCloseTo(Math.log((A * factor) / 2), 11);
    expect(law.frequencies).toHaveLength(1);
  });

  test('of cos u + cos(sqrt2 u) has sigma^2 = 1 and m = -ln(2)/2', () => {
    const law = of('sin(x) + sin(sqrt(2) * x) / sqrt(2)');
    expect(law.frequencies).toHaveLength(2);
    expect(law.variance).toBeCloseTo(1, 13);
    expect(law.kurtosis).toBeCloseTo(-0.75, 12);
    expect(law.logCurvature).toBeCloseTo(-Math.LN2 / 2, 11);
    // Science: lambda = 6.56118 at eta = 0.1, eps = 1e-4.
    expect(Math.log(0.1 / 1e-4) + law.logCurvature).toBeCloseTo(6.56118, 5);
  });

  test('of a polynomial in a wave has m by the formula of Jensen', () => {
    // f1 = -cos u - b cos(2u)/4: f1'' = cos u + b cos 2u = 2 b cos^2 u + cos u - b, with roots c of the
    // quadratic; E ln|cos u - c| = -ln 2 for |c| <= 1 and ln((|c| + sqrt(c^2 - 1))/2) beyond.
    const ofRoot = (c: number) =>
      Math.abs(c) <= 1 ? -Math.LN2 : Math.log((Math.abs(c) + Math.sqrt(c * c - 1)) / 2);
    for (const b of [0.3, 0.8, 4]) {
      const root = Math.sqrt(1 + 8 * b * b);
      const exact = Math.log(2 * b) + ofRoot((-1 + root) / (4 * b)) + ofRoot((-1 - root) / (4 * b));
      const law = of('-cos(x) - b * cos(2x) / 4', { b });
      expect(Math.abs(law.logCurvature - exact)).toBeLessThan(1e-9);
      expect(law.variance).toBeCloseTo(1 / 2 + b ** 2 / 8, 12);
      expect(law.frequencies).toEqual([1]);
    }
  });

  test('sees double zeros of the curvature', () => {
    // f1'' = (cos u - cos 3u) / 4 = sin^2 u cos u touches 0 at u = 0, and E ln|sin^2 cos| = -3 ln 2.
    const touching = of('-cos(x) / 4 + cos(3x) / 36');
    expect(touching.logCurvature).toBeCloseTo(-3 * Math.LN2, 6); // its place is known to 1e-8
    // f1 = sin^3 u / 3: f1'' = sin u (2 - 3 sin^2 u), and E ln|2 - 3 s^2| = ln 3 - 2 ln 2.
    const cubed = of('sin(x)^3 / 3');
    expect(cubed.logCurvature).toBeCloseTo(Math.log(3) - 3 * Math.LN2, 10);
  });

  test('knows frequencies that are sums of others', () => {
    // cos u cos(w u) = (cos((w - 1) u) + cos((w + 1) u)) / 2, whichever way it is written.
    const w = Math.SQRT2;
    const one = of('cos(x) * cos(w * x)', { w });
    const other = of('(cos((w - 1) * x) + cos((w + 1) * x)) / 2', { w });
    expect(one.frequencies).toHaveLength(2);
    expect(other.variance).toBeCloseTo(one.variance, 12);
    expect(Math.abs(other.logCurvature - one.logCurvature)).toBeLessThan(
      4 * (one.logCurvatureError + other.logCurvatureError) + 1e-9,
    );
    const three = of('sin(x) + sin(w * x) + sin((1 + w) * x)', { w });
    expect(three.frequencies).toHaveLength(2);
    expect(three.variance).toBeCloseTo((1 + w ** 2 + (1 + w) ** 2) / 2, 12);
  });

  test('is the average along a long line', () => {
    // E over u in [0, L]: what does not average out is of the order 1 / L.
    const law = of('exp(sin(x)) + 0.3 * cos(sqrt(3) * x)');
    const n = 400_000;
    let [square, log] = [0, 0];
    for (let i = 0; i < n; i++) {
      const u = i * 0.61803398875;
      const [s, c, v] = [Math.sin(u), Math.cos(u), Math.sqrt(3) * u];
      square += (Math.exp(s) * c - 0.3 * Math.sqrt(3) * Math.sin(v)) ** 2 / n;
      log += Math.log(Math.abs(Math.exp(s) * (c * c - s) - 0.9 * Math.cos(v))) / n;
    }
    expect(Math.abs(law.variance - square)).toBeLessThan(1e-4);
    expect(Math.abs(law.logCurvature - log)).toBeLessThan(1e-3);
    expect(law.logCurvatureError).toBeLessThan(1e-4);
  });

  test('is refused where there is none, or no average', () => {
    expect(() => of('x^2')).toThrow(/^micro: is not periodic/);
    expect(() => of('sin(x^2)')).toThrow(/^micro: is not periodic/);
    expect(() => of('3')).toThrow(/^micro: makes no noise/);
    expect(() => of('epsilon * cos(x)')).toThrow(/^micro: uses epsilon/);
    expect(() => of('log(cos(x))')).toThrow(/^micro: has no value/);
    expect(() => of('sin(x')).toThrow(/bracket/);
    expect(() => noiseLaw({ variables: ['x', 'y'], micro: 'cos(x)', parameters: {} })).toThrow(
      /^variables: /,
    );
  });
});
