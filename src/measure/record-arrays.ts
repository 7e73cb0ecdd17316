import type { Spec } from '../spec/spec.ts';
import type { ResultArrays } from './array.ts';
import type { Records } from './records.ts';

/** The arrays that the records of a run give, of all its measures. */
export function recordArrays(_spec: Spec, _records: Records): ResultArrays {
  return {};
}
