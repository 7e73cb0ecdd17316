import type { Axis } from './spec.ts';

/**
 * Value of an axis at the centre of cell `index`, in float64.
 *
 * Linear: from + (index + 1/2) (to - from) / count. Log: the geometric centre,
 * from^(1 - t) to^t with t = (index + 1/2) / count.
 */
export function axisValue({ from, to, count, scale }: Axis, index: number): number {
  if (scale === 'linear') return from + ((index + 0.5) * (to - from)) / count;
  const t = (index + 0.5) / count;
  return from ** (1 - t) * to ** t;
}

/** Values of an axis in order, f64 [count]; every engine takes these. */
export function axisValues(axis: Axis): Float64Array {
  return Float64Array.from({ length: axis.count }, (_, index) => axisValue(axis, index));
}
