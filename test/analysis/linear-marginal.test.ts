import { expect, test } from 'vitest';
import { linearLaw } from '../../src/analysis/linear-law.ts';
import { linearMarginal } from '../../src/analysis/linear-marginal.ts';
import { linearMoments } from '../../src/analysis/linear-moments.ts';
import { microNoise } from '../../src/analysis/micro-noise.ts';
import { sineNoise } from '../../src/analysis/noise.ts';
import { philox, unitInterval } from '../../src/engine/random.ts';

const sine = sineNoise(1);

test('in one dimension the marginal is the linear law', () => {
  for (const eta of [0.1, 0.7, 1.6]) {
    const law = linearLaw({ curvature: 1, eta, noise: sine });
    const marginal = linearMarginal({ hessian: [1], eta, noises: [sine] }, [-2]);
    const [lo, hi] = marginal.support;
    expect(hi).toBeCloseTo(-2 * law.support[0], 12);
    expect(lo).toBeCloseTo(-2 * law.support[1], 12);
    const errors = law.distributionError + marginal.distributionError;
    for (const x of [-0.4, -0.05, 0, 0.13, 0.3]) {
      const gap = Math.abs(marginal.distribution(-2 * x) - (1 - law.distribution(x)));
      expect(gap).toBeLessThan(errors + 1e-12);
    }
  }
});

test("the law of Matyas' slow mode has its variance, and is that of its own curvature", () => {
  const map = { hessian: [0.52, -0.48, -0.48, 0.52], eta: 0.5, noises: [sine, sine] };
  const mode = linearMarginal(map, [Math.SQRT1_2, Math.SQRT1_2]);
  expect(mode.densityError).toBeLessThan(1e-12);
  // By Simpson's rule over the support, where the density vanishes smoothly at both ends.
  const [lo, hi] = mode.support;
  const points = 400;
  const at = (n: number) => lo + ((hi - lo) * n) / points;
  let [mass, square] = [0, 0];
  for (let n = 0; n <= points; n++) {
    mass += (mode.density(at(n)) * (hi - lo)) / points;
    square += (mode.density(at(n)) * at(n) ** 2 * (hi - lo)) / points;
  }
  expect(mass).toBeCloseTo(1, 12);
  expect(square).toBeCloseTo(3.1565656566, 9);
  expect(mode.distribution(0)).toBeCloseTo(0.5, 12);
});

test('coordinates with noises of their own have the law of their walk', () => {
  // Coupled, one noise skew, the other a sum of two sines; 10 000 walks of 60 steps forget their start.
  const skew = microNoise({ variables: ['x'], micro: 'sin(x) + sin(2 * x) / 4', parameters: {} });
  const map = { hessian: [1, 0.3, 0.3, 0.8], eta: 0.6, noises: [skew, sineNoise(1, 0.5)] };
  const weights = [1, -0.5];
  const law = linearMarginal(map, weights);
  const walks = 10_000;
  const words = new Uint32Array(4);
  const ends = Float64Array.from({ length: walks }, (_, orbit) => {
    let [x, y] = [0, 0];
    for (let n = 0; n < 60; n++) {
      const phases = [0, 1].map((part) => {
        words.set([orbit, n, part, 9]);
        philox(words, 3, 4);
        return [0, 2].map((at) => 2 * Math.PI * unitInterval(words[at] ?? 0, words[at + 1] ?? 0));
      });
      const [[a = 0] = [], [b = 0, c = 0] = []] = phases;
      const kicks = [-Math.cos(a) - Math.cos(2 * a) / 2, Math.sin(b) + 0.5 * Math.sin(c)] as const;
      [x, y] = [x - 0.6 * (x + 0.3 * y - kicks[0]), y - 0.6 * (0.3 * x + 0.8 * y - kicks[1])];
    }
    return x - 0.5 * y;
  }).sort();
  let gap = 0;
  ends.forEach((value, at) => {
    gap = Math.max(gap, Math.abs((at + 0.5) / walks - law.distribution(value)));
  });
  expect(gap * Math.sqrt(walks)).toBeLessThan(1.95); // Kolmogorov: one true law in a thousand
  const mean = ends.reduce((sum, value) => sum + value, 0) / walks;
  const { variance } = linearMoments(map, weights);
  expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(variance / walks));
});

test('a law that forgets too slowly, or is none, is refused', () => {
  const of = (curvature: number) => () =>
    linearMarginal({ hessian: [curvature], eta: 0.1, noises: [sine] }, [1]);
  expect(of(1e-6)).toThrow(/forgets too slowly/);
  expect(of(-1)).toThrow(/no stationary law/);
  expect(() => linearMarginal({ hessian: [1], eta: 1, noises: [sine] }, [1, 2])).toThrow(/d x d/);
});
