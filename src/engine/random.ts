/** Four 32-bit words, each 0 <= word < 2^32. */
export type Words = Uint32Array;

function highProduct(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const carry = a1 * b0 + ((a0 * b0) >>> 16); // below 2^32: exact in f64
  const cross = a0 * b1 + (carry & 0xffff);
  return (a1 * b1 + (carry >>> 16) + (cross >>> 16)) >>> 0;
}

/**
 * Philox4x32-10: four random words for a counter of four words and a key of two, written to `words`.
 *
 * Counter-based: the same counter and key give the same words on every machine, in any order.
 *
 * @param words the counter on entry, the random words on return.
 * @see Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC11.
 */
export function philox(words: Words, key0: number, key1: number): void {
  // Read by index, here and where they are drawn: an iterator costs more than the ten rounds.
  let c0 = words[0] ?? 0;
  let c1 = words[1] ?? 0;
  let c2 = words[2] ?? 0;
  let c3 = words[3] ?? 0;
  let k0 = key0 >>> 0;
  let k1 = key1 >>> 0;
  for (let round = 0; round < 10; round++) {
    const pHigh = highProduct(0xd2511f53, c0);
    const pLow = Math.imul(0xd2511f53, c0);
    const qHigh = highProduct(0xcd9e8d57, c2);
    const qLow = Math.imul(0xcd9e8d57, c2);
    c0 = (qHigh ^ c1 ^ k0) >>> 0;
    c1 = qLow >>> 0;
    c2 = (pHigh ^ c3 ^ k1) >>> 0;
    c3 = pLow >>> 0;
    k0 = (k0 + 0x9e3779b9) >>> 0;
    k1 = (k1 + 0xbb67ae85) >>> 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/** A double in [0, 1) with 53 random bits out of two words. */
export function unitInterval(first: number, second: number): number {
  return ((first >>> 5) * 2 ** 26 + (second >>> 6)) * 2 ** -53;
}
