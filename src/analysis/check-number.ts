import { RequestError } from '../spec/errors.ts';

/**
 * Refuses an argument of the theory.
 *
 * @param where name of the argument, e.g. `eta`.
 * @throws {RequestError} always.
 */
export function refuse(
  where: string,
  what: string,
  got: unknown,
  cure?: string,
  code = 'out-of-range',
): never {
  throw new RequestError({ code, where, what, got: `${got}`, ...(cure && { cure }) });
}

/** @throws {RequestError} `out-of-range` unless `value` is a finite number greater than 0. */
export function checkPositive(where: string, value: number): void {
  if (!(value > 0 && value < Number.POSITIVE_INFINITY)) {
    refuse(where, 'must be a finite number greater than 0', value);
  }
}

/** @throws {RequestError} `out-of-range` unless `value` is a finite number. */
export function checkFinite(where: string, value: number): void {
  if (!Number.isFinite(value)) refuse(where, 'must be a finite number', value);
}

/** @throws {RequestError} `out-of-range` unless `value` is a whole number of at least `least`. */
export function checkWhole(where: string, value: number, least: number): void {
  if (!Number.isSafeInteger(value) || value < least) {
    refuse(where, `must be a whole number of at least ${least}`, value);
  }
}

/** @throws {RequestError} `empty-range` unless lo < hi, both finite. */
export function checkInterval(where: string, [lo, hi]: readonly [number, number]): void {
  if (!(lo < hi && Number.isFinite(hi - lo))) {
    refuse(where, 'must be finite with lo < hi', `[${lo}, ${hi}]`, undefined, 'empty-range');
  }
}
