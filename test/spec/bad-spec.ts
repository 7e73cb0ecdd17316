import type { SpecInput } from '../../src/spec/schema.ts';

/** A small spec with every part, for tests to change. */
export const plainSpec = {
  etascope: 1,
  objective: { macro: 'a x^2 / 2', micro: '-cos(x)', epsilon: 1e-3, parameters: { a: 1 } },
  axes: [{ parameter: 'eta', from: 0, to: 4, count: 8 }],
  ensemble: { orbits: 4, initial: { x: { uniform: [-1, 1] } } },
  steps: { skip: 10, keep: 20 },
  measures: [{ measure: 'density', of: 'x', range: [-1, 1], bins: 16 }],
} satisfies SpecInput;

/** `plainSpec` with top-level fields replaced. */
export function changed(...fields: readonly object[]): Record<string, unknown> {
  return Object.assign({ ...plainSpec }, ...fields);
}

export interface BadSpec {
  readonly name: string;
  readonly spec: unknown;
  readonly code: string;
  readonly where: string;
  /** A part of the message that a reader needs. */
  readonly says?: string | RegExp;
  /** Whether JSON Schema can say it, where that differs from the rule of its code. */
  readonly isWithinSchema?: boolean;
}

/** A spec that is refused with `code` at `where`. */
export const bad = (
  name: string,
  spec: unknown,
  code: string,
  where: string,
  says?: string | RegExp,
  isWithinSchema?: boolean,
): BadSpec => ({
  name,
  spec,
  code,
  where,
  ...(says === undefined ? {} : { says }),
  ...(isWithinSchema === undefined ? {} : { isWithinSchema }),
});
