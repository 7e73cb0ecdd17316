import { columnCount } from '../spec/columns.ts';
import { RequestError } from '../spec/errors.ts';
import type { Spec } from '../spec/spec.ts';

/** Places [from, to) of the first axis of a spec, to be run alone. */
export type Strip = readonly [from: number, to: number];

/** Columns of a spec that follow one another. */
export interface ColumnSpan {
  readonly columnFrom: number;
  readonly columns: number;
}

/**
 * The columns of a strip; without one, all of them.
 *
 * @throws {RequestError} `bad-strip` where the spec has no such places.
 */
export function spanOf(spec: Spec, strip?: Strip): ColumnSpan {
  const columns = columnCount(spec);
  if (!strip) return { columnFrom: 0, columns };
  const [from, to] = strip;
  const [axis] = spec.axes;
  const count = axis?.count ?? 0;
  const isThere = Number.isInteger(from) && Number.isInteger(to) && from >= 0 && to <= count;
  if (axis && isThere && from < to) {
    const each = columns / count;
    return { columnFrom: from * each, columns: (to - from) * each };
  }
  throw new RequestError({
    code: 'bad-strip',
    where: 'strip',
    what: axis
      ? `a strip is some of the ${count} places of the first axis`
      : 'a spec without an axis has no strips',
    got: `[${from}, ${to})`,
    ...(axis ? { cure: `choose whole numbers 0 <= from < to <= ${count}` } : {}),
  });
}
