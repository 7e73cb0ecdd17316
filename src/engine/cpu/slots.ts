import { MOMENTS_WIDTH, type RecordLayout } from '../../measure/layout.ts';

/** What a lane keeps of its orbit besides positions; every value is one f64, its number is its place. */
export interface SlotLayout {
  /** Values of a lane; its state comes first, positions in turns. */
  readonly count: number;
  /** One per moments, [count, shift, s1, s2, s3, s4] of the batch under way; no shift yet is NaN. */
  readonly moments: readonly number[];
  /** Coordinates of a tangent vector, d. */
  readonly dimension: number;
  /**
   * Per tangent vector [exponent, v_1 … v_d]: the vector is 2^exponent v. In one dimension v is the
   * product of the derivatives.
   */
  readonly tangents: number;
  /** Per coordinate that has a period [least, most] of the positions at checkpoints. */
  readonly extents: readonly { readonly variable: number; readonly start: number }[];
}

/**
 * Lays out the values of a lane.
 *
 * @param periodic the coordinates along which the micro-structure has a period.
 * @param state how many values a state has.
 * @param dimension how many of them a tangent vector has.
 */
export function laySlots(
  { moments, tangents, extent }: RecordLayout,
  periodic: readonly number[],
  state: number,
  dimension: number,
): SlotLayout {
  let count = state;
  const reserve = (values: number): number => {
    const at = count;
    count += values;
    return at;
  };
  const laid = {
    moments: moments.map(() => reserve(MOMENTS_WIDTH)),
    tangents: reserve((tangents?.exponents ?? 0) * (1 + dimension)),
    extents:
      extent === undefined ? [] : periodic.map((variable) => ({ variable, start: reserve(2) })),
  };
  return { ...laid, dimension, count };
}
