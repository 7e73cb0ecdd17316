import * as v from 'valibot';
import { density } from './density.ts';
import { escapes } from './escape.ts';
import { final } from './final.ts';
import { jointDensity } from './joint-density.ts';
import type { MeasureKind } from './kind.ts';
import { lyapunov } from './lyapunov.ts';
import { moments } from './moments.ts';
import { period } from './period.ts';
import { regime } from './regime.ts';

/** Every kind of measure this version takes; a new one is a file beside this and a line here. */
const kinds = [density, jointDensity, moments, lyapunov, period, escapes, final, regime] as const;

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

/** A request with its place among all measures of the spec. */
export interface Placed<Request> {
  readonly request: Request;
  readonly index: number;
}

/** The requests of one kind, in their order. */
export function requestsOf<Kind extends MeasureRequest['measure']>(
  requests: readonly MeasureRequest[],
  measure: Kind,
): readonly Placed<Extract<MeasureRequest, { readonly measure: Kind }>>[] {
  type Request = Extract<MeasureRequest, { readonly measure: Kind }>;
  return requests.flatMap((request, index) =>
    request.measure === measure ? [{ request: request as Request, index }] : [],
  );
}
