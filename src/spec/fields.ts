import * as v from 'valibot';
import { type Limit, limits } from './limits.ts';

/** The kinds of field a spec is made of. A message beside a check is its cure. */

/** A whole number from 1 to the limit. */
export function count(limit: Limit, description: string) {
  return v.pipe(
    v.number(),
    v.integer(),
    v.minValue(1),
    v.maxValue(limit.most, limit.cure),
    v.description(description),
  );
}

/** A whole number from 0 to the limit. */
export function countFromZero(limit: Limit, description: string) {
  return v.pipe(
    v.number(),
    v.integer(),
    v.minValue(0),
    v.maxValue(limit.most, limit.cure),
    v.description(description),
  );
}

/** Text of a formula; its grammar is checked when it is compiled. */
export function formulaText(description: string) {
  return v.pipe(
    v.string(),
    v.maxLength(limits.formula.most, limits.formula.cure),
    v.description(description),
  );
}

/** Two numbers in a list, such as [lo, hi). */
export function pair(description: string) {
  return v.pipe(v.strictTuple([v.number(), v.number()]), v.description(description));
}

/** Two of a kind in a list, the first across and the second up. */
export function two<T extends v.GenericSchema>(item: () => T, description: string) {
  return v.pipe(v.strictTuple([item(), item()]), v.description(description));
}

/** The prefix of a measure's arrays, which are files inside an NPZ. */
export function measureName(kind: string) {
  return v.optional(
    v.pipe(
      v.string(),
      v.regex(/^[A-Za-z][A-Za-z0-9_-]*$/, 'a letter, then letters, digits, _ and -'),
      v.maxLength(limits.name.most, limits.name.cure),
      v.description('Prefix of the arrays of this measure; distinct for each.'),
    ),
    kind,
  );
}

/** A name of a variable or parameter, as formulas read it. */
export function identifier() {
  return v.pipe(
    v.string(),
    v.regex(/^[A-Za-z][A-Za-z0-9_]*$/, 'a letter (a to z, A to Z), then letters, digits and _'),
    v.maxLength(limits.name.most, limits.name.cure),
  );
}
