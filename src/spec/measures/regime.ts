import * as v from 'valibot';
import { measureName } from '../fields.ts';
import type { MeasureKind } from './kind.ts';

/** What most orbits of a column do: converge, cycle, wander in their micro-well or beyond, diverge. */
export interface RegimeRequest {
  readonly measure: 'regime';
  /** Prefix of its arrays. */
  readonly name: string;
}

const schema = v.pipe(
  v.strictObject({ measure: v.literal('regime'), name: measureName('regime') }),
  v.description(
    'What most orbits do: 0 converged, 1 periodic, 2 locally chaotic, 3 globally chaotic, 4 diverged, 5 undecided.',
  ),
);

export const regime = {
  measure: 'regime',
  schema,
  isSingle: true,
  complete: ({ measure, name }): RegimeRequest => ({ measure, name }),
  cells: () => 0,
  arrays: ({ name }) => [name, `${name}_period`, `${name}_orbits`],
} as const satisfies MeasureKind<v.InferOutput<typeof schema>, RegimeRequest>;
