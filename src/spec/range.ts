import { RequestError } from './errors.ts';

/**
 * Checks that [lo, hi) can be cut into `count` cells that float64 tells apart.
 *
 * @throws {RequestError} `empty-range` unless lo < hi; `too-wide` if hi - lo overflows;
 *   `too-fine` if neighbouring cells would be the same number.
 */
export function checkRange(
  [lo, hi]: readonly [number, number],
  count: number,
  where: string,
  words: { readonly lo: string; readonly hi: string } = { lo: 'lo', hi: 'hi' },
): void {
  const got = `${words.lo} = ${lo}, ${words.hi} = ${hi}`;
  if (!(lo < hi)) {
    throw new RequestError({
      code: 'empty-range',
      where,
      what: `${words.hi} must be greater than ${words.lo}`,
      got,
      cure: lo > hi ? 'swap them' : 'leave room between them',
    });
  }
  if (!Number.isFinite(hi - lo)) {
    throw new RequestError({
      code: 'too-wide',
      where,
      what: `${words.hi} - ${words.lo} must be a finite float64`,
      got,
    });
  }
  const largest = Math.max(Math.abs(lo), Math.abs(hi));
  const spacing = Math.max(largest * Number.EPSILON, Number.MIN_VALUE);
  if ((hi - lo) / count <= spacing) {
    throw new RequestError({
      code: 'too-fine',
      where,
      what: `${count} cells would be closer together than float64 numbers are (${spacing})`,
      got,
      cure: 'widen the range or take fewer cells',
    });
  }
}
