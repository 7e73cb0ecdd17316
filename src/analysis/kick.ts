import type { Noise } from './noise.ts';

/** What one step adds to the drift: eta zeta, seen so that the level lies above. */
export interface Kick {
  /** Least and greatest value. */
  readonly reach: readonly [lo: number, hi: number];
  /** Probability to lie in (a, b], and the mean over it (not divided by the probability). */
  between(a: number, b: number): readonly [mass: number, moment: number];
  /** Probability to be greater than z. */
  beyond(z: number): number;
}

/** The kick of A sin(phase), in closed form with its singular ends. */
export function sineKick(radius: number): Kick {
  const clip = (z: number) => Math.min(1, Math.max(-1, z / radius));
  return {
    reach: [-radius, radius],
    between: (from, to) => {
      const [a, b] = [clip(from), clip(to)];
      const moment = (radius * (Math.sqrt(1 - a * a) - Math.sqrt(1 - b * b))) / Math.PI;
      return [(Math.asin(b) - Math.asin(a)) / Math.PI, moment];
    },
    beyond: (z) => Math.acos(clip(z)) / Math.PI,
  };
}

/** Values of a sum of sines over a grid of phases, as many as `microNoise` would take. */
const SINE_POINTS = [2 ** 16, 256, 40];

/**
 * The kick of any noise, from its values at evenly spread phases: shares are good to some 1e-4 of one.
 *
 * @returns undefined of a noise that cannot give them.
 */
export function kickOf(noise: Noise, eta: number, side: 1 | -1): Kick | undefined {
  const { amplitudes } = noise;
  if (amplitudes?.length === 1) return sineKick(eta * (amplitudes[0] ?? 0));
  const values = amplitudes ? sineSamples(amplitudes) : noise.samples?.();
  return values && sampledKick(values.map((value) => side * eta * value).sort());
}

function sineSamples(amplitudes: readonly number[]): Float64Array | undefined {
  const points = SINE_POINTS[amplitudes.length - 1];
  if (points === undefined) return undefined;
  return Float64Array.from({ length: points ** amplitudes.length }, (_, cell) =>
    amplitudes.reduce((sum, amplitude, axis) => {
      // A share of a cell of its own for each axis, so that no two phases are in step.
      const index = (Math.floor(cell / points ** axis) % points) + (axis + 1) / (Math.PI + axis);
      return sum + amplitude * Math.sin((2 * Math.PI * index) / points);
    }, 0),
  );
}

/** The law that is linear between the middles of neighbouring values. */
function sampledKick(sorted: Float64Array): Kick {
  const { length } = sorted;
  const sums = new Float64Array(length + 1);
  sorted.forEach((value, at) => {
    sums[at + 1] = (sums[at] ?? 0) + value;
  });
  const [lo, hi] = [sorted[0] ?? 0, sorted[length - 1] ?? 0];
  /** How many values lie below z, with a share of the one that it is between. */
  const rank = (z: number): number => {
    if (z <= lo) return z < lo ? 0 : 0.5;
    if (z >= hi) return z > hi ? length : length - 0.5;
    let [below, above] = [0, length - 1];
    while (above - below > 1) {
      const middle = (below + above) >> 1;
      if ((sorted[middle] ?? 0) <= z) below = middle;
      else above = middle;
    }
    const [left = 0, right = 0] = sorted.subarray(below, below + 2);
    return below + 0.5 + (right > left ? (z - left) / (right - left) : 0);
  };
  const sumTo = (place: number) => {
    const whole = Math.min(length - 1, Math.floor(place));
    return (sums[whole] ?? 0) + (place - whole) * (sorted[whole] ?? 0);
  };
  return {
    reach: [lo, hi],
    between: (from, to) => {
      const [a, b] = [rank(from), rank(to)];
      return [(b - a) / length, (sumTo(b) - sumTo(a)) / length];
    },
    beyond: (z) => (length - rank(z)) / length,
  };
}
