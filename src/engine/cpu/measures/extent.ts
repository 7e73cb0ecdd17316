import type { LaneFormulas } from '../lane-formulas.ts';
import type { SlotLayout } from '../slots.ts';
import { type BlockMeasure, type FoldFrame, range } from './block-measure.ts';

/** Keeps the least and most of the positions at checkpoints: at the step `$mark` of every block. */
export function watchExtent(extents: SlotLayout['extents'], lanes: LaneFormulas): BlockMeasure {
  const { position } = lanes;
  return {
    stored: extents.map(({ variable }) => ({
      value: position(variable),
      of: 'end',
      otherwise: 'nan', // pmin and pmax pass over NaN as their second operand
    })),
    fold: (frame) => `(local.set $at (i32.mul (local.get $mark) (i32.const ${frame.stride})))
      (if (i32.lt_u (local.get $at) (local.get $end)) (then
      ${extents.map(({ start }, index) => widen(frame, index, start)).join('\n      ')}))`,
  };
}

function widen({ vectors, stored, slot }: FoldFrame, index: number, start: number): string {
  return range(vectors)
    .flatMap((v) => {
      const position = `(v128.load offset=${stored(index, v)} (local.get $at))`;
      return (['pmin', 'pmax'] as const).map((pick, place) => {
        const at = slot(start + place, v);
        return `(v128.store ${at} (f64x2.${pick} (v128.load ${at}) ${position}))`;
      });
    })
    .join('\n      ');
}
