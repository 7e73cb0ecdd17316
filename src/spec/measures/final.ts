import * as v from 'valibot';
import { measureName } from '../fields.ts';
import type { MeasureKind } from './kind.ts';

/** The last state of every orbit. */
export interface FinalRequest {
  readonly measure: 'final';
  /** Name of its array. */
  readonly name: string;
}

const schema = v.pipe(
  v.strictObject({ measure: v.literal('final'), name: measureName('final') }),
  v.description('The last state of every orbit.'),
);

export const final = {
  measure: 'final',
  schema,
  isSingle: true,
  complete: ({ measure, name }): FinalRequest => ({ measure, name }),
  cells: () => 0,
  arrays: ({ name }) => [name],
} as const satisfies MeasureKind<v.InferOutput<typeof schema>, FinalRequest>;
