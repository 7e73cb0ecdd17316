import { bitsText, createSimdGraph, writeSimd } from '../../formula/simd/graph.ts';
import { VECTOR } from './kernel-parts.ts';
import type { KernelPlaces } from './kernel-request.ts';
import { addressOf, range } from './measures/block-measure.ts';
import { philoxLanes, ROUNDS } from './philox.ts';

/** Orbits whose random words there is room for; even. */
export const DRAWN = 64;
/** Bytes of the random words of an orbit. */
const WORDS = 16;

/** Room that `draw` needs. */
export const drawing = {
  counter: 2 * VECTOR,
  keys: ROUNDS * VECTOR,
  words: DRAWN * WORDS,
} as const;

/**
 * Body of `draw`: Philox of the counters of `$steps` orbits, an even number, one behind the other, from the
 * counter of the first two on. Of every two it writes words 0 and 2 of the first, of the second, then 1
 * and 3 likewise.
 */
export function drawWords({ counter, keys }: Pick<KernelPlaces, 'counter' | 'keys'>): string {
  const graph = createSimdGraph();
  const [even, odd] = ['$even', '$odd'].map((name) => graph.leaf(`(local.get ${name})`));
  if (!even || !odd) return '';
  const { statements, results } = writeSimd(
    philoxLanes(
      graph,
      [even, odd],
      range(ROUNDS).map((round) => graph.leaf(`(v128.load ${addressOf(keys + round * VECTOR)})`)),
    ),
  );
  return `    (local.set $even (v128.load ${addressOf(counter)}))
    (local.set $odd (v128.load ${addressOf(counter + VECTOR)}))
    (loop $pairs
      ${statements.join('\n      ')}
      (v128.store (local.get $mark) ${results[0]})
      (v128.store offset=${VECTOR} (local.get $mark) ${results[1]})
      (local.set $even (i64x2.add (local.get $even) ${bitsText(2n)}))
      (local.set $mark (i32.add (local.get $mark) (i32.const ${2 * WORDS})))
      (br_if $pairs (local.tee $steps (i32.sub (local.get $steps) (i32.const 2)))))
    (local.get $steps)`;
}

/** Body of `merge`: adds to `$steps` bytes of counters, a multiple of 16, those that follow, from `$mark` on. */
export function mergeCounters(): string {
  return `    (local.set $at (i32.sub (local.get $mark) (local.get $steps)))
    (loop $vectors
      (v128.store (local.get $at)
        (i32x4.add (v128.load (local.get $at)) (v128.load (local.get $mark))))
      (local.set $at (i32.add (local.get $at) (i32.const ${VECTOR})))
      (local.set $mark (i32.add (local.get $mark) (i32.const ${VECTOR})))
      (br_if $vectors (local.tee $steps (i32.sub (local.get $steps) (i32.const ${VECTOR})))))
    (local.get $steps)`;
}
