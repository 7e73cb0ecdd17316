import { refuse } from './check-number.ts';

/**
 * So many orbits whose wait ended in (`from`, `to`]: at an exact time where both are the same, and not
 * before `from` (censored: still waiting when observation ended) where `to` is infinite.
 */
export interface Wait {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** log scale and log shape of a Weibull law. */
export type Parameters = readonly [logScale: number, logShape: number];

/**
 * Waits out of a histogram of escape times and the orbits that stayed.
 *
 * @param counts [bins].
 * @param edges f64 [bins + 1], rising, from 0 or more.
 * @param horizon up to where the `censored` orbits were followed.
 * @throws {RequestError} `wrong-length`.
 */
export function waitsOf(
  counts: ArrayLike<number | bigint>,
  edges: ArrayLike<number>,
  censored: number,
  horizon: number,
): readonly Wait[] {
  if (counts.length !== edges.length - 1) {
    const right = `must be one less than the edges, ${edges.length - 1}`;
    refuse('counts.length', right, counts.length, undefined, 'wrong-length');
  }
  const waits = Array.from(counts, (count, bin): Wait => {
    return { from: edges[bin] ?? 0, to: edges[bin + 1] ?? 0, count: Number(count) };
  });
  const rest = { from: horizon, to: Number.POSITIVE_INFINITY, count: censored };
  return [...waits, rest].filter(({ count }) => count !== 0);
}

/** @throws {RequestError} `out-of-range`, `empty-range`; `too-few` different waits that ended. */
export function checkWaits(waits: readonly Wait[], least: number): void {
  waits.forEach(({ from, to, count }, at) => {
    const isTime = from >= 0 && from < Number.POSITIVE_INFINITY && to > 0;
    if (!isTime) refuse(`waits[${at}]`, 'times must be positive', `(${from}, ${to}]`);
    if (!(to >= from)) {
      refuse(`waits[${at}]`, 'must not end before it began', `(${from}, ${to}]`, '', 'empty-range');
    }
    if (!(count >= 0 && count < Number.POSITIVE_INFINITY)) {
      refuse(`waits[${at}].count`, 'must be finite and at least 0', count);
    }
  });
  const ended = waits.filter(({ to, count }) => to < Number.POSITIVE_INFINITY && count > 0);
  const different = new Set(ended.map(({ from, to }) => `${from} ${to}`)).size;
  if (different < least) {
    const what = `must hold ${least === 1 ? 'one wait' : `${least} different waits`} that ended`;
    refuse('waits', what, different, 'observe longer', 'too-few');
  }
}

/** log-likelihood of a Weibull law and its derivatives by both parameters. */
export function likelihood(
  waits: readonly Wait[],
  [logScale, logShape]: Parameters,
): { readonly value: number; readonly gradient: readonly [number, number] } {
  const shape = Math.exp(logShape);
  let [value, byScale, byShape] = [0, 0, 0];
  for (const { from, to, count } of waits) {
    const logZ = shape * (Math.log(to) - logScale); // of z = (t / scale)^shape
    if (from === to) {
      const z = Math.exp(logZ);
      value += count * (logShape - Math.log(to) + logZ - z);
      byScale += count * shape * (z - 1);
      byShape += count * (1 + (1 - z) * logZ);
      continue;
    }
    const start = from > 0 ? shape * (Math.log(from) - logScale) : Number.NEGATIVE_INFINITY;
    const z1 = Math.exp(start);
    const turn1 = z1 > 0 ? z1 * start : 0; // dz / dlogShape
    if (to === Number.POSITIVE_INFINITY) {
      value -= count * z1;
      byScale += count * shape * z1;
      byShape -= count * turn1;
      continue;
    }
    const z2 = Math.exp(logZ);
    const width = z2 - z1;
    const [by1, by2] = [1 / Math.expm1(-width), 1 / Math.expm1(width)];
    value += count * (Math.log(-Math.expm1(-width)) - z1);
    byScale -= count * shape * (by1 * z1 + by2 * z2);
    byShape += count * (by1 * turn1 + (z2 > 0 && by2 > 0 ? by2 * z2 * logZ : 0));
  }
  return { value, gradient: [byScale, byShape] };
}
