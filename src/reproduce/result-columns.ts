import type { Result } from '../engine/result.ts';
import { axisValues } from '../spec/axis.ts';

/** Values of an axis of a result, in order: f64 [count]. */
export function axisOf({ spec }: Result, index = 0): Float64Array {
  const axis = spec.axes[index];
  if (!axis) throw new TypeError(`the result has no axis ${index}`);
  return axisValues(axis);
}

/** The entries of an array of a result as plain numbers, in its own order. */
export function numbersOf({ arrays }: Result, name: string): Float64Array {
  const array = arrays[name];
  if (!array) throw new TypeError(`no array ${name} among ${Object.keys(arrays).join(', ')}`);
  return Float64Array.from(array.data, Number);
}

/** The entry nearest to a value, of a rising axis. */
export function columnAt(values: ArrayLike<number>, value: number): number {
  let nearest = 0;
  for (let at = 1; at < values.length; at++) {
    const [here = 0, best = 0] = [values[at], values[nearest]];
    if (Math.abs(here - value) < Math.abs(best - value)) nearest = at;
  }
  return nearest;
}
