import { expect, test } from 'vitest';
import { kickedLaw } from '../../src/analysis/kicked-law.ts';
import { linearLaw } from '../../src/analysis/linear-law.ts';
import { sineNoise } from '../../src/analysis/noise.ts';

test('kicks of one size give the law of the linear map, but for the width of the cells', () => {
  const [eta, lo, hi, cells] = [0.2, -2, 2, 800];
  const exact = linearLaw({ curvature: 1, eta, noise: sineNoise(1) });
  const law = kickedLaw({ drift: (x) => (1 - eta) * x, radius: () => eta, range: [lo, hi] }, cells);
  // Discretised twice in a step, variances grow by cell^2 / 6 each time: relative to a kick's r^2 / 2 a third of
  // (cell / kick)^2, and as much again for the edges of the arcsine law, which are sharp.
  const excess = ((hi - lo) / cells / eta) ** 2;
  expect(Math.abs(law.mean((x) => x))).toBeLessThan(1e-9);
  const variance = law.mean((x) => x ** 2) / exact.variance - 1;
  expect(variance).toBeGreaterThan(0);
  expect(variance).toBeLessThan((2 / 3) * excess);
  const heights = Array.from({ length: 41 }, (_, at) => -1 + at / 20);
  for (const x of heights) {
    const apart = Math.abs(law.distribution(x) - exact.distribution(x));
    expect(apart).toBeLessThan(excess); // as a law does that is so much wider
  }
});

test('where kicks grow with the place the variance is that of their mean square', () => {
  // x' = a x + (r + s x^2)^(1/2) sin: <x^2> = (r + s <x^2>) / 2 + a^2 <x^2>.
  const [a, r, s] = [0.7, 0.02, 0.1];
  const law = kickedLaw(
    { drift: (x) => a * x, radius: (x) => Math.sqrt(r + s * x ** 2), range: [-2, 2] },
    800,
  );
  const expected = r / 2 / (1 - a ** 2 - s / 2);
  const cell = 4 / 800;
  expect(Math.abs(law.mean((x) => x ** 2) / expected - 1)).toBeLessThan((2 / 3) * (cell ** 2 / r));
});
