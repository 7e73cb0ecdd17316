import * as v from 'valibot';
import type { Provenance, Result } from '../engine/result.ts';
import { canonicalJson } from '../spec/canonical.ts';
import { RequestError } from '../spec/errors.ts';

const provenanceSchema = v.object({
  etascope: v.string(),
  engine: v.picklist(['webgpu', 'cpu']),
  precision: v.picklist(['statistics', 'float32', 'float64']),
  representation: v.string(),
  seed: v.number(),
  orbitSteps: v.number(),
  specHash: v.string(),
  warnings: v.array(v.string()),
});

/** What a file carries of a result besides its numbers or pixels, both JSON: enough to make it again. */
export interface Recipe {
  readonly spec: string;
  readonly provenance: string;
}

/**
 * The recipe of a result, for its file.
 *
 * @throws {RequestError} `not-whole` for a strip of a run: its spec would make more than the file holds.
 */
export function recipeOf({
  spec,
  provenance,
  strip,
}: Pick<Result, 'spec' | 'provenance' | 'strip'>): Recipe {
  if (strip) {
    const [axis] = spec.axes;
    throw new RequestError({
      code: 'not-whole',
      where: 'strip',
      what: 'a file holds a whole result, and its spec makes it again',
      got: `places [${strip.from}, ${strip.to}) of the ${axis?.count} of ${axis?.parameter}`,
      cure: 'run the spec without a strip',
    });
  }
  return { spec: canonicalJson(spec), provenance: provenanceJson(provenance) };
}

/** Provenance as JSON, keys in alphabetical order: equal provenances give equal text. */
function provenanceJson(provenance: Provenance): string {
  return JSON.stringify(provenance, Object.keys(provenance).sort());
}

/**
 * Reads the provenance of a recipe; fields of later versions are dropped.
 *
 * @param where names the file in errors.
 * @throws {RequestError} `bad-provenance` if the text is no JSON, or a field is missing or wrong.
 */
export function parseProvenance(text: string, where: string): Provenance {
  const fault = { code: 'bad-provenance', where, cure: 'only etascope writes it' };
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : 'cannot be parsed';
    throw new RequestError({ ...fault, what });
  }
  const read = v.safeParse(provenanceSchema, document);
  if (read.success) return read.output;
  const [issue] = read.issues;
  throw new RequestError({ ...fault, what: `${v.getDotPath(issue) ?? 'it'}: ${issue.message}` });
}
