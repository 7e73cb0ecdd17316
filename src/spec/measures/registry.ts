import * as v from 'valibot';
import { density } from './density.ts';
import type { MeasureKind } from './kind.ts';

/** Every kind of measure this version takes; a new one is a file beside this and a line here. */
const kinds = [density] as const;

type Kinds = typeof kinds;
type Schemas<T extends readonly unknown[]> = {
  -readonly [K in keyof T]: T[K] extends { readonly schema: infer S } ? S : never;
};

/** A measure as users may write it. */
export const measureSchema = v.variant(
  'measure',
  kinds.map(({ schema }) => schema) as Schemas<Kinds>, // map keeps order and length
);

/** A measure as users may write it, defaults filled in. */
export type MeasureInput = v.InferOutput<typeof measureSchema>;

/** A complete request for a measure. */
export type MeasureRequest = ReturnType<Kinds[number]['complete']>;

/** The kind of a request. */
export function measureKind({ measure }: { readonly measure: string }) {
  const kind = kinds.find((candidate) => candidate.measure === measure);
  if (!kind) throw new TypeError(`no measure ${measure}`); // the schema admits none
  // Each kind takes its own request; the word that chose it says that this is one.
  return kind as MeasureKind<MeasureInput, MeasureRequest>;
}
