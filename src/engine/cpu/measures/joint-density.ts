import type { SimdValue } from '../../../formula/simd/graph.ts';
import type { Expression } from '../../../formula/tree.ts';
import type { PlaneLayout } from '../../../measure/joint-density.ts';
import type { LaneFormulas } from '../lane-formulas.ts';
import type { BlockMeasure } from './block-measure.ts';
import { countSlots, offsetOf } from './density.ts';

/** Formulas of what is observed together, across and up. */
export type Plane = readonly [Expression, Expression];

/**
 * Counts the visits of a joint density: those of cell (i, j) in slot 1 + up i + j, all others in slot 0.
 * What is not defined is outside.
 */
export function countCells(
  { request: { range, bins }, start }: PlaneLayout,
  of: Plane,
  lanes: LaneFormulas,
): BlockMeasure {
  const { apply, number } = lanes.graph;
  const sideOf = (at: 0 | 1): Side => {
    const offset = offsetOf(range[at], bins[at], of[at], lanes);
    const isFromLow = apply('f64x2.ge', offset, number(0));
    const isBelowHigh = apply('f64x2.lt', offset, number(bins[at]));
    return {
      cell: apply('f64x2.floor', offset),
      isInside: apply('v128.and', isFromLow, isBelowHigh),
    };
  };
  const [across, up] = [sideOf(0), sideOf(1)];
  const row = apply('f64x2.mul', across.cell, number(bins[1]));
  const slot = apply('f64x2.add', apply('f64x2.add', row, up.cell), number(1));
  const isInside = apply('v128.and', across.isInside, up.isInside);
  return countSlots(apply('f64x2.add', apply('v128.and', slot, isInside), lanes.row(start)));
}

/** Where a value lies along one side of a plane. */
interface Side {
  readonly cell: SimdValue;
  readonly isInside: SimdValue;
}
