import type { SimdValue } from '../../../formula/simd/graph.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { DensityLayout } from '../../../measure/density.ts';
import type { LaneFormulas } from '../lane-formulas.ts';
import { type BlockMeasure, type FoldFrame, overSteps, range } from './block-measure.ts';

/** The lower half of 1.5 * 2^50 + n is 4 n: the address of the n-th u32. */
export const ROW_ORIGIN = 1.5 * 2 ** 50;

/** Counts the visits of a density. */
export function countVisits(
  layout: DensityLayout,
  of: Expression,
  lanes: LaneFormulas,
): BlockMeasure {
  return countSlots(visitDensity(layout, of, lanes));
}

/** Counts slots: addresses of their counters are stored, and raised when a block is done. */
export function countSlots(address: SimdValue): BlockMeasure {
  // Address 0 is nobody's.
  return { stored: [{ value: address, of: 'end', otherwise: 'zero' }], fold: raise };
}

/**
 * The address of the counter of a slot, in the lower half of each lane: 4 * (slot of the lane's row).
 *
 * Adding 1.5 * 2^50 leaves quarters as the last bit of a double, so that its lower half is 4 n. NaN
 * counts as below: `pmax` gives its first operand where a comparison fails.
 */
function visitDensity(layout: DensityLayout, of: Expression, lanes: LaneFormulas): SimdValue {
  const { apply, number } = lanes.graph;
  const { request, start } = layout;
  const least = apply('f64x2.pmax', number(-1), offsetOf(request.range, request.bins, of, lanes));
  const inside = apply('f64x2.pmin', number(request.bins), least);
  return apply('f64x2.add', apply('f64x2.floor', inside), lanes.row(start + 1));
}

/** Distance from the lower end of a range, in bins; NaN where the value is not defined. */
export function offsetOf(
  [lo, hi]: readonly [number, number],
  bins: number,
  of: Expression,
  { graph, variables, position, unit, word, value }: LaneFormulas,
): SimdValue {
  const { apply, number } = graph;
  const above = (value: SimdValue, low: SimdValue, perBin: SimdValue) =>
    apply('f64x2.mul', apply('f64x2.sub', value, low), perBin);
  if (of.kind === 'variable' && of.scale === 'macro') {
    const at = variables.indexOf(of.name);
    // In turns on both sides: the subtraction of what is near is exact.
    return above(
      position(at),
      word(`low ${at} ${lo}`, (setting) => lo / unit(at, setting)),
      word(
        `bins per turn ${at} ${lo} ${hi} ${bins}`,
        (setting) => (bins * unit(at, setting)) / (hi - lo),
      ),
    );
  }
  return above(value(of), number(lo), number(bins / (hi - lo)));
}

/** Raises the counters whose addresses a block stored. */
function raise(frame: FoldFrame): string {
  const visits = frame.stored(0, 0);
  const lines = range(2 * frame.vectors).map(
    (lane) => `(local.set $counter (i32.load offset=${visits + 8 * lane} (local.get $at)))
        (i32.store (local.get $counter) (i32.add (i32.load (local.get $counter)) (i32.const 1)))`,
  );
  return `(local.set $at (i32.const 0))
      ${overSteps(frame, lines.join('\n        '))}`;
}
