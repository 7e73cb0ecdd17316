import * as v from 'valibot';
import type { Provenance } from '../engine/result.ts';
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

/** Provenance as JSON, keys in alphabetical order: equal provenances give equal text. */
export function provenanceJson(provenance: Provenance): string {
  return JSON.stringify(provenance, Object.keys(provenance).sort());
}

/**
 * Reads what `provenanceJson` wrote; fields of later versions are dropped.
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
