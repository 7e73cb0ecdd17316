import type { SimdValue } from '../../formula/simd/graph.ts';
import { range, type StoredValue } from './measures/block-measure.ts';

/** A part of a step that no other part sees, nor it any: it can take a block of steps by itself. */
export interface Piece {
  /** Numbers of its values in the state. */
  readonly values: readonly number[];
  /** What is taken of these. */
  readonly stored: readonly StoredValue[];
}

/** Variables from which on one vector is faster: of 8, by a factor of 1.8. */
export const MANY_VARIABLES = 8;

/**
 * Values of a piece: as many as hide one another's latency. Of more, the text of a step is too long for what
 * the processor keeps of decoded instructions, and a coordinate costs up to twice as much.
 */
const ENOUGH = 8;

/** Takes a step apart: variables that are not coupled, and that nothing taken sees together. */
export function piecesOf(
  step: readonly SimdValue[],
  stored: readonly StoredValue[],
): readonly Piece[] {
  const groups = step.map((_, at) => at); // the least value that each belongs to
  const groupOf = (at: number): number => groups[at] ?? at;
  const join = (all: readonly number[]): void => {
    const joined = new Set(all.map(groupOf));
    const least = Math.min(...joined);
    for (const at of groups.keys()) if (joined.has(groupOf(at))) groups[at] = least;
  };
  const seenBy = stored.map(({ value }) => statesIn(value));
  step.forEach((value, at) => {
    join([at, ...statesIn(value)]);
  });
  for (const states of seenBy) if (states.length > 0) join(states);
  const sets: number[][] = [];
  for (const group of new Set(groups)) {
    const values = range(step.length).filter((at) => groupOf(at) === group);
    const last = sets.at(-1);
    if (last && last.length < ENOUGH) last.push(...values);
    else sets.push(values);
  }
  return sets.map((values, index) => ({
    values,
    stored: stored.filter((_, place) => {
      const [state] = seenBy[place] ?? [];
      return state === undefined ? index === 0 : values.includes(state);
    }),
  }));
}

/** The values of the state that a value is computed from. */
function statesIn(value: SimdValue): readonly number[] {
  const seen = new Set<SimdValue>([value]);
  const states = new Set<number>();
  for (const { text, operands } of seen) {
    const [, at] = /^\(local\.get \$s(\d+)_@\)$/.exec(text) ?? [];
    if (at !== undefined) states.add(Number(at));
    for (const operand of operands) if (typeof operand !== 'number') seen.add(operand);
  }
  return [...states];
}
