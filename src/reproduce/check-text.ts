import type { Check } from './check.ts';

/** The numbers of a check for people, all three in one unit and to one place. */
export interface CheckText {
  readonly measured: string;
  readonly expected: string;
  readonly tolerance: string;
}

/** Digits of numbers that need not be told apart from anything. */
const DIGITS = 7;
/** Sizes of numbers that are written without a power of ten. */
const [LEAST, MOST] = [1e-3, 1e6];

/**
 * Writes the numbers of a check to two digits of its tolerance: `0.02634`, `0.02632`, `± 0.00019`; what would be
 * 0 then and is not, by its power of ten.
 */
export function checkText({ measured, expected, tolerance }: Check): CheckText {
  const sizes = [measured, expected, tolerance].map(Math.abs).filter(Number.isFinite);
  const size = Math.max(0, ...sizes);
  const power = size === 0 || (size >= LEAST && size < MOST) ? 0 : Math.floor(Math.log10(size));
  const decimals = Math.max(0, 1 - Math.floor(Math.log10(tolerance / 10 ** power)));
  const text = (value: number) => {
    if (!Number.isFinite(value)) return '–';
    const scaled = value / 10 ** power;
    const digits =
      decimals <= 12 ? scaled.toFixed(decimals) : String(Number(scaled.toPrecision(DIGITS)));
    if (value !== 0 && Number(digits) === 0) return value.toExponential(1);
    return power === 0 ? digits : `${digits}e${power}`;
  };
  return {
    measured: text(measured),
    expected: text(expected),
    tolerance: tolerance > 0 ? `± ${text(tolerance)}` : 'exact',
  };
}
