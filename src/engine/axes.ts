import { axisValues } from '../spec/axis.ts';
import type { Spec } from '../spec/spec.ts';
import type { ResultArray } from './result.ts';
import type { Strip } from './strip.ts';

/** The values of the axes of a spec: f64 `axis0` and `axis1`; of the first, those of a strip. */
export function axisArrays(spec: Spec, strip?: Strip): Record<string, ResultArray> {
  return Object.fromEntries(
    spec.axes.map((axis, index) => {
      const all = axisValues(axis);
      const data = strip && index === 0 ? all.slice(...strip) : all;
      return [`axis${index}`, { type: 'float64', shape: [data.length], data } as const];
    }),
  );
}
