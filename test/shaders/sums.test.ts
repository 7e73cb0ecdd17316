import { expect, test } from 'vitest';
import { testDevice } from '../support/device.ts';
import { mapOnGpu } from '../support/gpu-map.ts';

const device = await testDevice();

/** Every power of two of f32, and numbers between. */
const sizes = Float32Array.from({ length: 3 * 253 }, (_, i) => {
  const power = 2 ** (Math.floor(i / 3) - 126);
  return power * ([1, Math.SQRT2, 1.99999988][i % 3] ?? 1);
});

test('any length of a tangent vector is brought to [1, 2) by its exponent', async () => {
  const outputs = await mapOnGpu(device, {
    imports: 'import package::measures::lyapunov::{exponentOf, isNormal, inverseOf};',
    body: `let e = exponentOf(inputs[point]);
      outputs[3u * point] = inputs[point] * inverseOf(e);
      outputs[3u * point + 1u] = f32(e);
      outputs[3u * point + 2u] = f32(isNormal(e));`,
    inputs: sizes,
    points: sizes.length,
    outputsPerPoint: 3,
  });
  sizes.forEach((size, point) => {
    const [scaled = 0, exponent = 0, isNormal] = outputs.subarray(3 * point);
    expect(scaled * 2 ** exponent).toBe(size);
    expect(scaled).toBeGreaterThanOrEqual(1);
    expect(scaled).toBeLessThan(2);
    expect(isNormal).toBe(1);
  });
});

test('differences are scaled to about 2^-16, as far as f32 has the scale, and their powers are exact', async () => {
  const outputs = await mapOnGpu(device, {
    imports: 'import package::measures::moments::{exponentFor, scaleOf, powersOf};',
    body: `let scaled = inputs[point] * scaleOf(exponentFor(inputs[point]));
      let powers = powersOf(scaled);
      for (var k = 0u; k < 4u; k++) { outputs[4u * point + k] = powers[k]; }`,
    inputs: sizes,
    points: sizes.length,
    outputsPerPoint: 4,
  });
  sizes.forEach((size, point) => {
    const [scaled = 0, ...powers] = outputs.subarray(4 * point, 4 * point + 4);
    expect(scaled).toBeGreaterThanOrEqual(2 ** -16);
    expect(scaled).toBeLessThan(size < 2 ** 110 ? 2 ** -15 : 2);
    powers.forEach((power, k) => {
      const exact = scaled ** (k + 2);
      expect(Math.abs(power - exact)).toBeLessThanOrEqual(3 * 2 ** -24 * exact); // at most three roundings
    });
  });
});
