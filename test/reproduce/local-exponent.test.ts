import { expect, test } from 'vitest';
import { localExponent } from '../../src/reproduce/local-exponent.ts';

/** The mean of ln|slope| along an orbit of u <- (1 - h) u - K sin u, in float64. */
function followed(K: number, h: number): number {
  const [skip, keep] = [20_000, 2000];
  let [u, sum] = [0.3, 0];
  for (let step = 0; step < skip + keep; step++) {
    if (step >= skip) sum += Math.log(Math.abs(1 - h - K * Math.cos(u)));
    u = (1 - h) * u - K * Math.sin(u);
  }
  return sum / keep;
}

test.each([
  { K: 1.5, h: 0 },
  { K: 2.5, h: 0 },
  { K: 3.3, h: 0 },
  { K: 1.7, h: 0.1 },
  { K: 2.6, h: 0.1 },
  { K: 3.25, h: 0.1 },
  { K: 2.2, h: 0.4 },
])('at K = $K, eta k = $h it is the mean of ln|slope| along an orbit', ({ K, h }) => {
  expect(localExponent(K, h)).toBeCloseTo(followed(K, h), 9);
});

test('it is 0 where the minimum and the 2-cycle change, and nothing beyond the second doubling', () => {
  expect(localExponent(2)).toBeCloseTo(0, 12);
  expect(localExponent(Math.PI)).toBeCloseTo(0, 12);
  expect(localExponent(Math.sqrt(Math.PI ** 2 + 2) - 1e-9)).toBeCloseTo(0, 7);
  expect(localExponent(3.45)).toBeNaN();
});
