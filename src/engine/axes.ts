import { axisValues } from '../spec/axis.ts';
import type { Spec } from '../spec/spec.ts';
import type { ResultArray } from './result.ts';

/** The values of the axes of a spec: f64 `axis0` and `axis1`. */
export function axisArrays(spec: Spec): Record<string, ResultArray> {
  return Object.fromEntries(
    spec.axes.map((axis, index) => [
      `axis${index}`,
      { type: 'float64', shape: [axis.count], data: axisValues(axis) } as const,
    ]),
  );
}
