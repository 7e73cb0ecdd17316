import type { SimdGraph, SimdInstruction, SimdValue } from '../../formula/simd/graph.ts';

const FACTORS = 0xcd9e8d57_d2511f53n;
const WEYL = [0x9e3779b9n, 0xbb67ae85n] as const;
export const ROUNDS = 10;

/**
 * The keys of the rounds of Philox: two words each, low word first.
 *
 * @param seed below 2^53.
 */
export function philoxKeys(seed: number): readonly bigint[] {
  const all: bigint[] = [];
  let key0 = BigInt(seed) & 0xffff_ffffn;
  let key1 = BigInt(seed) >> 32n;
  for (let round = 0; round < ROUNDS; round++) {
    all.push(key0 | (key1 << 32n));
    key0 = (key0 + WEYL[0]) & 0xffff_ffffn;
    key1 = (key1 + WEYL[1]) & 0xffff_ffffn;
  }
  return all;
}

/**
 * Philox4x32-10 in both lanes: 128 random bits for a counter of 128 bits each. Of a counter (c0, c1, c2, c3),
 * and of the random words, the first half holds words 0 and 2, the second words 1 and 3, low word first.
 *
 * @param keys of the rounds, each in both lanes; see `philoxKeys`.
 * @see `philox` of `engine/random.ts`, which gives the same words.
 */
export function philoxLanes(
  { apply, bits }: SimdGraph,
  counter: readonly [SimdValue, SimdValue],
  keys: readonly SimdValue[],
): readonly [SimdValue, SimdValue] {
  let [even, odd] = counter;
  for (const key of keys) {
    // Of one lane each: words 0 and 1 are the product of c0, words 2 and 3 that of c2.
    const first = apply('i64x2.extmul_low_i32x4_u', even, bits(FACTORS));
    const second = apply('i64x2.extmul_high_i32x4_u', even, bits(FACTORS));
    const mixed = apply('v128.xor', apply(shuffle(3, 1, 7, 5), first, second), odd);
    even = apply('v128.xor', mixed, key);
    odd = apply(shuffle(2, 0, 6, 4), first, second);
  }
  return [even, odd];
}

/** Takes four words out of the eight of two vectors. */
function shuffle(...words: readonly number[]): SimdInstruction {
  const bytes = words.flatMap((word) => [4 * word, 4 * word + 1, 4 * word + 2, 4 * word + 3]);
  return `i8x16.shuffle ${bytes.join(' ')}`;
}
