/** Digits of a tick label beyond which what all labels share is written once, beside the name. */
const MOST_DIGITS = 6;
const MINUS = '−';
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Labels of numbers, and what they leave out: a value is `base` + label · 10^`exponent`. */
export interface Labels {
  readonly labels: readonly string[];
  /** What all numbers share, as text; empty where it is 0. */
  readonly base: string;
  readonly exponent: number;
}

/**
 * Labels the numbers integers[i] · 10^exponent, which are in ascending order, so that different
 * numbers have different labels, however deep the zoom.
 *
 * The text is made from the integers' digits, not from rounded floats. Long numbers share a base;
 * very small and very large ones a power of ten.
 */
export function labelNumbers(integers: readonly number[], exponent: number): Labels {
  const first = integers[0] ?? 0;
  const last = integers.at(-1) ?? 0;
  const largest = Math.max(Math.abs(first), Math.abs(last));
  if (digitCount(largest) <= MOST_DIGITS) return { ...scaled(integers, exponent), base: '' };
  const zeros = digitCount(last - first);
  const base = Math.floor(first / 10 ** zeros);
  return {
    ...scaled(
      integers.map((integer) => integer - base * 10 ** zeros),
      exponent,
    ),
    base: base === 0 ? '' : decimalText(base, exponent + zeros),
  };
}

/** A number for people, to `resolution`: 1e-4 gives four decimals. */
export function coordinateText(value: number, resolution: number): string {
  const exponent = Math.floor(Math.log10(resolution));
  const integer = Math.round(exponent < 0 ? value * 10 ** -exponent : value / 10 ** exponent);
  if (!Number.isSafeInteger(integer)) return String(value).replace('-', MINUS);
  const { labels, exponent: power } = scaled([integer], exponent);
  return `${labels[0]}${power === 0 ? '' : ` × ${powerOfTen(power)}`}`;
}

/** `10⁻³` */
export function powerOfTen(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => superscripts[Number(digit)]);
  return `10${exponent < 0 ? '⁻' : ''}${digits.join('')}`;
}

/** Integers · 10^exponent as decimals, of a common power of ten where they are far from 1. */
function scaled(integers: readonly number[], exponent: number): Omit<Labels, 'base'> {
  const largest = Math.max(...integers.map(Math.abs));
  const leading = exponent + digitCount(largest) - 1;
  const isPlain = largest === 0 || (leading >= -3 && leading <= 4);
  const power = isPlain ? 0 : 3 * Math.floor(leading / 3);
  return {
    labels: integers.map((integer) => decimalText(integer, exponent - power)),
    exponent: power,
  };
}

/** integer · 10^exponent written out. */
function decimalText(integer: number, exponent: number): string {
  const sign = integer < 0 ? MINUS : '';
  const digits = BigInt(Math.abs(integer)).toString();
  if (integer === 0) return '0';
  if (exponent >= 0) return `${sign}${digits}${'0'.repeat(exponent)}`;
  const padded = digits.padStart(1 - exponent, '0');
  return `${sign}${padded.slice(0, exponent)}.${padded.slice(exponent)}`;
}

function digitCount(integer: number): number {
  return BigInt(Math.abs(integer)).toString().length;
}
