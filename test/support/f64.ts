import { philox, unitInterval } from '../../src/engine/random.ts';

const floats = new Float64Array(1);
const words = new BigInt64Array(floats.buffer);

export function bitsOf(value: number): bigint {
  floats[0] = value;
  return words[0] ?? 0n;
}

export function fromBits(bits: bigint): number {
  words[0] = BigInt.asIntN(64, bits);
  return floats[0] ?? 0;
}

/** The f64 number `places` further from 0 than `value`, or nearer if negative; of the same sign. */
export function neighbour(value: number, places: number): number {
  return fromBits(bitsOf(value) + BigInt(places));
}

/** f64 numbers on either side of each of `centres`, and these; none is 0 or infinite. */
export function around(centres: readonly number[], places = 2): number[] {
  const steps = Array.from({ length: 2 * places + 1 }, (_, at) => at - places);
  return centres.flatMap((centre) => steps.map((step) => neighbour(centre, step)));
}

/** Distance of a number to the next f64 away from 0. */
export function ulpOf(value: number): number {
  const exponent = Number(bitsOf(Math.abs(value)) >> 52n);
  return 2 ** (Math.max(exponent, 1) - 1075);
}

/** Uniform numbers in [0, 1), the same for the same seed. */
export function uniform(seed: number): () => number {
  let count = 0;
  const words = new Uint32Array(4);
  return () => {
    words.set([count++, 0, 0, 0]);
    philox(words, seed, 0);
    const [first = 0, second = 0] = words;
    return unitInterval(first, second);
  };
}
