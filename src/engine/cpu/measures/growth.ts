import type { SimdValue } from '../../../formula/simd/graph.ts';
import { type BlockMeasure, overSteps, range } from './block-measure.ts';

/**
 * How the tangent of one variable grows, where the rule itself says so: its size is 2^exponent.
 *
 * @param growth logarithm of base 2 of what a step stretches it by.
 * @param start slot of [exponent, v], where v stays 1.
 */
export function sumGrowth(growth: SimdValue, start: number): BlockMeasure {
  return {
    stored: [{ value: growth, of: 'start', otherwise: 'zero' }],
    fold(frame) {
      const each = (write: (vector: number) => string) =>
        range(frame.vectors).map(write).join('\n      ');
      const load = (v: number) => `(v128.load offset=${frame.stored(0, v)} (local.get $at))`;
      return `${each((v) => `(local.set $p${v} (v128.load ${frame.slot(start, v)}))`)}
      (local.set $at (i32.const 0))
      ${overSteps(
        frame,
        each((v) => `(local.set $p${v} (f64x2.add (local.get $p${v}) ${load(v)}))`),
      )}
      ${each((v) => `(v128.store ${frame.slot(start, v)} (local.get $p${v}))`)}`;
    },
  };
}
