import { describe, expect, test } from 'vitest';
import { besselJ0, logBesselI0 } from '../../src/analysis/bessel.ts';

// Abramowitz and Stegun, tables 9.1 and 9.8; zeros of J0: table 9.5.
describe('besselJ0', () => {
  test.each([
    { z: 0, value: 1 },
    { z: 1, value: 0.765197686557966 },
    { z: 2.404825557695773, value: 0 },
    { z: 10, value: -0.2459357644513483 },
    { z: 14.930917708487787, value: 0 },
  ])('at $z', ({ z, value }) => {
    expect(Math.abs(besselJ0(z) - value)).toBeLessThan(2e-15);
    expect(besselJ0(-z)).toBe(besselJ0(z));
  });

  test('solves its equation on both sides of where its forms meet', () => {
    // z J'' + J' + z J = 0 by fourth-order differences: truncation h^4 / 90, rounding 1e-16 / h^2.
    const h = 5e-3;
    for (const z of [24.99, 25, 25.01, 300]) {
      const [a, b, c, d, e] = [-2, -1, 0, 1, 2].map((n) => besselJ0(z + n * h)) as [
        number,
        number,
        number,
        number,
        number,
      ]; // five of five
      const slope = (a - 8 * b + 8 * d - e) / (12 * h);
      const bend = (-a + 16 * b - 30 * c + 16 * d - e) / (12 * h * h);
      expect(Math.abs(bend + slope / z + c)).toBeLessThan(1e-9);
    }
  });
});

describe('logBesselI0', () => {
  test.each([
    { z: 0.05, value: Math.log(1.0006250976630318) },
    { z: 1, value: Math.log(1.2660658777520084) },
    { z: 5, value: Math.log(27.239871823604442) },
    { z: 10, value: Math.log(2815.716628466254) },
  ])('at $z', ({ z, value }) => {
    expect(Math.abs(logBesselI0(z) - value)).toBeLessThan(1e-14 * Math.max(1, value));
  });

  test('is continuous where its forms meet, and does not overflow', () => {
    for (const z of [0.1, 25]) {
      const [before, after] = [logBesselI0(z * (1 - 1e-9)), logBesselI0(z * (1 + 1e-9))];
      expect(after - before).toBeGreaterThan(0);
      expect(after - before).toBeLessThan(2.1e-9 * z);
    }
    expect(logBesselI0(1e6)).toBeCloseTo(1e6 - Math.log(2e6 * Math.PI) / 2, 6);
  });
});
